from typing import NamedTuple

import numpy as np
from numba import njit

from waystation.engine.journeys.kernels.compiled import compiled
from waystation.engine.portfolio.kernels.books import (
    Books,
    Floats,
    Ints,
    Table,
    blocker,
    fits,
    join,
    leave,
    unwatch,
    watch,
)
from waystation.engine.portfolio.kernels.chance import draw

_BLINK, _RUIN, _LOOKS = 0.03, 0.3, 8
_MOST_OUT, _MOST_IN = 64, 256
_FEW, _ALL, _SOME, _USERS = 1_200, 2**60, 6, 24
"""With more units than a few, some alone are looked at of all that wait for a row, or use it."""


class Step(NamedTuple):
    """What one step writes down.

    ``out`` and ``was``: who was taken out, and their columns; ``may`` and ``key``: who may come in, and what they are sorted by;
    ``met`` ``(U,)`` and ``freed`` ``(R,)``: in which step a unit or a row was met last.
    """

    out: Ints
    was: Ints
    may: Ints
    key: Floats
    met: Ints
    freed: Ints


def empty_step(units: int, rows: int) -> Step:
    """Return the sheet for the first step."""
    return Step(
        np.empty(_MOST_OUT, dtype=np.int64),
        np.empty(_MOST_OUT, dtype=np.int64),
        np.empty(_MOST_OUT + _MOST_IN, dtype=np.int64),
        np.empty(_MOST_OUT + _MOST_IN),
        np.full(units, -1, dtype=np.int64),
        np.full(rows, -1, dtype=np.int64),
    )


def _place(table: Table, books: Books, u: int, blink: float, state: Ints) -> float:
    """Give a unit the first column, in its order, for which there is room, passing over some by chance; return its value or 0."""
    start, row, use, room, load = table.start, table.row, table.use, table.room, books.load
    watched, guard, after, before = books.watch, books.guard, books.guard_next, books.guard_last
    trail, tried = books.trail, books.tried
    for n in range(table.first[u], table.first[u + 1]):
        j = table.order[n]
        if fits(start, row, use, room, load, watched, guard, after, before, trail, tried, j) and (
            blink == 0.0 or draw(state) >= blink
        ):
            join(table, books, j)
            return float(table.value[j])
    return 0.0


place = njit(cache=True, error_model="numpy")(_place)


def _fill(table: Table, books: Books, units: Ints, state: Ints) -> float:
    """Place units one after the other, each in the first of its columns that fits; return the value that was added."""
    gained = 0.0
    for u in units:
        if books.chosen[u] < 0:
            gained += place(table, books, u, 0.0, state)
            books.tried[0] = 0
    return gained


fill = compiled(_fill)


def _begin(table: Table, books: Books, chosen: Ints) -> None:
    """Give units the columns of a choice, and watch the columns of all others."""
    start, row, use, room, load = table.start, table.row, table.use, table.room, books.load
    for u in range(len(chosen)):
        if chosen[u] >= 0:
            join(table, books, chosen[u])
    for j in range(len(table.value)):
        if chosen[table.unit[j]] < 0 and start[j] < start[j + 1]:
            k = max(start[j], blocker(start, row, use, room, load, j))
            watch(row, books.watch, books.guard, books.guard_next, books.guard_last, j, k)


begin = compiled(_begin)


def _recount(table: Table, books: Books) -> None:
    """Add up anew what is used: sums and differences of many steps are not exact."""
    books.load[:] = 0.0
    for u in range(len(books.chosen)):
        j = books.chosen[u]
        if j >= 0:
            for k in range(table.start[j], table.start[j + 1]):
                books.load[table.row[k]] += table.use[k]


recount = njit(cache=True, error_model="numpy")(_recount)


def _pick_row(weight: Floats, state: Ints) -> int:
    """Return a row by chance, as likely as its part of the cumulated weights, ``(R,)``."""
    return min(int(np.searchsorted(weight, draw(state) * weight[-1])), len(weight) - 1)


pick_row = njit(cache=True, error_model="numpy")(_pick_row)


def _take(table: Table, books: Books, step: Step, taken: int, j: int) -> float:
    """Take a column from its unit and write it down; return its value."""
    step.out[taken], step.was[taken] = table.unit[j], j
    leave(table, books, j)
    return float(table.value[j])


take = njit(cache=True, error_model="numpy")(_take)


def _ruin(table: Table, books: Books, step: Step, weight: Floats, most: int, state: Ints) -> tuple[int, float]:
    """Take out up to ``most`` units that use a dear row, and units that use another row of one of them.

    Returns how many were taken out and the value they had.
    """
    taken, lost = 0, 0.0
    at = pick_row(weight, state)
    for _ in range(3):
        here, k = 0, books.user[at]
        skip = 0.0 if taken == 0 else 0.3
        while k >= 0 and taken < most and here * 2 <= most:
            behind = books.user_next[k]
            if draw(state) >= skip:
                lost += take(table, books, step, taken, table.of[k])
                taken += 1
                here += 1
            k = behind
        if taken == 0 or taken >= most:
            break
        j = step.was[int(draw(state) * taken)]
        at = table.row[table.start[j] + int(draw(state) * (table.start[j + 1] - table.start[j]))]
    return taken, lost


ruin = njit(cache=True, error_model="numpy")(_ruin)


def _least_in_the_way(table: Table, books: Books, u: int, state: Ints) -> int:
    """Return of some columns of a unit, met at random, the one that lacks room in the fewest rows; -1 if it has only that."""
    found, fewest = -1, 2**30
    row, use, room, load = table.row, table.use, table.room, books.load
    for _ in range(_LOOKS):
        j = table.order[table.first[u] + int(draw(state) * (table.first[u + 1] - table.first[u]))]
        if j == books.chosen[u]:
            continue
        lacking = 0
        for k in range(table.start[j], table.start[j + 1]):
            if load[row[k]] + use[k] > room[row[k]]:
                lacking += 1
        if lacking < fewest:
            found, fewest = j, lacking
    return found


least_in_the_way = njit(cache=True, error_model="numpy")(_least_in_the_way)


def _push(table: Table, books: Books, step: Step, j: int, most: int, state: Ints) -> tuple[int, float]:
    """Make room for one column by taking out who stands in its way, rather who is worth little; returns as `ruin` does."""
    taken, lost = 0, 0.0
    if books.chosen[table.unit[j]] >= 0:
        lost += take(table, books, step, taken, books.chosen[table.unit[j]])
        taken += 1
    for at in range(table.start[j], table.start[j + 1]):
        r = table.row[at]
        while books.load[r] + table.use[at] > table.room[r] and taken < most:
            k, worst, least, looks = books.user[r], -1, np.inf, 0
            while k >= 0 and looks < _USERS:
                looks += 1
                worth = table.value[table.of[k]] / table.use[k] * (0.2 + draw(state))
                if worth < least:
                    worst, least = table.of[k], worth
                k = books.user_next[k]
            if worst < 0:
                return taken, lost
            lost += take(table, books, step, taken, worst)
            taken += 1
    return taken, lost


push = njit(cache=True, error_model="numpy")(_push)


def _give_keys(table: Table, step: Step, n: int, state: Ints) -> None:
    """Say by which key who may come in is sorted: what they are put in by, with noise."""
    for a in range(n):
        best, noise = table.best[step.may[a]], 0.6 + 0.8 * draw(state)
        step.key[a] = -best * (noise if best > 0.0 else 1.0 / noise)


give_keys = njit(cache=True, error_model="numpy")(_give_keys)


def _candidates(table: Table, books: Books, step: Step, taken: int, tick: int, state: Ints) -> int:
    """List who may come in now, with a key to sort them by: who was taken out, and who is watched in a row they used."""
    start, row, use, room, load = table.start, table.row, table.use, table.room, books.load
    watched, guard, after, before = books.watch, books.guard, books.guard_next, books.guard_last
    trail, tried = books.trail, books.tried
    unit, chosen, met, freed, may = table.unit, books.chosen, step.met, step.freed, step.may
    everybody = len(chosen) <= _FEW
    n = 0
    for a in range(taken):
        met[step.out[a]] = tick
        may[n] = step.out[a]
        n += 1
    for a in range(taken):
        for k in range(start[step.was[a]], start[step.was[a] + 1]):
            r = row[k]
            if freed[r] == tick:
                continue
            freed[r] = tick
            j, looks = guard[r], _ALL
            if not everybody:
                if j < 0 or draw(state) * taken > 1.0:
                    continue
                looks = _SOME
                for _ in range(int(draw(state) * 4 * _SOME)):
                    j = after[j] if after[j] >= 0 else guard[r]
            while j >= 0 and n < len(may) and looks > 0:
                looks -= 1
                behind, u = after[j], unit[j]
                at = watched[j]
                blocked = load[row[at]] + use[at] > room[row[at]]
                if (
                    not blocked
                    and chosen[u] < 0
                    and met[u] != tick
                    and fits(start, row, use, room, load, watched, guard, after, before, trail, tried, j)
                ):
                    met[u] = tick
                    may[n] = u
                    n += 1
                j = behind
    give_keys(table, step, n, state)
    return n


candidates = njit(cache=True, error_model="numpy")(_candidates)


def _undo(table: Table, books: Books, step: Step, taken: int, n: int, put: int) -> None:
    """Take back what a step has done."""
    for a in range(n):
        if books.chosen[step.may[a]] >= 0:
            leave(table, books, books.chosen[step.may[a]])
    if put >= 0 and books.chosen[put] >= 0:
        leave(table, books, books.chosen[put])
    for a in range(taken):
        join(table, books, step.was[a])
    unwatch(table, books)


undo = njit(cache=True, error_model="numpy")(_undo)


def _change(table: Table, books: Books, step: Step, weight: Floats, state: Ints) -> tuple[int, int, float]:
    """Ruin a row, or push in a column; return how many were taken out, which unit was put in or -1, and the value gained."""
    most = 2 + int(draw(state) * 10.0)
    if draw(state) < _RUIN:
        taken, lost = ruin(table, books, step, weight, most, state)
        return taken, -1, -lost
    u = int(draw(state) * len(books.chosen))
    pushed = least_in_the_way(table, books, u, state) if table.first[u] < table.first[u + 1] else -1
    if pushed < 0:
        return 0, -1, 0.0
    taken, lost = push(table, books, step, pushed, most, state)
    if blocker(table.start, table.row, table.use, table.room, books.load, pushed) >= 0:
        return taken, -1, -lost
    join(table, books, pushed)
    return taken, u, table.value[pushed] - lost


change = njit(cache=True, error_model="numpy")(_change)


def _search(
    table: Table,
    books: Books,
    step: Step,
    weight: Floats,
    iterations: int,
    hot: float,
    cold: float,
    tick: int,
    state: Ints,
    record: Ints,
    totals: Floats,
) -> None:
    """Ruin and recreate: take out some units, put in what is worth most for its price, keep it if it is hardly worse.

    Parameters
    ----------
    weight
        Cumulated weights by which rows are ruined, ``(R,)``.
    hot, cold
        How much worse a change may be, about, at the beginning and at the end.
    tick
        How many steps were made before.
    record, totals
        The best choice so far and ``(value now, value of the record)``; changed in place, as the books are.
    """
    recount(table, books)
    for at in range(iterations):
        heat = hot * (cold / hot) ** (at / iterations)
        books.tried[0] = 0
        taken, put, gained = change(table, books, step, weight, state)
        if taken == 0 and put < 0:
            continue
        n = candidates(table, books, step, taken, tick + at, state)
        for a in np.argsort(step.key[:n]):
            if books.chosen[step.may[a]] < 0:
                gained += place(table, books, step.may[a], _BLINK, state)
        if gained >= heat * np.log(draw(state)):
            totals[0] += gained
            if totals[0] > totals[1] + 1e-9:
                totals[1] = totals[0]
                record[:] = books.chosen
        else:
            undo(table, books, step, taken, n, put)


search = compiled(_search)
