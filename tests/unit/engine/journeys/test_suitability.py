import dataclasses
from datetime import date, timedelta

import pytest

from tests.oracle.small_journeys import ALONE, START, leg, place
from waystation.engine.journeys.plan import ReasonCode, RuledOut
from waystation.engine.journeys.suitability import departs_on, journey_days, leg_obstacle, wait_obstacle
from waystation.engine.model import DateRange, EffortLimit, Group, Leg, LevelRef, Partner, PartnerKind

WEEK = [START + timedelta(days=k) for k in range(7)]
RIVER = {"river": ("low", "high"), "law": ("old",)}


def group(size: int = 1, limit: EffortLimit | None = None, *needs: str) -> Group:
    one = dataclasses.replace(
        ALONE.travellers[0], limit=limit or EffortLimit(4.0, 300.0, night=False), needs=frozenset(needs)
    )
    return dataclasses.replace(ALONE, travellers=(one,) * size)


def obstacle(way: Leg, who: Group | None = None, partner: Partner | None = None) -> RuledOut | None:
    return leg_obstacle(way, who or group(), partner, WEEK, RIVER)


@pytest.mark.parametrize(
    ("way", "reason"),
    [
        (leg("L", "a", "b", largest_party=2), RuledOut("L", ReasonCode.PARTY_TOO_LARGE, "3", "2")),
        (leg("L", "a", "b", walk_hours=9.0), RuledOut("L", ReasonCode.WALKING, "9", "4")),
        (leg("L", "a", "b", climb_m=300.5), RuledOut("L", ReasonCode.CLIMB, "300.5", "300")),
        (leg("L", "a", "b", night=True), RuledOut("L", ReasonCode.NIGHT)),
        (leg("L", "a", "b", not_for=frozenset({"wheelchair", "oxygen"})), RuledOut("L", ReasonCode.NEED, "oxygen")),
        (
            leg("L", "a", "b", runs_on=(DateRange(None, START - timedelta(days=1)),)),
            RuledOut("L", ReasonCode.NO_DATE, "2026-06-01", "2026-06-07"),
        ),
        (
            leg("L", "a", "b", closed_at=frozenset({LevelRef("river", "low"), LevelRef("river", "high")})),
            RuledOut("L", ReasonCode.ALWAYS_CLOSED, "river", "low|high"),
        ),
    ],
    ids=lambda value: str(value.code) if isinstance(value, RuledOut) else "",
)
def test_each_reason_with_what_is_asked_and_what_they_can(way: Leg, reason: RuledOut) -> None:
    assert obstacle(way, group(3, None, "wheelchair", "oxygen")) == reason


@pytest.mark.parametrize(
    "way",
    [
        leg("L", "a", "b"),
        leg("L", "a", "b", largest_party=3, walk_hours=4.0, climb_m=300.0),
        leg("L", "a", "b", not_for=frozenset({"wheelchair"})),
        leg("L", "a", "b", runs_on=(DateRange(WEEK[-1], None),)),
        leg("L", "a", "b", closed_at=frozenset({LevelRef("river", "low"), LevelRef("river", "flood")})),
        leg("L", "a", "b", closed_at=frozenset({LevelRef("unheard-of", "low")})),
    ],
)
def test_what_just_fits_is_allowed(way: Leg) -> None:
    assert obstacle(way, group(3, None, "oxygen")) is None


def test_who_walks_at_night_may() -> None:
    assert obstacle(leg("L", "a", "b", night=True), group(1, EffortLimit(1.0, 1.0))) is None


def test_the_first_reason_is_named() -> None:
    way = leg("L", "a", "b", largest_party=2, walk_hours=9.0, climb_m=9000.0)
    reason = obstacle(way, group(3))
    assert reason is not None
    assert reason.code is ReasonCode.PARTY_TOO_LARGE


def vetted(until: date | None) -> Partner:
    return Partner("g", PartnerKind.GUIDE, vetted_until=until)


def test_vetting_must_last_until_the_first_day_on_which_the_leg_runs() -> None:
    way = leg("L", "a", "b", runs_on=(DateRange(WEEK[3], None),))
    assert obstacle(way, None, vetted(WEEK[2])) == RuledOut("L", ReasonCode.VETTING, "g", "2026-06-03")
    assert obstacle(way, None, vetted(WEEK[3])) is None
    assert obstacle(way, None, vetted(None)) is None


def test_a_leg_begins_while_it_runs_and_its_partner_is_vetted() -> None:
    way = leg("L", "a", "b", weekdays=frozenset({0, 1, 2}))
    assert [departs_on(way, vetted(WEEK[1]), day) for day in WEEK[:4]] == [True, True, False, False]
    assert [departs_on(way, None, day) for day in WEEK[:4]] == [True, True, True, False]
    assert departs_on(way, vetted(None), WEEK[2])


def test_too_few_beds_rule_out_waiting() -> None:
    assert wait_obstacle(place("a", beds=2), group(3)) == RuledOut("a", ReasonCode.BEDS, "3", "2")
    assert wait_obstacle(place("a", beds=3), group(3)) is None
    assert wait_obstacle(place("a"), group(3)) is None
    assert wait_obstacle(place("a", beds=2, may_wait=False), group(3)) is None


@pytest.mark.parametrize(
    ("slots", "hours", "days"), [(1, 24, 1), (1, 1, 1), (24, 1, 1), (25, 1, 2), (3, 12, 2), (4, 12, 2), (5, 24, 5)]
)
def test_the_days_on_which_slots_begin(slots: int, hours: int, days: int) -> None:
    assert journey_days(START, slots, hours) == tuple(WEEK[:days])
