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
    chain as well: ``guard`` ``(R,)``, ``guard_next`` and ``guard_last`` ``(J,)``. Of watches that moved ``trail`` ``(., 2)``
    has the column and where it was, so that they can be moved back; ``tried`` ``(1,)`` how many.
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


def _blocker(start: Ints, row: Rows, use: Floats, room: Floats, load: Floats, j: int) -> int:
    """Return the first use of a column for which there is no room beside what is used already; -1 if it fits."""
    for k in range(start[j], start[j + 1]):
        if load[row[k]] + use[k] > room[row[k]]:
            return k
    return -1


blocker = njit(cache=True, error_model="numpy")(_blocker)


def _join(table: Table, books: Books, j: int) -> None:
    """Give a column to its unit."""
    row, use, load, user, after, before = (
        table.row, table.use, books.load, books.user, books.user_next, books.user_last,
    )  # fmt: skip
    books.chosen[table.unit[j]] = j
    for k in range(table.start[j], table.start[j + 1]):
        r = row[k]
        load[r] += use[k]
        behind = user[r]
        after[k], before[k] = behind, -1
        if behind >= 0:
            before[behind] = k
        user[r] = k


join = njit(cache=True, error_model="numpy")(_join)


def _leave(table: Table, books: Books, j: int) -> None:
    """Take a column from its unit."""
    row, use, load, user, after, before = (
        table.row, table.use, books.load, books.user, books.user_next, books.user_last,
    )  # fmt: skip
    books.chosen[table.unit[j]] = -1
    for k in range(table.start[j], table.start[j + 1]):
        r = row[k]
        load[r] -= use[k]
        ahead, behind = before[k], after[k]
        if ahead >= 0:
            after[ahead] = behind
        else:
            user[r] = behind
        if behind >= 0:
            before[behind] = ahead


leave = njit(cache=True, error_model="numpy")(_leave)


def _watch(row: Rows, watched: Rows, guard: Rows, after: Rows, before: Rows, j: int, k: int) -> None:
    """Watch a column at its use k, and no longer where it was; nowhere if k is -1."""
    if watched[j] >= 0:
        ahead, behind = before[j], after[j]
        if ahead >= 0:
            after[ahead] = behind
        else:
            guard[row[watched[j]]] = behind
        if behind >= 0:
            before[behind] = ahead
    watched[j] = k
    if k >= 0:
        r = row[k]
        behind = guard[r]
        after[j], before[j] = behind, -1
        if behind >= 0:
            before[behind] = j
        guard[r] = j


watch = njit(cache=True, error_model="numpy")(_watch)


def _fits(
    start: Ints,
    row: Rows,
    use: Floats,
    room: Floats,
    load: Floats,
    watched: Rows,
    guard: Rows,
    after: Rows,
    before: Rows,
    trail: Rows,
    tried: Ints,
    j: int,
) -> bool:
    """Whether there is room for a column; if not it is watched where there is none."""
    at = watched[j]
    if at >= 0 and load[row[at]] + use[at] > room[row[at]]:
        return False
    k = blocker(start, row, use, room, load, j)
    if k < 0:
        return True
    if tried[0] < len(trail):
        trail[tried[0], 0], trail[tried[0], 1] = j, at
        tried[0] += 1
        watch(row, watched, guard, after, before, j, k)
    return False


fits = njit(cache=True, error_model="numpy")(_fits)


def _unwatch(table: Table, books: Books) -> None:
    """Move all watches back that were moved since the trail began."""
    row, trail = table.row, books.trail
    watched, guard, after, before = books.watch, books.guard, books.guard_next, books.guard_last
    for n in range(books.tried[0] - 1, -1, -1):
        if (
            books.chosen[table.unit[trail[n, 0]]] < 0
        ):  # who has a column waits for none: what stood in the way last is worth more
            watch(row, watched, guard, after, before, trail[n, 0], trail[n, 1])
    books.tried[0] = 0


unwatch = njit(cache=True, error_model="numpy")(_unwatch)
