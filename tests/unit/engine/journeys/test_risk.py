import dataclasses
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.oracle.small_journeys import dollars, leg, place
from tests.unit.engine.processes import few
from waystation.engine.journeys.risk import (
    discovery,
    extra_demand,
    interception,
    level_factor,
    scale_odds,
    turning_back,
)
from waystation.engine.model import Belief, Company, Demand, LevelFactor, LevelRef, Partner, PartnerKind

CHANCES = st.floats(0.0, 1.0)
FACTORS = st.floats(1e-6, 1e6)
HIGH = {"river": "high", "patrols": "many"}
LOW = {"river": "low", "patrols": "many"}
WHEN_HIGH = (LevelFactor(LevelRef("river", "high"), 3.0),)


def test_odds_of_one_to_four_doubled_are_one_to_two() -> None:
    assert scale_odds(0.2, 2.0) == pytest.approx(float(Fraction(1, 3)), abs=1e-16)


@given(CHANCES, FACTORS)
@few
def test_a_chance_stays_a_chance_and_moves_the_way_of_its_factor(chance: float, factor: float) -> None:
    scaled = scale_odds(chance, factor)
    assert 0.0 <= scaled <= 1.0
    assert (scaled - chance) * (factor - 1.0) >= -1e-15


@given(CHANCES, FACTORS, FACTORS)
@few
def test_two_factors_after_each_other_are_their_product(chance: float, first: float, second: float) -> None:
    assert scale_odds(scale_odds(chance, first), second) == pytest.approx(
        scale_odds(chance, first * second), rel=1e-9, abs=1e-9
    )


@given(st.floats(0.001, 0.999), st.floats(0.01, 100.0))
@few
def test_the_chance_against_has_the_inverse_factor(chance: float, factor: float) -> None:
    assert scale_odds(1.0 - chance, 1.0 / factor) == pytest.approx(1.0 - scale_odds(chance, factor), abs=1e-12)


@given(FACTORS)
@few
def test_the_impossible_and_the_certain_stay(factor: float) -> None:
    assert (scale_odds(0.0, factor), scale_odds(1.0, factor)) == (0.0, 1.0)


def test_only_the_factors_of_the_present_levels_hold() -> None:
    factors = (*WHEN_HIGH, LevelFactor(LevelRef("patrols", "many"), 2.0), LevelFactor(LevelRef("law", "new"), 5.0))
    assert level_factor(factors, HIGH) == 6.0
    assert level_factor(factors, LOW) == 2.0
    assert level_factor(factors, {}) == 1.0


def test_every_factor_of_interception_counts_once() -> None:
    way = leg(
        "L",
        "a",
        "b",
        intercepted=0.2,
        intercepted_factors=WHEN_HIGH,
        customary_party=2,
        extra_person_factor=1.5,
        company=Company(0.25, 1.3),
    )
    partner = Partner("g", PartnerKind.GUIDE, risk_factor=0.5)

    def chance(odds: Fraction) -> float:
        return float(odds / (1 + odds))

    odds = Fraction(1, 4)
    assert interception(way, LOW, None, 1, in_company=False) == pytest.approx(chance(odds), abs=1e-15)
    assert interception(way, HIGH, None, 2, in_company=False) == pytest.approx(chance(odds * 3), abs=1e-15)
    assert interception(way, LOW, partner, 2, in_company=False) == pytest.approx(chance(odds / 2), abs=1e-15)
    assert interception(way, LOW, None, 4, in_company=False) == pytest.approx(chance(odds * Fraction(9, 4)), abs=1e-15)
    assert interception(way, LOW, None, 1, in_company=True) == pytest.approx(chance(odds / 4), abs=1e-15)
    together = odds * 3 / 2 * Fraction(3, 2) / 4
    assert interception(way, HIGH, partner, 3, in_company=True) == pytest.approx(chance(together), abs=1e-15)


def test_size_does_not_matter_without_a_customary_party_nor_company_where_nobody_can_go() -> None:
    way = leg("L", "a", "b", intercepted=0.2, extra_person_factor=9.0)
    assert interception(way, {}, None, 50, in_company=True) == 0.2


def test_being_turned_back_has_its_own_levels_only() -> None:
    way = leg("L", "a", "b", turned_back=0.25, turned_back_factors=WHEN_HIGH, intercepted_factors=WHEN_HIGH)
    assert turning_back(way, HIGH) == pytest.approx(0.5, abs=1e-15)
    assert turning_back(way, LOW) == 0.25


def test_a_demand_has_its_own_levels_only() -> None:
    demand = Demand(Belief(0.25), dollars(1), dollars(0), factors=WHEN_HIGH)
    way = leg("L", "a", "b", demand=demand, intercepted_factors=WHEN_HIGH)
    assert extra_demand(way, HIGH) == pytest.approx(0.5, abs=1e-15)
    assert extra_demand(way, LOW) == 0.25
    assert extra_demand(dataclasses.replace(way, demand=None), HIGH) == 0.0


@pytest.mark.parametrize("hours", [1, 6, 12, 24])
def test_a_day_of_slots_is_discovered_as_often_as_a_day(hours: int) -> None:
    house = place("a", discovery=Belief(0.2), discovery_factors=WHEN_HIGH)
    unseen = (1.0 - discovery(house, HIGH, hours)) ** (24 / hours)
    assert unseen == pytest.approx(float(Fraction(4, 7)), abs=1e-14)
    assert discovery(house, LOW, 24) == pytest.approx(0.2, abs=1e-15)
