class WaystationError(Exception):
    """Root of every error this project raises on purpose. Catch a child of it: each says what the caller can do."""


class BadInputError(WaystationError):
    """What was given cannot be used. The message says what is wrong and what would be right; give it again, corrected."""


class RuleRefusedError(WaystationError):
    """A rule of the work forbids it (consent, the child procedure). No other input helps: the rule must be met first."""


class BrokenPromiseError(WaystationError):
    """An answer failed its own check. It is a defect of the program: do not use the answer, report it."""
