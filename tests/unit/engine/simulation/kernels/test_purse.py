import numpy as np
import pytest

from waystation.engine.simulation.kernels.purse import (
    COUNTERS,
    HELD,
    PURSE,
    free_money,
    may_pay,
    open_pots,
    set_aside,
    settle,
    take,
)

CHILDREN, ANYBODY, NEXT = 0, 1, 2
FUNDS = np.array([[100, 0, 4, 1, 0, 0], [200, 0, 4, 1, 1, 1], [400, 4, 9, 1, 1, 1]])
WITH_CHILD, WITHOUT = 0, 1


class Books:
    def __init__(self, purse: int = 0) -> None:
        self.counters, self.pots = np.zeros(COUNTERS, dtype=np.int64), np.zeros(3, dtype=np.int64)
        self.paid = np.zeros((1, 4), dtype=np.int64)
        self.counters[PURSE] = purse
        self.open(0)

    def open(self, week: int) -> int:
        return int(open_pots(week, FUNDS, self.pots))

    def free(self, week: int, kind: int) -> int:
        return int(free_money(week, kind, FUNDS, self.pots, self.counters))

    def set_aside(self, week: int, kind: int, amount: int) -> None:
        set_aside(week, kind, amount, FUNDS, self.pots, self.counters, self.paid, 0)

    def settle(self, week: int, kind: int, cost: int) -> int:
        return int(settle(week, kind, cost, FUNDS, self.pots, self.counters, self.paid, 0))


def test_a_pot_pays_in_its_time_and_for_whom_it_is_given() -> None:
    assert [may_pay(FUNDS, week, WITHOUT, ANYBODY) for week in (0, 3, 4)] == [True, True, False]
    assert not may_pay(FUNDS, 0, WITHOUT, CHILDREN)
    books = Books(purse=50)
    assert (books.free(0, WITH_CHILD), books.free(0, WITHOUT)) == (350, 250)


def test_what_is_left_when_its_time_is_over_lapses() -> None:
    books = Books()
    assert [books.open(week) for week in range(1, 10)] == [0, 0, 0, 300, 0, 0, 0, 0, 400]
    assert books.pots.tolist() == [0, 0, 0]


def test_the_narrowest_is_set_aside_first_and_the_purse_last() -> None:
    books = Books(purse=50)
    books.set_aside(1, WITH_CHILD, 330)
    assert books.paid.tolist() == [[100, 200, 0, 30]]
    assert (books.pots.tolist(), books.counters[HELD]) == ([0, 0, 0], 30)
    assert books.free(1, WITH_CHILD) == 20


@pytest.mark.parametrize(
    ("week", "cost", "pots", "purse", "lapsed"),
    [
        (2, 330, [0, 0, 0], 20, 0),
        (2, 120, [0, 180, 0], 50, 0),  # what is not needed goes back to where it came from
        (2, 390, [0, 0, 0], -40, 0),  # what it costs beyond that goes into debt
        (4, 120, [0, 0, 0], 50, 180),  # given back too late
    ],
)
def test_a_journey_is_paid_from_what_was_set_aside(
    week: int, cost: int, pots: list[int], purse: int, lapsed: int
) -> None:
    books = Books(purse=50)
    books.set_aside(1, WITH_CHILD, 330)
    assert books.settle(week, WITH_CHILD, cost) == lapsed
    assert (books.pots.tolist(), books.counters[PURSE], books.counters[HELD]) == (pots, purse, 0)


def test_what_a_journey_costs_beyond_is_taken_from_pots_that_are_open_before_the_purse() -> None:
    books = Books(purse=50)
    books.set_aside(1, WITH_CHILD, 90)
    books.settle(2, WITH_CHILD, 130)
    assert (books.pots.tolist(), books.counters[PURSE]) == ([0, 170, 0], 50)


def test_retainers_are_taken_from_money_for_everybody_and_no_other() -> None:
    books = Books()
    assert take(0, 2, 250, FUNDS, books.pots) == 50
    assert books.pots.tolist() == [100, 0, 0]
