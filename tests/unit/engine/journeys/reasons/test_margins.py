import dataclasses

import pytest

from tests.oracle.small_journeys import ALONE, START, dollars, leg, network, place
from tests.unit.engine.journeys.reasons.grounds import ground_of
from waystation.engine.journeys.argument import Margin, MarginKind
from waystation.engine.journeys.plan import ReasonCode, RuledOut
from waystation.engine.journeys.reasons.ground import Ground
from waystation.engine.journeys.reasons.margins import _one_fewer, margins
from waystation.engine.model import AgeBand, EffortLimit, Group, PlaceKind, Traveller


def by_kind(ground: Ground, *ruled_out: RuledOut) -> dict[tuple[MarginKind, str], Margin]:
    return {(margin.kind, margin.id): margin for margin in margins(ground, ruled_out)}


def test_a_little_more_money_buys_the_safer_way() -> None:
    told = network([leg("safe", "origin", "goal", fee=21), leg("cheap", "origin", "goal", fee=5, intercepted=0.25)])
    money = by_kind(ground_of(told, 1.0, dollars(20)))[MarginKind.MONEY, ""]
    assert money.amount == dollars(1)
    assert (money.arrive, money.gain) == pytest.approx((1.0, 0.25))
    assert (MarginKind.MONEY, "") not in by_kind(ground_of(told, 1.0))


def test_one_more_day_allows_the_longer_way() -> None:
    told = network([leg("safe", "origin", "goal", days=2), leg("quick", "origin", "goal", intercepted=0.25)])
    days = by_kind(ground_of(told, 1.0))[MarginKind.DAYS, ""]
    assert days.amount == 1.0
    assert (days.arrive, days.gain) == pytest.approx((1.0, 0.25))


def pair() -> Group:
    limit = EffortLimit(12.0, 1500.0)
    return Group("G", "origin", tuple(Traveller(f"T{k}", AgeBand.ADULT, limit) for k in range(2)), consent_on=START)


def test_the_size_of_the_party_has_its_price_in_risk() -> None:
    way = dataclasses.replace(leg("a", "origin", "goal", intercepted=0.2), customary_party=1, extra_person_factor=4.0)
    found = by_kind(ground_of(network([way]), 1.0, group=pair()))
    assert found[MarginKind.FEWER_PEOPLE, ""].gain == pytest.approx(0.8 - 0.5)
    assert found[MarginKind.MORE_PEOPLE, ""].gain == pytest.approx(0.2 - 0.5)
    assert next(iter(found)) == (MarginKind.FEWER_PEOPLE, "")
    assert (MarginKind.FEWER_PEOPLE, "") not in by_kind(ground_of(network([way]), 1.0, group=ALONE))


def test_who_is_left_out_is_neither_needed_nor_the_limit() -> None:
    """The size alone is asked about: a child's companion, the slowest and those with needs stay in the party."""
    limits = {"companion": 12.0, "child": 12.0, "slow": 3.0, "quick": 9.0, "helped": 12.0}
    people = tuple(
        Traveller(
            id_,
            AgeBand.CHILD if id_ == "child" else AgeBand.ADULT,
            EffortLimit(hours, 500.0),
            needs=frozenset({"medicine"}) if id_ == "helped" else frozenset(),
            accompanied_by="companion" if id_ == "child" else None,
        )
        for id_, hours in limits.items()
    )
    group = Group("G", "origin", tuple(each for each in people if each.id != "child"), consent_on=START)
    family = Group("F", "origin", people, consent_on=START)
    assert [each.id for each in _one_fewer(group).travellers] == ["slow", "quick", "helped"]
    assert [each.id for each in _one_fewer(family).travellers] == ["companion", "slow", "quick", "helped"]


def test_beds_and_seats_that_are_missing() -> None:
    boat = dataclasses.replace(leg("boat", "origin", "goal"), largest_party=1)
    house = place("origin", PlaceKind.ORIGIN, beds=1)
    night = dataclasses.replace(leg("night", "origin", "goal"), weekdays=frozenset({(START.weekday() + 1) % 7}))
    told = network([boat, night], places=[house])
    ground = ground_of(told, 2.0, group=pair())
    assert ground.arrive == 0.0
    found = by_kind(ground, RuledOut("boat", ReasonCode.PARTY_TOO_LARGE), RuledOut("origin", ReasonCode.BEDS))
    assert found[MarginKind.LARGER_PARTY, "boat"] == Margin(MarginKind.LARGER_PARTY, 1.0, 1.0, 1.0, "boat")
    assert found[MarginKind.BED, "origin"] == Margin(MarginKind.BED, 1.0, 1.0, 1.0, "origin")
