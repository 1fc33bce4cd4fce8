from datetime import date
from uuid import UUID

from waystation.cases.steps.vocabulary import Priority, Standing, Step
from waystation.cases.summary import Outline, Summary

FULL = Summary(
    step=Step.DECISION,
    standing=Standing.CANNOT_YET,
    priority=Priority.URGENT,
    why_not="no_answer",
    since=date(2031, 3, 1),
    owner=UUID(int=7),
    due=date(2031, 3, 2),
    tasks=2,
    review=date(2031, 4, 1),
    flags=("media", "medical"),
    flags_until=date(2031, 3, 9),
    heads=5,
    children=True,
    outcome="not_now",
    to_decide=True,
    recommended_by=UUID(int=8),
)


def test_it_comes_back_as_it_was() -> None:
    assert Summary.from_json(FULL.to_json()) == FULL
    assert set(FULL.to_json()) == set(Summary.__slots__)
    assert Outline.from_json(Outline("north", 3, Step.PLAN, Priority.EMERGENCY).to_json()).step is Step.PLAN


def test_only_what_differs_from_a_new_case_is_kept() -> None:
    assert Summary().to_json() == {}
    assert Summary.from_json(None) == Summary.from_json({}) == Summary()
    assert Outline.from_json(None) == Outline()


def test_what_a_later_version_added_is_left_out() -> None:
    assert Summary.from_json({"heads": 3, "weather": "fine"}) == Summary(heads=3)
