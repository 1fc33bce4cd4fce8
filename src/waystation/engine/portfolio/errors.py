from waystation.kernel import BadInputError, BrokenPromiseError


class UnusableInstanceError(BadInputError):
    """The arrays of an instance do not fit each other."""


class WrongChoiceError(BrokenPromiseError):
    """A choice breaks a cap, or is worth more than its bound. No answer is given."""
