import numpy as np
import pytest

from tests.unit.engine.portfolio.instances import random_instance
from tests.unit.engine.portfolio.kernels.test_books import books_of, in_order, table_of
from waystation.engine.portfolio.kernels.books import blocker
from waystation.engine.portfolio.kernels.chance import stream
from waystation.engine.portfolio.kernels.search import (
    begin,
    empty_step,
    fill,
    least_in_the_way,
    pick_row,
    place,
    search,
)


def test_rows_are_picked_as_often_as_their_weight() -> None:
    state = stream(1)
    picked = [pick_row(np.array([1.0, 1.0, 4.0]), state) for _ in range(2_000)]
    assert set(picked) == {0, 2}
    assert picked.count(2) / 2_000 == pytest.approx(0.75, abs=0.04)


@pytest.mark.parametrize("seed", range(4))
def test_a_unit_gets_the_first_of_its_columns_for_which_there_is_room(seed: int) -> None:
    instance = random_instance(seed, units=25, columns=6, rows=5)
    table, books, state = table_of(instance), books_of(instance), stream(seed)
    begin(table, books, books.chosen.copy())
    for u in range(25):
        columns = range(instance.first[u], instance.first[u + 1])
        first = next(
            (j for j in columns if blocker(table.start, table.row, table.use, table.room, books.load, j) < 0), -1
        )
        gained = place(table, books, u, 0.0, state)
        assert books.chosen[u] == first
        assert gained == (instance.value[first] if first >= 0 else 0.0)
        books.tried[0] = 0


def test_what_is_pushed_in_lacks_room_in_the_fewest_rows() -> None:
    instance = random_instance(2, units=25, columns=4, rows=5)
    table, books = table_of(instance), books_of(instance)
    books.load[:2] = instance.capacity[:2]
    lacking = [
        sum(books.load[r] + use > instance.capacity[r] for r, use in zip(instance.row[a:b], instance.use[a:b], strict=True))
        for a, b in zip(instance.start, instance.start[1:], strict=False)
    ]  # fmt: skip
    for u in range(25):
        mine = lacking[instance.first[u] : instance.first[u + 1]]
        found = {least_in_the_way(table, books, u, stream(seed)) for seed in range(12)}
        assert min(lacking[j] for j in found) == min(mine)
    books.chosen[0] = 0
    alone = random_instance(2, units=1, columns=1)
    one, his = table_of(alone), books_of(alone)
    his.chosen[0] = 0
    assert alone.first[1] > 1 or least_in_the_way(one, his, 0, stream(1)) == -1


@pytest.mark.parametrize("seed", range(4))
def test_ruin_and_recreate_leaves_the_books_in_order(seed: int) -> None:
    instance = random_instance(seed, units=25, rows=5)
    table, books, state = table_of(instance), books_of(instance), stream(seed)
    begin(table, books, books.chosen.copy())
    gained = fill(table, books, np.arange(25), state)
    chosen = books.chosen
    record, totals = chosen.copy(), np.array([gained, gained])
    assert gained == pytest.approx(instance.value[chosen[chosen >= 0]].sum())
    search(table, books, empty_step(25, 5), np.cumsum(np.ones(5)), 500, 0.5, 0.01, 0, state, record, totals)
    assert in_order(table, books)
    assert books.load.tolist() == pytest.approx(instance.load(chosen).tolist())
    assert totals[0] == pytest.approx(instance.value[chosen[chosen >= 0]].sum())
    assert totals[1] == pytest.approx(instance.value[record[record >= 0]].sum())
    assert totals[1] >= gained
    assert (instance.load(record) <= instance.capacity + 1e-9).all()
