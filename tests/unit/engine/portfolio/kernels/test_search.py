import numpy as np
import pytest

from tests.unit.engine.portfolio.instances import random_instance
from waystation.engine.portfolio.kernels.chance import stream
from waystation.engine.portfolio.kernels.search import blocker, fill, fits, pick_row, place, search, shift


def test_a_column_fits_while_there_is_room() -> None:
    instance = random_instance(0)
    uses = (instance.start, instance.row, instance.use)
    load = np.zeros(4)
    assert fits(*uses, instance.capacity, load, 0)
    shift(*uses, load, 0, 1.0)
    assert load.tolist() == instance.load(np.array([0, *[-1] * (instance.units - 1)])).tolist()
    load[instance.row[0]] = instance.capacity[instance.row[0]]
    assert not fits(*uses, instance.capacity, load, 0)


@pytest.mark.parametrize("seed", range(4))
def test_what_stood_in_the_way_last_never_hides_room_and_never_makes_it(seed: int) -> None:
    instance = random_instance(seed, units=25, columns=6, rows=5)
    uses, room = (instance.start, instance.row, instance.use), instance.capacity
    order, stuck = np.arange(len(instance.value)), np.full(len(instance.value), -1, dtype=np.int32)
    chance, load, chosen = np.random.default_rng(seed), np.zeros(5), np.full(25, -1, dtype=np.int64)
    placed = 0
    for u in chance.integers(0, 25, 400):
        if chosen[u] >= 0:
            shift(*uses, load, chosen[u], -1.0)
            chosen[u] = -1
            continue
        columns = range(instance.first[u], instance.first[u + 1])
        first = next((j for j in columns if blocker(*uses, room, load, j) < 0), -1)
        found = place(instance.first, order, *uses, room, load, u, 0.0, stream(1), stuck)
        assert found == first
        if found >= 0:
            chosen[u], placed = found, placed + 1
            shift(*uses, load, found, 1.0)
    assert 20 < placed < 380
    assert load.tolist() == pytest.approx(instance.load(chosen).tolist())
    assert (load <= room + 1e-9).all()


def test_rows_are_picked_as_often_as_their_weight() -> None:
    state = stream(1)
    picked = [pick_row(np.array([1.0, 1.0, 4.0]), state) for _ in range(2_000)]
    assert set(picked) == {0, 2}
    assert picked.count(2) / 2_000 == pytest.approx(0.75, abs=0.04)


@pytest.mark.parametrize("seed", range(4))
def test_ruin_and_recreate_leaves_the_books_in_order(seed: int) -> None:
    instance = random_instance(seed, units=25, rows=5)
    order = np.lexsort((-instance.value, instance.unit)).astype(np.int64)
    uses = (instance.start, instance.row, instance.use)
    load, chosen, state = np.zeros(5), np.full(25, -1, dtype=np.int64), stream(seed)
    gained = fill(
        instance.first, order, *uses, instance.value, instance.capacity, load, chosen, np.arange(25), 0.0, state
    )
    record, totals = chosen.copy(), np.array([gained, gained])
    assert gained == pytest.approx(instance.value[chosen[chosen >= 0]].sum())
    best = np.array([instance.value[instance.first[u] : instance.first[u + 1]].max() for u in range(25)])
    search(
        instance.first, order, instance.unit, *uses, instance.value, *instance.by_row, instance.capacity,
        np.cumsum(np.ones(5)), best, 500, 0.5, 0.01, state, load, chosen, record, totals,
    )  # fmt: skip
    assert load.tolist() == pytest.approx(instance.load(chosen).tolist())
    assert totals[0] == pytest.approx(instance.value[chosen[chosen >= 0]].sum())
    assert totals[1] == pytest.approx(instance.value[record[record >= 0]].sum())
    assert totals[1] >= gained
    assert (instance.load(record) <= instance.capacity + 1e-9).all()
