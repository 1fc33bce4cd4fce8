"""Who has what while a choice is searched for: kept so that a change costs no more than what it touches."""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Rows = NDArray[np.int32]


class Table(NamedTuple):
    """What does not change: U units, J columns, n uses of R rows, as in `Instance`.

    ``order`` ``(J,)`` has each unit's columns, the best for their price first; ``of`` ``(n,)`` the column of each use; ``room``
    ``(R,)`` the capacities with a margin for rounding; ``best`` ``(U,)`` what units are put in by.
    """

    first: Ints
    order: Ints
    unit: Ints
    start: Ints
    row: Rows
    use: Floats
    of: Rows
    value: Floats
    room: Floats
    best: Floats


class Books(NamedTuple):
    """What changes.

    ``load`` ``(R,)`` and ``chosen`` ``(U,)``: what is used and who has which column. The uses of a row by chosen columns are a
    chain: ``user`` ``(R,)``, ``user_next`` and ``user_last`` ``(n,)``. A column that did not fit is watched at the use that had
    no room, ``watch`` ``(J,)`` or -1: it need not be asked before something leaves that row. The columns watched in a row are a
    chain as well: ``guard`` ``(R,)``, ``guard_next`` and ``guard_last`` ``(J,)``. Of watches that moved ``trail`` ``(., 2)`` has the
    column and where it was, so that they can be moved back; ``tried`` ``(1,)`` how many.
    """

    load: Floats
    chosen: Ints
    user: Rows
    user_next: Rows
    user_last: Rows
    watch: Rows
    guard: Rows
    guard_next: Rows
    guard_last: Rows
    trail: Rows
    tried: Ints


def empty_books(units: int, columns: int, uses: int, rows: int) -> Books:
    """Return the books of a choice in which nobody has anything."""

    def none(n: int) -> Rows:
        return np.full(n, -1, dtype=np.int32)

    return Books(
        np.zeros(rows), np.full(units, -1, dtype=np.int64), none(rows), none(uses), none(uses), none(columns), none(rows),
        none(columns), none(columns), np.empty((20_000, 2), dtype=np.int32), np.zeros(1, dtype=np.int64),
    )  # fmt: skip


def _blocker(table: Table, load: Floats, j: int) -> int:
    """Return the first use of a column for which there is no room beside what is used already; -1 if it fits."""
    for k in range(table.start[j], table.start[j + 1]):
        if load[table.row[k]] + table.use[k] > table.room[table.row[k]]:
            return k
    return -1


blocker = njit(cache=True, error_model="numpy")(_blocker)


def _join(table: Table, books: Books, j: int) -> None:
    """Give a column to its unit."""
    books.chosen[table.unit[j]] = j
    for k in range(table.start[j], table.start[j + 1]):
        r = table.row[k]
        books.load[r] += table.use[k]
        behind = books.user[r]
        books.user_next[k], books.user_last[k] = behind, -1
        if behind >= 0:
            books.user_last[behind] = k
        books.user[r] = k


join = njit(cache=True, error_model="numpy")(_join)


def _leave(table: Table, books: Books, j: int) -> None:
    """Take a column from its unit."""
    books.chosen[table.unit[j]] = -1
    for k in range(table.start[j], table.start[j + 1]):
        r = table.row[k]
        books.load[r] -= table.use[k]
        ahead, behind = books.user_last[k], books.user_next[k]
        if ahead >= 0:
            books.user_next[ahead] = behind
        else:
            books.user[r] = behind
        if behind >= 0:
            books.user_last[behind] = ahead


leave = njit(cache=True, error_model="numpy")(_leave)


def _watch(table: Table, books: Books, j: int, k: int) -> None:
    """Watch a column at its use k, and no longer where it was; nowhere if k is -1."""
    if books.watch[j] >= 0:
        ahead, behind = books.guard_last[j], books.guard_next[j]
        if ahead >= 0:
            books.guard_next[ahead] = behind
        else:
            books.guard[table.row[books.watch[j]]] = behind
        if behind >= 0:
            books.guard_last[behind] = ahead
    books.watch[j] = k
    if k >= 0:
        r = table.row[k]
        behind = books.guard[r]
        books.guard_next[j], books.guard_last[j] = behind, -1
        if behind >= 0:
            books.guard_last[behind] = j
        books.guard[r] = j


watch = njit(cache=True, error_model="numpy")(_watch)


def _fits(table: Table, books: Books, j: int) -> bool:
    """Whether there is room for a column; if not it is watched where there is none."""
    at = books.watch[j]
    if at >= 0 and books.load[table.row[at]] + table.use[at] > table.room[table.row[at]]:
        return False
    k = blocker(table, books.load, j)
    if k < 0:
        return True
    if books.tried[0] < len(books.trail):
        books.trail[books.tried[0], 0], books.trail[books.tried[0], 1] = j, at
        books.tried[0] += 1
        watch(table, books, j, k)
    return False


fits = njit(cache=True, error_model="numpy")(_fits)


def _unwatch(table: Table, books: Books) -> None:
    """Move all watches back that were moved since the trail began."""
    for n in range(books.tried[0] - 1, -1, -1):
        watch(table, books, books.trail[n, 0], books.trail[n, 1])
    books.tried[0] = 0


unwatch = njit(cache=True, error_model="numpy")(_unwatch)
