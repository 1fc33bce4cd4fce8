from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from waystation.cases.alerts import ALERTS, STILL_AFTER, alerts_of
from waystation.cases.steps.vocabulary import Priority, Standing, Step
from waystation.cases.summary import Summary

TODAY = date(2031, 3, 1)
YESTERDAY = TODAY - timedelta(days=1)
CALM = Summary(owner=UUID(int=7), tasks=1, due=TODAY, since=TODAY)


def test_a_calm_case_has_none() -> None:
    assert alerts_of(CALM, TODAY) == ()


@pytest.mark.parametrize(
    ("changed", "alert"),
    [
        ({"due": YESTERDAY}, "overdue"),
        ({"review": TODAY}, "review_due"),
        ({"to_decide": True, "priority": Priority.EMERGENCY}, "decision_waits"),
        ({"owner": None}, "nobody_owns_it"),
        ({"tasks": 0, "due": None}, "nothing_to_do"),
        ({"since": TODAY - STILL_AFTER}, "step_stands_still"),
        ({"flags_until": YESTERDAY}, "flag_over"),
    ],
)
def test_each_comes_and_clears_by_itself(changed: dict[str, object], alert: str) -> None:
    case = replace(CALM, **changed)  # type: ignore[arg-type] # fields of a summary
    assert alerts_of(case, TODAY) == (alert,)
    assert alert in ALERTS
    assert alerts_of(replace(case, step=Step.CLOSURE), TODAY) == ()


def test_what_is_done_or_decided_does_not_stand_still() -> None:
    old = replace(CALM, since=TODAY - STILL_AFTER)
    assert alerts_of(replace(old, standing=Standing.DONE), TODAY) == ()
    assert alerts_of(replace(old, step=Step.FOLLOW_UP), TODAY) == ()
