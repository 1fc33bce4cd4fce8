"""The cautious plan of the planner, from beliefs to its promise: held against a plain recursion and Storm."""

from pathlib import Path

import pytest

from waystation.engine.journeys.inquiry import Inquiry
from waystation.engine.journeys.plan import Plan
from waystation.engine.journeys.planner import plan_journey
from waystation.engine.model import Caps
from waystation.formats import read_folder

from .random_networks import random_case
from .reference_beliefs import BelievedJourney
from .reference_cautious import guaranteed_arrival, to_drn, unfold
from .storm import Storm

COVERAGE = 0.9
EXACT = 1e-9
EXAMPLES = Path(__file__).parents[2] / "examples"

pytestmark = pytest.mark.oracle


def promise(plan: Plan) -> float | None:
    return None if plan.caution is None else plan.caution.guaranteed


@pytest.mark.parametrize("coverage", [0.5, COVERAGE, 0.999])
@pytest.mark.parametrize("seed", range(20))
def test_random_networks(seed: int, coverage: float, storm: Storm) -> None:
    case = random_case(seed)
    asked = (case.network, case.group, Caps(days=case.days), case.start)
    try:
        plan = plan_journey(*asked, inquiry=Inquiry(cautious=coverage))
    except StopIteration:
        return  # no plan, and the search for a longer deadline left the months that the conditions know
    unfolded = unfold(BelievedJourney(case.network, case.group, case.start, case.days, None, coverage))
    expected = guaranteed_arrival(unfolded)
    found = promise(plan)
    assert (0.0 if found is None else found) == pytest.approx(expected, abs=EXACT)
    if found is not None:
        assert plan.choice is not None
        assert found <= plan.choice.evaluation.arrive + EXACT
    assert storm.ask(to_drn(unfolded), form="intervals") == [pytest.approx(expected, abs=EXACT)]


@pytest.mark.long
def test_the_family(storm: Storm) -> None:
    network = read_folder(EXAMPLES / "family-of-five").network
    assert network is not None
    (group,) = network.groups
    plan = plan_journey(network, group, Caps(), network.as_of, inquiry=Inquiry(cautious=COVERAGE))
    unfolded = unfold(BelievedJourney(network, group, network.as_of, None, None, COVERAGE))
    found = promise(plan)
    assert found is not None
    assert found > 0.5
    assert found == pytest.approx(guaranteed_arrival(unfolded), abs=EXACT)
    assert storm.ask(to_drn(unfolded), form="intervals") == [pytest.approx(found, abs=EXACT)]
