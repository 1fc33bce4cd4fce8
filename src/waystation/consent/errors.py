from waystation.kernel import RuleRefusedError


class ConsentRefusedError(RuleRefusedError):
    """An answer that cannot count as one. Nothing was written.

    Attributes
    ----------
    code
        Which rule: one of `CODES`.
    """

    CODES = ("not_able", "no_guardian", "no_partner", "ends_before", "withheld_whole", "already_withdrawn", "refused")

    def __init__(self, code: str) -> None:
        super().__init__(f"this answer cannot be written down ({code})")
        self.code = code


class RecordShreddedError(RuleRefusedError):
    """The record's keys were destroyed. Nobody can read or change it any more."""
