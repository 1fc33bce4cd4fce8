import dataclasses
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from tests.oracle.small_journeys import ALONE, START, dollars, leg, network, place
from tests.unit.engine.regions_by_hand import two_regions
from waystation.engine.journeys import build as module
from waystation.engine.journeys.build import build
from waystation.engine.journeys.errors import UnusableModelError
from waystation.engine.journeys.plan import ReasonCode, RuledOut
from waystation.engine.journeys.process import Process
from waystation.engine.model import (
    Belief,
    Chain,
    Company,
    Condition,
    DateRange,
    Days,
    Demand,
    Group,
    Leg,
    LevelFactor,
    LevelRef,
    MissingRateError,
    Network,
    Observation,
    Partner,
    PartnerKind,
    PlaceKind,
    Rate,
    Refusal,
)
from waystation.kernel import Money

RIVER = Condition("river", ("low", "high"), (Chain.persistent(2, 0.81),))
PATROLS = Condition("patrols", ("few", "some", "many"), (Chain.persistent(3, 0.5),))
HIGH = LevelFactor(LevelRef("river", "high"), 3.0)


def of(size: int, where: str = "origin") -> Group:
    return dataclasses.replace(ALONE, place=where, travellers=ALONE.travellers * size)


def built(world: Network, who: Group = ALONE, days: float = 3.0) -> Process:
    return build(world, who, START, days).process


def test_places_are_numbered_outwards_from_the_group_and_others_left_out() -> None:
    world = network(
        [leg("1", "origin", "far"), leg("2", "origin", "near"), leg("3", "near", "goal"), leg("4", "else", "goal")]
    )
    process = built(world)
    assert process.places == ("origin", "far", "near", "goal")
    assert (process.start_place, process.destination.tolist()) == (0, [False, False, False, True])
    assert process.moves.leg == ("1", "2", "3")
    assert process.moves.source.tolist() == [0, 0, 2]
    assert process.moves.target.tolist() == [1, 2, 3]


def test_what_was_ruled_out_is_told_and_why() -> None:
    world = network(
        [
            leg("walk", "origin", "hut", walk_hours=13.0),
            leg("ride", "origin", "goal"),
            leg("on", "hut", "goal"),
        ],
        places=[place("origin", PlaceKind.ORIGIN, beds=2)],
    )
    found = build(world, of(3), START, 3)
    assert found.ruled_out == (
        RuledOut("walk", ReasonCode.WALKING, "13", "12"),
        RuledOut("origin", ReasonCode.BEDS, "3", "2"),
        RuledOut("on", ReasonCode.UNREACHABLE),
    )
    assert not found.process.may_wait[0]
    assert found.process.places == ("origin", "goal")


def test_a_group_at_a_destination_has_arrived() -> None:
    process = built(network([leg("back", "goal", "origin"), leg("1", "origin", "goal")]), of(1, "goal"))
    assert process.places == ("goal",)
    assert process.destination.tolist() == [True]
    assert len(process.moves) == 0
    assert not process.may_wait[0]


def test_no_leg_at_all() -> None:
    process = built(network([]))
    assert (process.places, len(process.moves)) == (("origin",), 0)
    assert process.moves.intercepted.shape == (0, 1)
    assert process.moves.open_slot.shape == (0, 3)


def test_a_group_that_is_nowhere() -> None:
    with pytest.raises(UnusableModelError, match="group A is at moon, which is no place of the network"):
        built(network([]), of(1, "moon"))


@pytest.mark.parametrize(
    ("days", "hours", "slots"),
    [(3, 24, 3), (2.9, 24, 2), (1, 24, 1), (1.5, 12, 3), (8 / 3, 8, 8), (1, 1, 24), (0.3, 6, 1)],
)
def test_days_are_cut_down_to_whole_slots(days: float, hours: int, slots: int) -> None:
    world = network([], slot_hours=hours)
    assert built(world, days=days).slots == slots


@pytest.mark.parametrize(("days", "hours"), [(0.1, 24), (0.99, 24), (0.2, 6)])
def test_a_deadline_shorter_than_a_slot_is_refused(days: float, hours: int) -> None:
    with pytest.raises(
        UnusableModelError, match=f"a deadline of {days} days is shorter than one slot of {hours} hours"
    ):
        built(network([], slot_hours=hours), days=days)


def test_without_a_deadline_it_is_the_horizon() -> None:
    world = dataclasses.replace(network([], slot_hours=12), horizon_days=7)
    process = build(world, ALONE, START).process
    assert process.slots == 14
    assert process.day(3) == 1.5
    assert [process.date_of(slot) for slot in (0, 1, 2)] == [START, START, START + timedelta(days=1)]


def test_conditions_that_touch_nothing_are_left_out() -> None:
    legs = [leg("1", "origin", "goal", intercepted=0.25, intercepted_factors=(HIGH,))]
    process = built(network(legs, conditions=[PATROLS, RIVER], seen=[Observation("river", START, "low")]))
    assert (process.conditions, process.levels) == (("river",), (("low", "high"),))
    assert process.start_chance.tolist() == [1.0, 0.0]
    assert process.moves.intercepted[0] == pytest.approx([0.25, 0.5])


MANY = LevelRef("patrols", "many")


@pytest.mark.parametrize(
    "more",
    [
        {"intercepted": 0.1, "intercepted_factors": (LevelFactor(MANY, 2.0),)},
        {"turned_back": 0.1, "turned_back_factors": (LevelFactor(MANY, 2.0),)},
        {"demand": Demand(Belief(0.1), dollars(1), dollars(0), factors=(LevelFactor(MANY, 2.0),))},
        {"closed_at": frozenset({MANY})},
    ],
)
def test_any_chance_of_a_leg_that_changes_keeps_a_condition(more: dict[str, Any]) -> None:
    process = built(network([leg("1", "origin", "goal", **more)], conditions=[PATROLS]))
    assert process.conditions == ("patrols",)
    moves = process.moves
    by_level = [moves.intercepted[0], moves.turned_back[0], moves.asked[0], moves.open_level[0]]
    assert sum(len(set(chances.tolist())) == 2 for chances in by_level) == 1


def test_discovery_that_changes_keeps_a_condition() -> None:
    house = place("origin", PlaceKind.ORIGIN, discovery=Belief(0.25), discovery_factors=(HIGH,))
    process = built(network([leg("1", "origin", "goal")], places=[house], conditions=[RIVER, PATROLS]))
    assert process.conditions == ("river",)
    assert process.discovered[0] == pytest.approx([0.25, 0.5])


def test_a_condition_that_stays_at_one_level_counts_at_it() -> None:
    flood = Condition("river", ("low", "high"), (Chain.persistent(2, 1.0),))
    legs = [leg("1", "origin", "goal", intercepted=0.25, intercepted_factors=(HIGH,), closed_at=frozenset({MANY}))]
    world = network(legs, conditions=[flood, PATROLS], seen=[Observation("river", START, "high")])
    process = built(world)
    assert process.conditions == ("patrols",)
    assert process.moves.intercepted[0] == pytest.approx([0.5] * 3)
    assert process.moves.open_level.tolist() == [[True, True, False]]


def test_joint_levels_count_the_last_condition_fastest() -> None:
    factors = (LevelFactor(LevelRef("patrols", "some"), 3.0), HIGH)
    legs = [leg("1", "origin", "goal", intercepted=0.1, intercepted_factors=factors)]
    seen = [Observation("river", START, "high", confidence=0.75), Observation("patrols", START, "some")]
    process = built(network(legs, conditions=[RIVER, PATROLS], seen=seen))
    assert process.joint_levels == 6
    assert process.start_chance.tolist() == [0.0, 0.25, 0.0, 0.0, 0.75, 0.0]
    assert process.moves.intercepted[0] == pytest.approx([0.1, 0.25, 0.1, 0.25, 0.5, 0.25])
    assert process.level_names(4) == {"river": "high", "patrols": "some"}
    assert process.joint_step(0) == pytest.approx(np.kron(process.steps[0][0], process.steps[1][0]))


def test_too_many_joint_levels_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    legs = [leg("1", "origin", "goal", closed_at=frozenset({MANY, LevelRef("river", "high")}))]
    world = network(legs, conditions=[RIVER, PATROLS])
    monkeypatch.setattr(module, "MOST_JOINT_LEVELS", 6)
    assert built(world).joint_levels == 6
    monkeypatch.setattr(module, "MOST_JOINT_LEVELS", 5)
    with pytest.raises(UnusableModelError, match="6 joint condition levels in one region; at most 5"):
        built(world)


def test_prices_of_the_whole_party() -> None:
    demand = Demand(Belief(0.5), dollars(20), dollars(3))
    way = leg("1", "origin", "goal", fee=100, demand=demand, company=Company(0.5, 1.301))
    way = dataclasses.replace(way, cost_person=Money(1001, "USD"))
    stay = place("origin", PlaceKind.ORIGIN, stay_cost=Money(101, "USD"))
    moves = (process := built(network([way], places=[stay], slot_hours=6), of(3))).moves
    assert (moves.leg, moves.in_company) == (("1", "1"), (False, True))
    assert moves.fee.tolist() == [13_003, 16_917]  # 16,916.903 rounded up
    assert moves.demand.tolist() == [2900, 2900]
    assert process.stay_fee.tolist() == [76, 0]  # 3 * 101 * 6 / 24 = 75.75


def test_each_price_is_converted_and_rounded_up_by_itself() -> None:
    way = dataclasses.replace(leg("1", "origin", "goal"), cost_group=Money(100, "THB"), cost_person=Money(100, "THB"))
    rates = (Rate(START, "USD", "THB", Decimal(30)),)
    world = dataclasses.replace(network([way]), rates=rates)
    assert built(world, of(2)).moves.fee.tolist() == [12]  # 4 + 2 * 4 cents; 100 satang are 3.33 cents
    with pytest.raises(MissingRateError, match="THB to USD"):
        built(dataclasses.replace(world, rates=()))


def test_company_changes_risk_and_price_only() -> None:
    way = leg("1", "origin", "goal", fee=10, intercepted=0.2, turned_back=0.1, company=Company(0.25, 1.3))
    moves = built(network([way])).moves
    assert moves.intercepted[:, 0] == pytest.approx([0.2, 1 / 17])
    assert moves.turned_back[:, 0] == pytest.approx([0.1, 0.1])
    assert moves.fee.tolist() == [1000, 1300]


@pytest.mark.parametrize(("refusal", "longer"), [(Refusal(), -1), (Refusal(0), 0), (Refusal(4), 4)])
def test_what_refusing_means(refusal: Refusal, longer: int) -> None:
    demand = Demand(Belief(0.5), dollars(20), dollars(0), refusal)
    moves = built(network([leg("1", "origin", "mid", demand=demand), leg("2", "mid", "goal")])).moves
    assert moves.longer.tolist() == [longer, -1]
    assert moves.asked[:, 0].tolist() == [0.5, 0.0]
    assert moves.demand.tolist() == [2000, 0]


def test_durations_stand_one_move_after_another() -> None:
    slow: Leg = dataclasses.replace(leg("2", "mid", "goal"), days=Days(1.0, 1.0, 3.0))
    moves = built(network([leg("1", "origin", "mid", days=2), slow])).moves
    assert moves.duration_start.tolist() == [0, 1, 3]
    assert moves.duration_slots.tolist() == [2, 2, 3]
    assert moves.duration_chance.tolist() == pytest.approx([1.0, 0.75, 0.25])


def test_legs_begin_on_their_days_only() -> None:
    partner = Partner("g", PartnerKind.GUIDE, vetted_until=START + timedelta(days=1))
    legs = [
        leg("always", "origin", "goal"),
        leg("tuesdays", "origin", "goal", weekdays=frozenset({1})),
        leg("until", "origin", "goal", runs_on=(DateRange(None, START),)),
        leg("vetted", "origin", "goal", partner="g"),
    ]
    world = dataclasses.replace(network(legs, slot_hours=12), partners=(partner,))
    slots = built(world).moves.open_slot.astype(int)
    # START is a Monday; two slots a day.
    assert slots.tolist() == [[1, 1, 1, 1, 1, 1], [0, 0, 1, 1, 0, 0], [1, 1, 0, 0, 0, 0], [1, 1, 1, 1, 0, 0]]


def test_a_partner_has_a_factor() -> None:
    legs = [leg("1", "origin", "goal", intercepted=0.25, partner="g"), leg("2", "origin", "goal", intercepted=0.25)]
    world = dataclasses.replace(network(legs), partners=(Partner("g", PartnerKind.GUIDE, risk_factor=3.0),))
    assert built(world).moves.intercepted[:, 0] == pytest.approx([0.5, 0.25])


def test_more_than_one_chance_is_refused_where_the_leg_is_open() -> None:
    legs = [leg("1", "origin", "goal", intercepted=0.5, turned_back=0.5, intercepted_factors=(HIGH,))]
    with pytest.raises(
        UnusableModelError, match="leg 1: the chances of interception and of being turned back exceed 1"
    ):
        built(network(legs, conditions=[RIVER]))
    closed = [dataclasses.replace(legs[0], closed_at=frozenset({LevelRef("river", "high")}))]
    assert built(network(closed, conditions=[RIVER])).moves.intercepted[0].max() == pytest.approx(0.75)


def test_a_journey_across_months_has_the_chains_of_both() -> None:
    chains = (Chain.persistent(2, 0.9, frozenset({6})), Chain.persistent(2, 0.5))
    river = Condition("river", ("low", "high"), chains)
    legs = [leg("1", "origin", "goal", closed_at=frozenset({LevelRef("river", "high")}))]
    process = build(network(legs, conditions=[river]), ALONE, date(2026, 6, 29), 4).process
    assert [step[0, 0] for step in process.steps[0]] == pytest.approx([0.9, 0.9, 0.5, 0.5])


def test_above_the_most_exact_levels_each_region_has_its_own() -> None:
    exact, regional = two_regions(most_exact_levels=12), two_regions(most_exact_levels=11)
    assert exact.memory is None
    assert regional.memory is not None
    south, north, nothing = [True, False, True], [True, True, False], [False] * 3
    assert regional.memory.known.tolist() == [south, south, north, nothing]
    assert [forecast.shape for forecast in regional.memory.forecast] == [(7, 2), (7, 3), (7, 2)]
    # Law 0.25 old, 0.75 new; patrols many.
    assert regional.start_chance.tolist() == [0.0, 0.25, 0.0, 0.75, 0.0, 0.0]
    up = [0.1, 0.25, 0.25, 0.5]  # odds times 3 for many patrols and for the new law
    assert regional.moves.intercepted[0] == pytest.approx([*up, 0.0, 0.0])
    assert regional.moves.intercepted[2] == pytest.approx([0.1, 0.25, 0.1, 0.25, 0.5, 0.25])
    assert regional.moves.open_level[3].tolist() == [True, True, False] * 2
    assert regional.moves.open_level[0].tolist() == [True] * 4 + [False] * 2


def test_a_single_region_stays_exact_beyond_the_limit() -> None:
    legs = [leg("1", "origin", "goal", closed_at=frozenset({MANY, LevelRef("river", "high")}))]
    process = build(network(legs, conditions=[RIVER, PATROLS]), ALONE, START, 3, most_exact_levels=1).process
    assert process.memory is None
    assert process.joint_levels == 6


def test_more_than_64_joint_levels_are_remembered_by_region() -> None:
    def world(conditions: int) -> Network:
        names = ["origin", *(f"P{k}" for k in range(1, conditions)), "goal"]
        closed = [frozenset({LevelRef(f"c{k}", "high")}) for k in range(conditions)]
        legs = [leg(f"L{k}", names[k], names[k + 1], closed_at=closed[k]) for k in range(conditions)]
        chain = (Chain.persistent(2, 0.9),)
        places = [place(name, region=name) for name in names[1:-1]]
        return network(
            legs, places=places, conditions=[Condition(f"c{k}", ("low", "high"), chain) for k in range(conditions)]
        )

    assert build(world(6), ALONE, START, 9).process.memory is None
    found = build(world(7), ALONE, START, 9).process
    assert found.memory is not None
    assert (found.all_joint_levels, found.joint_levels) == (128, 2)
    assert found.memory.known[:-1].tolist() == np.eye(7, dtype=bool).tolist()


def test_one_waits_where_that_is_allowed_and_never_at_a_destination() -> None:
    places = [place("origin", PlaceKind.ORIGIN), place("mid", may_wait=False)]
    told = network([leg("a", "origin", "mid"), leg("b", "mid", "goal")], places=places)
    process = build(told, ALONE, START, 3.0).process
    assert process.places == ("origin", "mid", "goal")
    assert process.may_wait.tolist() == [True, False, False]
