import pytest

from tests.office import Office
from tests.unit.cases.people import entered
from waystation.cases.errors import CaseClosedError, CaseShreddedError, ChangedMeanwhileError
from waystation.kernel import RuleRefusedError


def test_every_refusal_is_a_rule() -> None:
    assert all(
        issubclass(error, RuleRefusedError) for error in (CaseClosedError, CaseShreddedError, ChangedMeanwhileError)
    )


@pytest.mark.django_db
def test_a_change_meanwhile_says_what_and_by_whom_and_no_values(office: Office) -> None:
    case = entered(office)
    error = ChangedMeanwhileError(case, list(case.changes.all()), frozenset({"note"}))
    assert (error.case, [each.version for each in error.changes], error.fields) == (case, [1], frozenset({"note"}))
    assert "quiet room" not in f"{error} {error!r} {vars(error)}"
