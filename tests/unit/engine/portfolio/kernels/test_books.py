import numpy as np
import pytest

from tests.unit.engine.portfolio.instances import random_instance
from waystation.engine.portfolio.instance import Instance
from waystation.engine.portfolio.kernels.books import (
    Books,
    Table,
    blocker,
    empty_books,
    fits,
    join,
    leave,
    unwatch,
)


def table_of(instance: Instance) -> Table:
    J = len(instance.value)
    return Table(
        instance.first, np.arange(J), instance.unit, instance.start, instance.row, instance.use,
        instance.column.astype(np.int32), instance.value, instance.capacity, np.ones(instance.units),
    )  # fmt: skip


def books_of(instance: Instance) -> Books:
    return empty_books(instance.units, len(instance.value), len(instance.row), len(instance.capacity))


def asked(table: Table, books: Books, j: int) -> bool:
    return bool(
        fits(
            table.start, table.row, table.use, table.room, books.load, books.watch, books.guard, books.guard_next,
            books.guard_last, books.trail, books.tried, j,
        )
    )  # fmt: skip


def chain(head: int, after: np.ndarray) -> list[int]:
    found = []
    while head >= 0:
        found.append(int(head))
        head = after[head]
    return found


def in_order(table: Table, books: Books) -> bool:
    """Whether both kinds of chains say what the choice and the watches say."""
    for r in range(len(table.room)):
        users = {k for j in books.chosen[books.chosen >= 0] for k in range(table.start[j], table.start[j + 1])}
        guards = [j for j, k in enumerate(books.watch.tolist()) if k >= 0 and table.row[k] == r]
        if sorted(chain(books.user[r], books.user_next)) != sorted(k for k in users if table.row[k] == r):
            return False
        if sorted(chain(books.guard[r], books.guard_next)) != guards:
            return False
    return True


def test_a_column_fits_while_there_is_room() -> None:
    instance = random_instance(0)
    table, books = table_of(instance), books_of(instance)
    assert asked(table, books, 0)
    join(table, books, 0)
    assert books.load.tolist() == instance.load(np.array([0, *[-1] * (instance.units - 1)])).tolist()
    books.load[instance.row[0]] = instance.capacity[instance.row[0]]
    assert not asked(table, books, 0)
    assert books.watch[0] == 0


@pytest.mark.parametrize("seed", range(4))
def test_a_watch_never_hides_room_and_never_makes_it(seed: int) -> None:
    instance = random_instance(seed, units=25, columns=6, rows=5)
    table, books, chance = table_of(instance), books_of(instance), np.random.default_rng(seed)
    placed = 0
    for u in chance.integers(0, 25, 400):
        if books.chosen[u] >= 0:
            leave(table, books, books.chosen[u])
            continue
        for j in range(instance.first[u], instance.first[u + 1]):
            free = blocker(table.start, table.row, table.use, table.room, books.load, j) < 0
            assert asked(table, books, j) == free
            if free:
                join(table, books, j)
                placed += 1
                break
        assert in_order(table, books)
    assert 20 < placed < 380
    assert books.load.tolist() == pytest.approx(instance.load(books.chosen).tolist())
    assert (books.load <= instance.capacity + 1e-9).all()


def test_watches_go_back_unless_their_unit_has_a_column() -> None:
    instance = random_instance(1, units=25, columns=6, rows=5)
    table, books = table_of(instance), books_of(instance)
    books.load[:] = instance.capacity
    for j in range(len(instance.value)):
        asked(table, books, j)
    assert books.tried[0] == (books.watch >= 0).sum() > 0
    before = books.watch.copy()
    books.chosen[3] = instance.first[3]
    unwatch(table, books)
    kept = instance.unit == 3
    assert (books.watch[~kept] == -1).all()
    assert books.watch[kept].tolist() == before[kept].tolist()
    assert books.tried[0] == 0
