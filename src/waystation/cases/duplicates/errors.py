from waystation.kernel import RuleRefusedError


class NotAPairError(RuleRefusedError):
    """A case is no pair with itself. Choose another."""


class NotMergedError(RuleRefusedError):
    """These two are not merged (any more), so there is nothing to take back."""


class MergedAlreadyError(RuleRefusedError):
    """One of the two was merged before. Take that merge back first."""
