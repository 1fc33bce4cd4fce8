import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.oracle.small_journeys import leg, network
from tests.unit.engine.journeys.reasons.grounds import ground_of, random_ground
from tests.unit.engine.processes import few, seeds
from waystation.engine.journeys.reasons.alternatives import alternatives


def test_each_leg_of_the_main_line_is_done_without() -> None:
    told = network(
        [
            leg("boat", "origin", "b", intercepted=0.1),
            leg("ferry", "origin", "b", days=2, intercepted=0.25),
            leg("road", "b", "goal", intercepted=0.2),
        ]
    )
    ferry, nothing = alternatives(ground_of(told, 3.0))
    assert (ferry.without, ferry.place, ferry.legs) == ("boat", "origin", ("ferry", "road"))
    assert (ferry.arrive, ferry.harm, ferry.days_expected) == pytest.approx((0.75 * 0.8, 0.25 + 0.75 * 0.2, 3.0))
    assert (nothing.without, nothing.place, nothing.legs, nothing.arrive) == ("road", "b", (), 0.0)
    assert math.isnan(nothing.days_expected)


@given(seeds, st.booleans())
@few
def test_to_do_without_is_never_better(seed: int, with_money: bool) -> None:
    ground = random_ground(seed, with_money=with_money)
    for each in alternatives(ground):
        assert each.arrive <= ground.arrive + 1e-12
        assert each.without not in each.legs
