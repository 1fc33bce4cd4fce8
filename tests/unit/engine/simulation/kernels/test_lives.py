from itertools import pairwise

import numpy as np

from tests.unit.engine.organisations_by_hand import group, organisation_network, prepared
from waystation.engine.model import Urgency
from waystation.engine.simulation.kernels.lives import FIRST_COME, MOST_URGENT, befall, live, new_state, next_kind
from waystation.engine.simulation.kernels.organisation import ARRIVED_PEOPLE, COLUMNS
from waystation.engine.simulation.kernels.philox import key_of
from waystation.engine.simulation.kernels.purse import COUNTERS, RANDOM_SHOCKS, REGIME


def test_one_run_is_the_same_alone_and_among_others() -> None:
    world = prepared().world
    state = new_state(world, 64, 16, 4)
    all_tallies, by_year = np.zeros((6, COLUMNS), dtype=np.int64), np.zeros((6, 1), dtype=np.int64)
    live(world, state, FIRST_COME, *key_of(5), 0, all_tallies, by_year)
    alone, year = np.zeros((1, COLUMNS), dtype=np.int64), np.zeros((1, 1), dtype=np.int64)
    live(world, state, FIRST_COME, *key_of(5), 4, alone, year)
    np.testing.assert_array_equal(alone[0], all_tallies[4])
    assert by_year[:, 0].tolist() == all_tallies[:, ARRIVED_PEOPLE].tolist()
    assert len(set(map(tuple, all_tallies.tolist()))) == 6


def test_changes_by_chance_come_and_go() -> None:
    counters, held = np.zeros(COUNTERS, dtype=np.int64), []
    bits, chances = np.array([2], dtype=np.int64), np.array([[0.1, 0.3]])
    for week in range(8000):
        befall(week, np.uint64(0), *key_of(1), 1, bits, chances, counters)
        held.append(bool(counters[RANDOM_SHOCKS] & 2))
        assert counters[REGIME] == (3 if held[-1] else 1)
    assert abs(np.mean(held) - 0.1 / 0.4) < 0.03
    begins = sum(not before and after for before, after in pairwise(held))
    assert abs(begins / held.count(False) - 0.1) < 0.02


def test_who_is_next_by_each_rule() -> None:
    made = prepared(organisation_network(groups=[group("A"), group("B", urgency=Urgency.EMERGENCY)]))
    world = made.world
    queue, ends = np.zeros((2, 4, 3), dtype=np.int64), np.array([[0, 1], [0, 1]], dtype=np.int64)
    queue[:, 0, 1] = 99
    queue[:, 0, 2] = 0, 1
    tally = np.zeros(COLUMNS, dtype=np.int64)

    def chosen(rule: int, *blocked: int) -> int:
        return int(next_kind(3, rule, world.people, world.rank, queue, ends, np.array(blocked), tally))

    assert chosen(FIRST_COME, 0, 0) == 0
    assert chosen(MOST_URGENT, 0, 0) == 1
    assert chosen(MOST_URGENT, 0, 1) == 0
    assert chosen(FIRST_COME, 1, 1) == -1
