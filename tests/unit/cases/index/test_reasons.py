from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from waystation.cases.index.entry import Entry
from waystation.cases.index.reasons import HOLDS, SOON, Reader, Reason, alerts, owner_of, reasons
from waystation.cases.steps.vocabulary import Standing, Step
from waystation.cases.summary import Summary

ME, OTHER, TEAM = UUID(int=1), UUID(int=2), UUID(int=3)
TODAY = date(2031, 3, 1)
NOON = datetime(2031, 3, 1, 12, tzinfo=UTC)
READER = Reader(ME, TEAM, True, TODAY)
DAY = timedelta(days=1)


def entry(of: Summary | None, **values: Any) -> Entry:
    made = Entry(UUID(int=9), "amber-lantern", 1, TEAM, NOON, NOON, None, OTHER, False, frozenset(), of)
    return replace(made, **values)


def kept(**values: Any) -> Summary:
    return Summary(**{"since": TODAY, "owner": OTHER, "tasks": 1, "step": Step.SCREENING, **values})


@pytest.mark.parametrize(("days", "told"), [(-1, True), (0, True), (14, True), (15, False)])
def test_a_consent_that_ends_soon_or_has_ended_is_a_reason(days: int, told: bool) -> None:
    found = reasons(entry(kept(), consent_until=NOON + days * DAY), READER)
    assert (Reason.CONSENT in found) is told


def test_every_reason_has_one_row_in_its_order() -> None:
    assert list(HOLDS) == list(Reason)


@pytest.mark.parametrize(
    ("of", "reason"),
    [
        (kept(due=TODAY - DAY), Reason.OVERDUE),
        (kept(to_decide=True, recommended_by=OTHER), Reason.DECIDE),
        (kept(review=TODAY), Reason.DECIDE),
        (kept(flags_until=TODAY - DAY), Reason.ALERT),
        (kept(owner=ME), Reason.WAITING),
        (kept(step=Step.REQUEST), Reason.NEW),
        (kept(due=TODAY), Reason.SOON),
        (kept(due=TODAY + SOON), Reason.SOON),
        (kept(flags=("medical",)), Reason.FLAG),
        (kept(standing=Standing.CANNOT_YET), Reason.BLOCKED),
    ],
)
def test_when_each_holds(of: Summary, reason: Reason) -> None:
    assert reason in reasons(entry(of), READER)
    assert reasons(entry(of, closed_at=NOON), READER) == ()


@pytest.mark.parametrize(
    ("of", "reason"),
    [
        (kept(due=TODAY), Reason.OVERDUE),
        (kept(to_decide=True, recommended_by=ME), Reason.DECIDE),
        (kept(review=TODAY + DAY), Reason.DECIDE),
        (kept(owner=ME, standing=Standing.CANNOT_YET), Reason.WAITING),
        (kept(owner=OTHER), Reason.WAITING),
        (kept(step=Step.REQUEST, standing=Standing.DONE), Reason.NEW),
        (kept(due=TODAY + SOON + DAY), Reason.SOON),
        (None, Reason.NEW),
    ],
)
def test_when_each_does_not(of: Summary | None, reason: Reason) -> None:
    assert reason not in reasons(entry(of), READER)


def test_who_may_not_decide_is_told_of_no_decision() -> None:
    waits = entry(kept(to_decide=True, recommended_by=OTHER))
    assert Reason.DECIDE not in reasons(waits, replace(READER, decides=False))


def test_quiet_needs_no_key() -> None:
    old = entry(None, updated_at=NOON - timedelta(days=30))
    assert reasons(old, READER) == (Reason.QUIET,)
    assert reasons(entry(None, updated_at=NOON - timedelta(days=29)), READER) == ()


def test_alerts_are_those_of_the_desk_and_none_where_no_steps_were_kept() -> None:
    assert "overdue" in alerts(entry(kept(due=TODAY - DAY)), TODAY)
    assert alerts(entry(Summary()), TODAY) == alerts(entry(None), TODAY) == ()
    assert alerts(entry(kept(due=TODAY - DAY), closed_at=NOON), TODAY) == ()


def test_the_owner_of_an_old_case_is_whoever_entered_it() -> None:
    assert owner_of(entry(None)) == owner_of(entry(Summary())) == OTHER
    assert owner_of(entry(kept(owner=ME))) == ME
    assert owner_of(entry(kept(owner=None))) is None
