from collections.abc import Sequence
from typing import TYPE_CHECKING

from waystation.kernel import RuleRefusedError

if TYPE_CHECKING:
    from waystation.cases.models import Case, CaseRow, Change
    from waystation.cases.steps.blocks import Block


class ChangedMeanwhileError(RuleRefusedError):
    """Somebody saved the same fields since this person read them. Nothing was written: compare, decide, save again.

    Attributes
    ----------
    case
        The case as it is now.
    changes
        What was done since, oldest first.
    fields
        Names of the fields that both touched.
    """

    def __init__(self, case: "Case", changes: "Sequence[Change]", fields: frozenset[str]) -> None:
        super().__init__("somebody saved the same fields meanwhile")
        self.case = case
        self.changes = tuple(changes)
        self.fields = fields


class CaseClosedError(RuleRefusedError):
    """The case is closed. Open it again first."""


class CaseShreddedError(RuleRefusedError):
    """The case's keys were destroyed. Nobody can read or change it any more."""


class RowChangedError(RuleRefusedError):
    """Somebody saved the same row since this person read it. Nothing was written: compare, decide, save again.

    Attributes
    ----------
    row
        The row as it is now.
    """

    def __init__(self, row: "CaseRow") -> None:
        super().__init__("somebody saved the same row meanwhile")
        self.row = row


class BlockedError(RuleRefusedError):
    """What the step needs is not on record.

    Attributes
    ----------
    blocks
        Everything that stands in the way, not only the first of it.
    """

    def __init__(self, blocks: "Sequence[Block]") -> None:
        super().__init__("not yet: " + ", ".join(sorted({str(block.code) for block in blocks})))
        self.blocks = tuple(blocks)


class NoSuchStepError(RuleRefusedError):
    """The table of steps has no way from where the case is to there."""


class SamePersonError(RuleRefusedError):
    """Whoever recommended cannot be the one who decides: it takes two people."""


class AlreadyDecidedError(RuleRefusedError):
    """The recommendation was answered already."""


class NotAllOfItError(RuleRefusedError):
    """What was given is not enough for what was asked.

    Attributes
    ----------
    missing
        Names of what is missing.
    """

    def __init__(self, *missing: str) -> None:
        super().__init__("missing: " + ", ".join(missing))
        self.missing = missing
