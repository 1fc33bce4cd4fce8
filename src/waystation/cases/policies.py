from waystation.cases.errors import CaseClosedError, CaseShreddedError
from waystation.cases.models import Case


def refuse_shredded(case: Case) -> None:
    """Raise CaseShreddedError if the case's keys were destroyed."""
    if case.record.shredded_at is not None:
        raise CaseShreddedError("the case was shredded")


def refuse_closed(case: Case) -> None:
    """Raise CaseShreddedError or CaseClosedError if the case takes no changes any more."""
    refuse_shredded(case)
    if case.closed_at is not None:
        raise CaseClosedError("the case is closed: open it again first")
