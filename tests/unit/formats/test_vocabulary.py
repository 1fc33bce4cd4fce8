from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from waystation.engine.model import (
    Belief,
    Chain,
    Company,
    DateRange,
    Days,
    EffortLimit,
    LevelFactor,
    LevelRef,
    Network,
    Rate,
    Refusal,
    usual_effort_limit,
)
from waystation.formats import read_folder
from waystation.kernel import Money

Write = Callable[[dict[str, str]], Path]


@pytest.fixture
def network(full: dict[str, str], write: Write) -> Network:
    read = read_folder(write(full)).network
    assert read is not None
    return read


def test_a_leg_with_every_cell(network: Network) -> None:
    leg = network.legs[0]
    many = LevelRef("patrols", "many")
    assert (leg.id, leg.origin, leg.target, leg.partner, leg.mode, leg.km) == ("AB", "A", "B", "G1", "foot", 120.0)
    assert leg.days == Days(1, 1.5, 3)
    assert (leg.cost_group, leg.cost_person) == (Money(30000, "USD"), Money(15000, "USD"))
    assert (leg.intercepted, leg.turned_back) == (Belief(0.02, 25), Belief(0.05, 25))
    assert leg.intercepted_factors == (LevelFactor(many, 2), LevelFactor(LevelRef("river", "high"), 3))
    assert leg.turned_back_factors == (LevelFactor(many, 2),)
    assert leg.demand is not None
    assert (leg.demand.chance, leg.demand.group, leg.demand.person) == (
        Belief(0.1),
        Money(0, "USD"),
        Money(5000, "USD"),
    )
    assert (leg.demand.refusal, leg.demand.factors) == (Refusal(2), (LevelFactor(many, 2),))
    assert (leg.customary_party, leg.extra_person_factor, leg.largest_party) == (3, 1.2, 6)
    assert (leg.walk_hours, leg.climb_m, leg.night) == (5, 400, False)
    assert leg.not_for == {"wheelchair", "oxygen"}
    assert leg.runs_on == (DateRange(date(2026, 11, 1), date(2027, 3, 31)), DateRange(date(2027, 5, 1), None))
    assert leg.weekdays == {0, 3}
    assert (leg.company, leg.note) == (Company(0.7, 1.3), "hills")


def test_a_leg_with_blank_cells_has_the_defaults(network: Network) -> None:
    leg = network.legs[1]
    assert (leg.partner, leg.demand, leg.company, leg.customary_party) == (None, None, None, None)
    assert (leg.turned_back, leg.cost_group) == (Belief(0, 10), Money(0, "USD"))
    assert (leg.runs_on, leg.weekdays, leg.closed_at) == ((), frozenset(), frozenset())


def test_amounts_are_in_the_currency_of_their_row(network: Network) -> None:
    assert network.legs[2].cost_group == Money(3_500_000, "THB")
    assert network.legs[2].closed_at == {LevelRef("river", "flood")}
    assert network.partners[0].retainer_month == Money(50000, "USD")
    assert [fund.amount for fund in network.funds] == [Money(1_200_000, "USD"), Money(50_000_000, "THB")]


def test_a_place_waits_and_stops_as_its_kind_does_unless_it_says_so(network: Network) -> None:
    assert [(place.may_wait, place.may_stop) for place in network.places] == [
        (True, True),
        (True, True),
        (False, False),
        (True, False),
    ]
    assert network.places[0].discovery_factors == (LevelFactor(LevelRef("patrols", "many"), 3),)
    assert network.places[1].beds == 6


def test_the_rows_of_a_condition_are_its_chains(network: Network) -> None:
    river, patrols = network.conditions
    assert river.name == "The river"
    assert river.levels == ("low", "high", "flood")
    assert river.chain_in(7).matrix[0] == (0.8, 0.15, 0.05)
    assert river.chain_in(1) == Chain.persistent(3, 0.95)
    assert patrols.chains == (Chain.persistent(2, 0.8),)


def test_a_matrix_that_sums_to_one_by_rounding_is_made_to_sum_to_one(full: dict[str, str], write: Write) -> None:
    full["conditions.csv"] = full["conditions.csv"].replace("0.8 0.15 0.05", "0.8 0.15 0.0500000004")
    network = read_folder(write(full)).network
    assert network is not None
    assert sum(network.conditions[0].chains[0].matrix[0]) == pytest.approx(1, abs=1e-15)


def test_travellers_are_in_their_groups_with_their_limits(network: Network) -> None:
    family, alone = network.groups
    assert [traveller.id for traveller in family.travellers] == ["F1a", "F1b", "F1c"]
    assert family.travellers[0].limit == usual_effort_limit(family.travellers[0].age, family.travellers[0].mobility)
    assert family.travellers[1].limit == EffortLimit(3, 100, night=False)
    assert family.travellers[2].needs == {"oxygen"}
    assert family.travellers[2].accompanied_by == "F1a"
    assert alone.travellers[0].limit == EffortLimit(8, 600, night=True)
    assert (family.asked_on, family.consent_on, alone.urgency) == (date(2026, 10, 2), date(2026, 10, 5), "normal")


def test_the_rest_of_the_network(network: Network) -> None:
    assert (network.name, network.slot_hours, network.horizon_days, network.currency) == ("Rivers", 12, 40, "USD")
    assert network.rates == (Rate(date(2026, 11, 1), "USD", "THB", Decimal("33.5")),)
    assert [(outcome.leg, outcome.party_size, outcome.kind) for outcome in network.outcomes] == [
        ("AB", 4, "passed"),
        ("AB", 2, "turned_back"),
        ("AB", 2, "unknown"),
    ]
    first = network.outcomes[0]
    assert (first.partner, first.days, first.count) == ("G1", 2.5, 3)
    assert first.levels == {LevelRef("patrols", "many")}
    assert (network.outcomes[1].partner, network.outcomes[1].days, network.outcomes[1].count) == (None, None, 1)
    assert [(seen.condition, seen.level, seen.confidence) for seen in network.observations] == [
        ("river", "high", 0.9),
        ("patrols", "few", 1.0),
    ]
    assert network.sources == {"FACT-1": "A book, 2020"}
    assert network.partners[0].vetted_until == date(2027, 6, 30)
