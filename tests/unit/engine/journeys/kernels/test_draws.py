import numpy as np
import pytest

from waystation.engine.journeys.kernels.draws import (
    ARRIVED_KIND,
    BACK_KIND,
    END_KIND,
    LEG_KIND,
    PAYS_KIND,
    WAIT_KIND,
    pass_draws,
)
from waystation.engine.journeys.kernels.links import STREAMS


def passed(kind: int) -> dict[str, float]:
    """Let one state with all five streams lead to five states of its own; return each one's chance and the totals."""
    n = 6
    start = np.array([0, 1, 2, 3, 4, 5] + [5] * (STREAMS * (n - 1)), dtype=np.int64)
    chance = np.zeros((n, 1))
    chance[0] = 1.0
    fresh, arrived, harm, cost = chance.copy(), np.zeros((2, 1)), np.zeros(1), np.zeros(1)
    pass_draws(
        np.array([kind, ARRIVED_KIND, END_KIND, ARRIVED_KIND, END_KIND, END_KIND]),
        np.array([0, 1, 1, 1, 1, 1]),
        np.zeros(n, dtype=np.int64),
        np.full(n, 10.0),
        np.full(n, 4.0),
        start,
        np.arange(1, 6),
        np.ones(5),
        np.array([[0.25]]),
        np.array([[0.25]]),
        np.array([[0.5]]),
        chance,
        fresh,
        arrived,
        harm,
        cost,
    )
    on, back, on_asked, back_asked, sent = chance[1:, 0].tolist()
    return {
        "on": on,
        "back": back,
        "on_asked": on_asked,
        "back_asked": back_asked,
        "sent": sent,
        "fresh": float(fresh[1:].sum()),
        "arrived": float(arrived[1, 0]),
        "harm": float(harm[0]),
        "cost": float(cost[0]),
    }


def test_a_leg_without_a_demand() -> None:
    found = passed(LEG_KIND)
    assert (found["on"], found["back"], found["on_asked"], found["sent"]) == (0.5, 0.25, 0.0, 0.0)
    assert (found["harm"], found["cost"], found["arrived"], found["fresh"]) == (0.25, 10.0, 0.5, 0.5)


def test_a_demand_that_is_paid() -> None:
    found = passed(PAYS_KIND)
    assert (found["on"], found["back"], found["on_asked"], found["back_asked"]) == (0.25, 0.125, 0.25, 0.125)
    assert (found["harm"], found["cost"], found["arrived"], found["fresh"]) == (0.25, 12.0, 0.5, 0.5)


def test_a_demand_that_is_refused_for_going_back() -> None:
    found = passed(BACK_KIND)
    assert (found["on"], found["sent"], found["harm"], found["cost"]) == (0.25, 0.5, 0.125, 10.0)


@pytest.mark.parametrize("kept", [True, False])
def test_what_comes_from_two_states_adds_up(kept: bool) -> None:
    # Two states lead to the last one by a leg without a demand, a third by waiting.
    start = np.array([0, *[1] * STREAMS, *[2] * STREAMS, *[3] * STREAMS], dtype=np.int64)
    chance = np.array([[0.5], [0.25], [0.125], [0.0]])
    fresh = np.zeros((4 if kept else 0, 1))
    arrived, harm, cost = np.full((2, 1), 0.125), np.full(1, 0.125), np.full(1, 100.0)
    pass_draws(
        np.array([LEG_KIND, LEG_KIND, WAIT_KIND, ARRIVED_KIND]),
        np.array([0, 0, 0, 1]),
        np.array([0, 0, 0, 1]),
        np.array([10.0, 20.0, 40.0, 80.0]),
        np.full(4, 1000.0),
        start,
        np.array([3, 3, 3]),
        np.array([1.0, 0.5, 1.0]),
        np.array([[0.5], [0.0]]),
        np.zeros((2, 1)),
        np.ones((2, 1)),
        chance,
        fresh,
        arrived,
        harm,
        cost,
    )
    assert chance[3].tolist() == [0.25 + 0.0625 + 0.0625]
    assert fresh[3:].tolist() == ([[0.3125]] if kept else [])
    assert arrived[:, 0].tolist() == [0.125, 0.5]
    assert (harm[0], cost[0]) == (0.125 + 0.4375, 100.0 + 5.0 + 5.0 + 5.0)
