import pytest

from tests.office import START
from waystation.cases.errors import CaseClosedError, CaseShreddedError
from waystation.cases.models import Case
from waystation.cases.policies import refuse_closed, refuse_shredded
from waystation.store.models import Record


def case(*, closed: bool = False, shredded: bool = False) -> Case:
    record = Record(kind="case", created_at=START, shredded_at=START if shredded else None)
    return Case(record=record, closed_at=START if closed else None)


def test_an_open_case_is_refused_nowhere() -> None:
    refuse_shredded(case())
    refuse_closed(case())


def test_a_closed_case_is_read_and_not_changed() -> None:
    refuse_shredded(case(closed=True))
    with pytest.raises(CaseClosedError):
        refuse_closed(case(closed=True))


@pytest.mark.parametrize("closed", [True, False])
def test_a_shredded_case_is_neither(closed: bool) -> None:
    for refuse in (refuse_shredded, refuse_closed):
        with pytest.raises(CaseShreddedError):
            refuse(case(closed=closed, shredded=True))
