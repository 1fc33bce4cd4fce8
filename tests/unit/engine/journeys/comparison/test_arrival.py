import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from tests.oracle.small_journeys import ALONE, START, dollars, leg, network
from tests.unit.engine.journeys.comparison.two_networks import is_usable, whole_year
from waystation.engine.journeys.comparison.arrival import likeliest_arrival
from waystation.engine.journeys.plan import ChoiceName
from waystation.engine.journeys.planner import plan_journey
from waystation.engine.model import Caps


@example(seed=4522, with_budget=True, max_harm=0.05)  # within the cap on harm with the budget, but not without
@settings(deadline=None, max_examples=12)
@given(seed=st.integers(0, 10_000), with_budget=st.booleans(), max_harm=st.sampled_from([None, 0.05]))
def test_it_is_what_the_planner_answers(seed: int, with_budget: bool, max_harm: float | None) -> None:
    case = whole_year(seed)
    assume(is_usable(case))
    caps = Caps(case.budget if with_budget else None, case.days, max_harm)
    plan = plan_journey(case.network, case.group, caps, case.start)
    safest = [choice.evaluation.arrive for choice in plan.choices if choice.name is ChoiceName.SAFEST]
    arrive = likeliest_arrival(case.network, case.group, caps, case.start)
    # The planner may have to round prices up for another choice's sake; it never gains by that.
    assert arrive >= (safest[0] if safest else 0.0) - 1e-9
    if not with_budget:
        assert arrive == pytest.approx(safest[0] if safest else 0.0, abs=1e-9)


def test_without_a_plan_nobody_arrives() -> None:
    world = network([leg("ride", "origin", "goal", fee=9, intercepted=0.25)])
    assert likeliest_arrival(world, ALONE, Caps(dollars(9)), START) == pytest.approx(0.75)
    assert likeliest_arrival(world, ALONE, Caps(dollars(8)), START) == 0.0
