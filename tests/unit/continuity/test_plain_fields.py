from typing import Any

import pytest

from tests.unit.continuity.conftest import Home
from waystation.cases.models import Case
from waystation.continuity.errors import NotWholeError
from waystation.continuity.plain_fields import carried_fields, from_json, to_json


def test_nothing_sealed_and_no_reference_is_among_them() -> None:
    assert set(carried_fields(Case)) == {"code", "version", "updated_at", "closed_at"}


def test_they_come_back_as_they_were(home: Home) -> None:
    case = home.case()
    case.refresh_from_db()
    given = to_json(case)
    assert from_json(Case, given) == {name: getattr(case, name) for name in given}


@pytest.mark.parametrize(
    "change",
    [
        {"code": "x" * 21},
        {"code": None},
        {"code": ["a"]},
        {"version": "many"},
        {"version": 2**70},
        {"version": -1},
        {"updated_at": "yesterday"},
        {"updated_at": "2031-03-01T09:00:00"},
        {"updated_at": None},
        {"closed_at": 5},
        {"more": 1},
    ],
)
def test_what_does_not_fit_is_refused(home: Home, change: dict[str, Any]) -> None:
    with pytest.raises(NotWholeError) as caught:
        from_json(Case, to_json(home.case()) | change)
    assert caught.value.fault == "wrong_kind"


def test_a_column_that_is_missing_is_refused(home: Home) -> None:
    given = to_json(home.case())
    del given["code"]
    with pytest.raises(NotWholeError):
        from_json(Case, given)
