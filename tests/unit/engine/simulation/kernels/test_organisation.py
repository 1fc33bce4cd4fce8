import numpy as np
import pytest

from waystation.engine.simulation.kernels import organisation as o
from waystation.engine.simulation.kernels.philox import key_of, philox
from waystation.engine.simulation.kernels.purse import COUNTERS, FLYING, HELD, PURSE

KEY = key_of(3)
RUN = np.uint64(0)
NO_FUNDS = np.zeros((0, 6), dtype=np.int64)


def tally() -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    return np.zeros(o.COLUMNS, dtype=np.int64)


def test_who_has_ended_is_counted_paid_for_and_forgotten() -> None:
    counters, found = np.zeros(COUNTERS, dtype=np.int64), tally()
    counters[FLYING], counters[PURSE], counters[HELD] = 3, 100, 50
    flights = np.array([[2, 1, 4, 0, 10, 0, 1], [3, 1, 9, 0, 30, 1, 2], [4, 1, 5, 1, 5, 0, 1]], dtype=np.int64)
    paid, pots = np.array([[20], [30], [0]]), np.zeros(0, dtype=np.int64)
    o.end_missions(5, NO_FUNDS, counters, flights, paid, pots, found)
    assert counters[[FLYING, PURSE, HELD]].tolist() == [1, 85, 30]
    assert found[[o.ARRIVED_PEOPLE, o.INTERCEPTED_PEOPLE, o.SPENT]].tolist() == [2, 4, 15]
    assert found[[o.ARRIVED_EMERGENCY, o.ARRIVED_URGENT, o.ARRIVED_NORMAL]].tolist() == [0, 2, 0]
    assert flights[0].tolist() == [3, 1, 9, 0, 30, 1, 2]
    assert paid[0].tolist() == [30]


def test_a_turned_partner_reaches_who_leans_on_them_and_whom_they_remember() -> None:
    counters, found = np.zeros(COUNTERS, dtype=np.int64), tally()
    counters[FLYING] = 2
    flights = np.array([[2, 0b10, 9, 0, 0, 0], [3, 0b01, 9, 0, 0, 0]], dtype=np.int64)
    moved, down = np.array([[5, 0], [7, 1]], dtype=np.int64), np.zeros(2, dtype=np.int64)
    o.turn_partner(4, 1, RUN, *KEY, 1.0, 13, counters, flights, moved, down, found)
    assert flights[:, o.HOW].tolist() == [1, 0]
    assert flights[0, o.UNTIL] == 4
    assert down.tolist() == [0, 17]
    assert moved.tolist() == [[5, 0], [0, 0]]
    assert found[[o.COMPROMISES, o.REVEALED_PEOPLE, o.REACHED_UNDER_WAY, o.REACHED_REMEMBERED]].tolist() == [
        1,
        2,
        2,
        10,
    ]
    assert found[o.LARGEST_REACHED] == 10


def test_requests_are_poisson_and_patience_is_geometric() -> None:
    kinds, weeks, mean, gives_up = np.array([2], dtype=np.int64), 4000, 1.5, 0.25
    counters, found = np.zeros(COUNTERS, dtype=np.int64), tally()
    queue, ends = np.zeros((1, 8192, 3), dtype=np.int64), np.zeros((1, 2), dtype=np.int64)
    each = []
    for week in range(weeks):
        word = philox(np.uint64(9), np.uint64(9), np.uint64(week), RUN, *KEY)[0]
        before = int(found[o.ASKED])
        o.requests(week, word, RUN, *KEY, mean, np.exp(-mean), gives_up, kinds, counters, queue, ends, found)
        each.append(int(found[o.ASKED]) - before)
    assert np.mean(each) == pytest.approx(mean, abs=4 * np.sqrt(mean / weeks))
    assert np.var(each) == pytest.approx(mean, abs=0.15)
    asked = int(found[o.ASKED])
    patience = queue[0, :asked, 1] - queue[0, :asked, 0]
    assert patience.mean() == pytest.approx((1 - gives_up) / gives_up, abs=0.2)
    assert found[o.ASKED_PEOPLE] == 2 * asked


def test_a_full_queue_turns_away_and_says_so() -> None:
    counters, found = np.zeros(COUNTERS, dtype=np.int64), tally()
    queue, ends = np.zeros((1, 2, 3), dtype=np.int64), np.zeros((1, 2), dtype=np.int64)
    o.requests(0, np.uint64(2**32 - 1), RUN, *KEY, 3.0, np.exp(-3.0), 0.0, np.array([1]), counters, queue, ends, found)
    assert found[o.ASKED] > 2
    assert found[o.REFUSED_FULL] == found[o.ASKED] - 2


def test_a_way_is_used_only_if_nobody_lost_money_and_room_allow_it() -> None:
    ways = np.array([[0b1, 100, 0, 1, 0, 1], [0b10, 50, 1, 2, 1, 2]], dtype=np.int64)
    needs = np.array([[0, 0, 3], [1, 1, 3]], dtype=np.int64)
    booked, capacity = np.zeros((3, 2), dtype=np.int64), np.array([4, 9], dtype=np.int64)

    def way(down: int = 0, money: int = 100, flying: int = 0) -> int:
        return int(o.usable_way(2, 0, 2, down, money, flying, 5, ways, needs, booked, capacity))

    assert (way(), way(down=1), way(down=3), way(money=99), way(money=49), way(flying=5)) == (0, 1, -1, 1, -1, -1)
    booked[2, 0] = 2
    assert way() == 1


def test_who_no_longer_waits_is_taken_out_of_the_head() -> None:
    queue, ends, found = np.zeros((1, 4, 3), dtype=np.int64), np.array([[0, 3]], dtype=np.int64), tally()
    queue[0, :3, 1] = 2, 3, 9
    assert o.forget_lost(4, 0, 2, queue, ends, found)
    assert ends.tolist() == [[2, 3]]
    assert found[o.LOST_WAITING_PEOPLE] == 4
    assert not o.forget_lost(10, 0, 2, queue, ends, found)
