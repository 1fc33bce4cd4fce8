import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.oracle.random_networks import USABLE, Case, random_case
from tests.oracle.small_journeys import ALONE, START, leg, network, place
from tests.unit.engine.processes import few, seeds
from waystation.engine.journeys.argument import Assumption, AssumptionKind
from waystation.engine.journeys.build import Built, build
from waystation.engine.journeys.doubt.assumptions import Assumptions, assumptions_of, scale_odds
from waystation.engine.journeys.process import Process
from waystation.engine.model import Belief, Chain, Condition, LevelFactor, LevelRef, Network, Observation, PlaceKind


def tables(process: Process) -> list[np.ndarray]:
    """Return the chances of a process; where a leg is closed, factors may have driven two of them beyond 1 together."""
    moves = process.moves
    turned_back = np.minimum(moves.turned_back, 1.0 - moves.intercepted)
    return [moves.intercepted, turned_back, moves.asked, process.discovered]


def believed_otherwise(network_: Network, assumptions: Assumptions, values: list[float]) -> Network:
    """Write the assumed chances into the network itself."""
    new = {(a.kind, a.id): Belief(v) for a, v in zip(assumptions.items, values, strict=True)}
    legs = []
    for each in network_.legs:
        demand = each.demand
        if demand is not None:
            chance = new.get((AssumptionKind.EXTRA_DEMAND, each.id), demand.chance)
            demand = dataclasses.replace(demand, chance=chance)
        legs.append(
            dataclasses.replace(
                each,
                intercepted=new.get((AssumptionKind.INTERCEPTED, each.id), each.intercepted),
                turned_back=new.get((AssumptionKind.TURNED_BACK, each.id), each.turned_back),
                demand=demand,
            )
        )
    places = [
        dataclasses.replace(each, discovery=new.get((AssumptionKind.DISCOVERY, each.id), each.discovery))
        for each in network_.places
    ]
    return dataclasses.replace(network_, legs=tuple(legs), places=tuple(places))


def built_from(case: Case, network_: Network) -> Built:
    return build(network_, case.group, case.start, case.days)


@given(seeds)
@few
def test_what_is_believed_gives_the_process_itself(seed: int) -> None:
    case = random_case(seed % USABLE)
    built = built_from(case, case.network)
    assumptions = assumptions_of(case.network, case.group, built)
    for told, own in zip(
        tables(assumptions.retell(built.process, assumptions.means)), tables(built.process), strict=True
    ):
        assert told == pytest.approx(own, abs=1e-14)


@given(seeds, st.floats(0.01, 0.3))
@few
def test_the_process_retold_is_the_one_built_from_a_network_that_says_so(seed: int, value: float) -> None:
    case = random_case(seed % USABLE)
    built = built_from(case, case.network)
    assumptions = assumptions_of(case.network, case.group, built)
    values = np.random.default_rng(seed).uniform(0.0, value, len(assumptions.items))
    told = assumptions.retell(built.process, values)
    other = built_from(case, believed_otherwise(case.network, assumptions, values.tolist())).process
    for found, expected in zip(tables(told), tables(other), strict=True):
        assert found == pytest.approx(expected, abs=1e-13)


def test_only_what_is_uncertain_is_an_assumption() -> None:
    house = place("house", discovery=Belief(0.1, 4.0))
    ways = [
        leg("a", "origin", "house", intercepted=0.2, turned_back=1.0 - 0.2),
        leg("b", "house", "goal", intercepted=0.0),
        leg("elsewhere", "nowhere", "goal", intercepted=0.5),
    ]
    told = network(ways, places=[house])
    found = assumptions_of(told, ALONE, build(told, ALONE, START, 4.0))
    assert found.items == (
        Assumption(AssumptionKind.INTERCEPTED, "a", Belief(0.2)),
        Assumption(AssumptionKind.TURNED_BACK, "a", Belief(0.8)),
        Assumption(AssumptionKind.DISCOVERY, "house", Belief(0.1, 4.0)),
    )


def test_what_is_certain_keeps_its_chance() -> None:
    house = place("origin", PlaceKind.ORIGIN, discovery=Belief(1.0))
    told = network(
        [leg("a", "origin", "goal", intercepted=0.25), leg("b", "origin", "goal", intercepted=1.0)], places=[house]
    )
    built = build(told, ALONE, START, 4.0)
    found = assumptions_of(told, ALONE, built)
    assert [item.id for item in found.items] == ["a"]
    process = found.retell(built.process, np.array([0.5]))
    assert process.moves.intercepted[:, 0].tolist() == [0.5, 1.0]
    assert process.discovered[0, 0] == 1.0


def test_a_condition_that_cannot_change_still_has_its_factor() -> None:
    river = Condition("river", ("low", "high"), (Chain(((1.0, 0.0), (0.0, 1.0))),))
    high = LevelFactor(LevelRef("river", "high"), 3.0)
    ways = [leg("a", "origin", "goal", intercepted=0.25, intercepted_factors=(high,))]
    told = network(ways, conditions=[river], seen=[Observation("river", START, "high")])
    built = build(told, ALONE, START, 4.0)
    found = assumptions_of(told, ALONE, built)
    assert found.intercepted.factor.tolist() == [[3.0]]
    assert found.retell(built.process, np.array([0.5])).moves.intercepted.tolist() == [[0.75]]


def test_turning_back_gives_way_to_interception() -> None:
    told = network([leg("a", "origin", "goal", intercepted=0.25, turned_back=0.25)])
    built = build(told, ALONE, START, 4.0)
    process = assumptions_of(told, ALONE, built).retell(built.process, np.array([0.75, 0.5]))
    assert (process.moves.intercepted[0, 0], process.moves.turned_back[0, 0]) == (0.75, 0.25)


def test_discovery_is_believed_by_the_day_and_counted_by_the_slot() -> None:
    house = place("origin", PlaceKind.ORIGIN, discovery=Belief(0.5))
    told = network([leg("a", "origin", "goal")], places=[house], slot_hours=12)
    built = build(told, ALONE, START, 4.0)
    process = assumptions_of(told, ALONE, built).retell(built.process, np.array([0.75]))
    assert process.discovered[0, 0] == pytest.approx(0.5)


def test_draws_have_the_mean_and_the_spread_of_the_belief() -> None:
    told = network([leg("a", "origin", "goal", intercepted=0.2)])
    found = assumptions_of(told, ALONE, build(told, ALONE, START, 4.0))
    drawn = found.draw(40_000, seed=5)[0]
    assert drawn.mean() == pytest.approx(0.2, abs=4 * np.sqrt(0.2 * 0.8 / 11 / 40_000))
    assert drawn.var() == pytest.approx(0.2 * 0.8 / 11, rel=0.05)
    assert (found.draw(10, seed=5) == found.draw(10, seed=5)).all()
    assert (found.draw(10, seed=5) != found.draw(10, seed=6)).any()


@given(st.floats(0.0, 1.0), st.floats(0.1, 9.0))
def test_factors_act_on_odds(chance: float, factor: float) -> None:
    scaled = float(scale_odds(np.array(chance), np.array(factor)))
    assert 0.0 <= scaled <= 1.0
    assert scaled * (1.0 - chance) == pytest.approx(factor * chance * (1.0 - scaled), abs=1e-12)


@pytest.mark.parametrize("mean", [0.001, 0.999])
def test_draws_are_above_0_and_below_1(mean: float) -> None:
    # With so little evidence nearly every draw would be rounded to 0 or 1.
    ways = [dataclasses.replace(leg(id_, "origin", "goal"), intercepted=Belief(mean, 0.01)) for id_ in "abc"]
    told = network(ways)
    found = assumptions_of(told, ALONE, build(told, ALONE, START, 4.0)).draw(100, seed=1)
    assert found.shape == (3, 100)
    assert ((found > 0.0) & (found < 1.0)).all()
