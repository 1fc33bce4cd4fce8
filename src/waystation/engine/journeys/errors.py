from waystation.kernel import BadInputError, BrokenPromiseError


class UnusableModelError(BadInputError):
    """The network cannot be made into a decision process (chances above 1 after all factors, too many joint levels)."""


class PolicyMismatchError(BadInputError):
    """The policy was made for another process: its shape does not fit. Nothing is computed."""


class CertificateError(BrokenPromiseError):
    """The forward pass does not confirm the backward solution: the answer is withheld."""
