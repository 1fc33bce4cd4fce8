import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.oracle.small_journeys import dollars, leg, network
from tests.unit.engine.journeys.reasons.grounds import ground_of, random_ground
from tests.unit.engine.processes import few, seeds
from waystation.engine.journeys.argument import AssumptionKind
from waystation.engine.journeys.follow import follow
from waystation.engine.journeys.reasons.alternatives import alternatives
from waystation.engine.journeys.reasons.ground import Ground, best, best_arrival, without_leg
from waystation.engine.journeys.reasons.tipping import tipping

CROSSING = network(
    [
        leg("boat", "origin", "b", intercepted=0.02),
        leg("ferry", "origin", "b", days=2, intercepted=0.06),
        leg("road", "b", "goal", intercepted=0.2),
    ]
)


def test_if_the_crossing_were_worse_than_the_ferry() -> None:
    ground = ground_of(CROSSING, 3.0)
    above, below = sorted(tipping(ground, alternatives(ground)), key=lambda each: not each.above)
    assert (above.assumption.id, above.assumption.kind) == ("boat", AssumptionKind.INTERCEPTED)
    assert above.value == pytest.approx(0.06, rel=1e-3)
    assert above.instead == ("ferry", "road")
    assert above.arrive == pytest.approx(0.94 * 0.8)
    assert (below.assumption.id, below.above) == ("ferry", False)
    assert below.value == pytest.approx(0.02, rel=0.1)
    assert below.value <= 0.02
    assert below.instead == ("ferry", "road")


def test_nothing_tips_where_there_is_no_other_way() -> None:
    ground = ground_of(network([leg("a", "origin", "goal", intercepted=0.3)]), 1.0)
    assert tipping(ground, alternatives(ground)) == ()


def test_a_leg_that_no_budget_reaches_tips_nothing() -> None:
    told = network([leg("a", "origin", "goal", intercepted=0.3), leg("dear", "origin", "goal", fee=9, intercepted=0.4)])
    ground = ground_of(told, 1.0, dollars(5))
    assert tipping(ground, alternatives(ground)) == ()


@given(seeds, st.booleans())
@few
def test_beyond_the_value_the_plan_is_worse_and_before_it_is_not(seed: int, with_money: bool) -> None:
    ground = random_ground(seed, with_money=with_money)
    for each in tipping(ground, alternatives(ground)):
        number = ground.assumptions.items.index(each.assumption)
        values = ground.assumptions.means
        believed = each.assumption.belief.mean
        assert (each.value > believed) == each.above
        if each.above:
            rival = best_arrival(without_leg(ground.process, each.assumption.id), ground.grid)
            assert each.arrive == pytest.approx(rival, abs=1e-12)
            assert ground.arrive > rival
            assert arrival_at(ground, number, each.value) < rival
        else:
            values[number] = each.value
            assert best_arrival(ground.assumptions.retell(ground.process, values), ground.grid) >= ground.arrive - 1e-12
            assert each.assumption.id in each.instead


def arrival_at(ground: Ground, number: int, value: float) -> float:
    """Follow the plan as it stands while one belief alone is another."""
    values = ground.assumptions.means
    values[number] = value
    told = ground.assumptions.retell(ground.process, values)
    return follow(told, best(ground.process, ground.grid).policy).evaluation.arrive
