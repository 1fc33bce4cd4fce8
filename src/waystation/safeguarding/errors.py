from waystation.kernel import BadInputError, RuleRefusedError


class SafeguardRefusedError(RuleRefusedError):
    """A rule of safeguarding forbids it. Nothing was written.

    Attributes
    ----------
    code
        Which rule: one of `CODES`.
    """

    CODES = (
        "shredded",
        "not_qualified",
        "own_qualification",
        "small_panel",
        "own_paper",
        "decided",
        "no_reason",
        "nothing_said",
        "nothing_blocks",
        "accused",
        "kept_away",
        "nobody_to_handle",
        "closed",
        "not_acknowledged",
        "acknowledged",
        "no_follow_up",
        "followed",
    )

    def __init__(self, code: str) -> None:
        super().__init__(f"a rule of safeguarding forbids this ({code})")
        self.code = code


class UnknownCodeError(BadInputError):
    """A value that its declared table does not hold. Nothing was written."""
