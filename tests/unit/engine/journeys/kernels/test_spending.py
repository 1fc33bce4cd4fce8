import numpy as np
import pytest

from waystation.engine.journeys.kernels.draws import (
    ARRIVED_KIND,
    BACK_KIND,
    END_KIND,
    LEG_KIND,
    LONGER_KIND,
    PAYS_KIND,
    WAIT_KIND,
)
from waystation.engine.journeys.kernels.links import STREAMS
from waystation.engine.journeys.kernels.spending import pass_money, pay


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        (0.0, [0.5, 0.0, 0.5, 0.0]),
        (1.0, [0.0, 0.5, 0.0, 0.5]),
        (0.5, [0.25, 0.25, 0.25, 0.25]),
        (2.0, [0.0, 0.0, 0.5, 0.5]),
    ],
)
def test_a_price_between_two_steps_is_shared(amount: float, expected: list[float]) -> None:
    paid = np.ones(4)
    pay(np.array([0.5, 0.0, 0.5, 0.0]), amount, paid)
    assert paid.tolist() == expected


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        (0.5, [0.0, 0.125, 0.375, 0.5]),
        (1.25, [0.0, 0.0, 0.1875, 0.8125]),
        (2.0, [0.0, 0.0, 0.0, 1.0]),
        (7.0, [0.0, 0.0, 0.0, 1.0]),
    ],
)
def test_what_passes_the_most_is_counted_there(amount: float, expected: list[float]) -> None:
    paid = np.ones(4)
    pay(np.array([0.0, 0.25, 0.5, 0.25]), amount, paid)
    assert paid.tolist() == expected


def passed(kind: int) -> tuple[list[list[float]], list[float]]:
    """Let a state pay 1 step, 3 with the demand, and lead on by five streams, the last three to a half.

    Interception has chance 1/8, turning back 1/4, a demand 1/4. Beside it a quarter waits at 2 steps, of which half comes to the
    same place as the first stream. Return what has been spent on coming to the five states, and in the end.
    """
    n, S = 7, 5
    start = np.array([*range(STREAMS), STREAMS, *[STREAMS + 1] * (STREAMS * (n - 1))], dtype=np.int64)
    spent, ended = np.zeros((n, S)), np.zeros(S)
    spent[0, 0], spent[1, 0] = 1.0, 0.25
    pass_money(
        np.array([kind, WAIT_KIND, ARRIVED_KIND, END_KIND, ARRIVED_KIND, END_KIND, END_KIND]),
        np.array([0, 1, 2, 2, 2, 2, 2]),
        np.array([1.0, 2.0, 4.0, 4.0, 4.0, 4.0, 4.0]),
        np.full(n, 2.0),
        start,
        np.array([2, 3, 4, 5, 6, 2]),
        np.array([1.0, 1.0, 0.5, 0.5, 0.5, 0.5]),
        np.array([0.125, 0.0, 0.0]),
        np.array([0.25, 0.0, 0.0]),
        np.array([0.25, 0.5, 0.5]),
        spent,
        ended,
    )
    return spent[2:].tolist(), ended.tolist()


def at(*chances: float) -> list[float]:
    return [*chances, *[0.0] * (5 - len(chances))]


@pytest.mark.parametrize("kind", [WAIT_KIND, LEG_KIND])
def test_money_where_nothing_is_demanded(kind: int) -> None:
    came, ended = passed(kind)
    assert came == [at(0.0, 0.625, 0.125), at(0.0, 0.25), at(), at(), at()]
    assert ended == at(0.0, 1.0, 0.25)


def test_money_where_a_demand_is_paid() -> None:
    came, ended = passed(PAYS_KIND)
    asked = [at(0.0, 0.0, 0.0, 0.078125), at(0.0, 0.0, 0.0, 0.03125)]
    assert came == [at(0.0, 0.46875, 0.125), at(0.0, 0.1875), *asked, at()]
    assert ended == at(0.0, 0.75, 0.25, 0.25)


def test_money_where_a_demand_is_refused_for_a_longer_way() -> None:
    came, ended = passed(LONGER_KIND)
    assert came == [at(0.0, 0.46875, 0.125), at(0.0, 0.1875), at(0.0, 0.078125), at(0.0, 0.03125), at()]
    assert ended == at(0.0, 1.0, 0.25)


def test_money_where_a_demand_is_refused_for_going_back() -> None:
    came, ended = passed(BACK_KIND)
    assert came == [at(0.0, 0.46875, 0.125), at(0.0, 0.1875), at(), at(), at(0.0, 0.125)]
    assert ended == at(0.0, 1.0, 0.25)
