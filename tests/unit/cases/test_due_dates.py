from datetime import date, timedelta

import pytest

from waystation.cases.due_dates import DAYS, FOR_CHILDREN, due_on
from waystation.cases.steps.vocabulary import Priority

TODAY = date(2031, 3, 1)


def test_the_more_urgent_the_sooner() -> None:
    for days in DAYS.values():
        assert days[Priority.EMERGENCY] <= days[Priority.URGENT] <= days[Priority.NORMAL]


@pytest.mark.parametrize(
    ("what", "children", "deadline", "days"),
    [
        ("verify", False, None, 14),
        ("verify", True, None, 7),
        ("first_answer", True, None, 3),
        ("assess", True, None, 11),
        ("verify", False, TODAY + timedelta(days=2), 2),
        ("verify", False, TODAY + timedelta(days=40), 14),
        ("verify", False, TODAY - timedelta(days=1), 14),
    ],
)
def test_a_child_and_a_deadline_bring_it_nearer(what: str, children: bool, deadline: date | None, days: int) -> None:
    found = due_on(what, Priority.NORMAL, TODAY, children=children, deadline=deadline)
    assert found == TODAY + timedelta(days=days)
    assert not FOR_CHILDREN - DAYS.keys()
