from collections.abc import Sequence
from typing import TYPE_CHECKING

from waystation.kernel import RuleRefusedError

if TYPE_CHECKING:
    from waystation.cases.models import Case, Change


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
