import numpy as np

from waystation.engine.journeys.kernels.draws import ARRIVED_KIND, BACK_KIND, END_KIND, LEG_KIND, PAYS_KIND, pass_draws
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
