import numpy as np
from numba import njit
from numpy.typing import NDArray

from waystation.engine.journeys.kernels.compiled import compiled
from waystation.engine.portfolio.kernels.chance import draw

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Rows = NDArray[np.int32]

_PROBES = 8


def _blocker(start: Ints, row: Rows, use: Floats, room: Floats, load: Floats, j: int) -> int:
    """Return the first use of a column for which there is no room beside what is used already; -1 if it fits."""
    for k in range(start[j], start[j + 1]):
        if load[row[k]] + use[k] > room[row[k]]:
            return k
    return -1


blocker = njit(cache=True, error_model="numpy")(_blocker)


def _fits(start: Ints, row: Rows, use: Floats, room: Floats, load: Floats, j: int) -> bool:
    """Whether there is room for a column beside what is used already."""
    return bool(blocker(start, row, use, room, load, j) < 0)


fits = njit(cache=True, error_model="numpy")(_fits)


def _shift(start: Ints, row: Rows, use: Floats, load: Floats, j: int, sign: float) -> None:
    """Add a column's uses to the load, or take them away."""
    for k in range(start[j], start[j + 1]):
        load[row[k]] += sign * use[k]


shift = njit(cache=True, error_model="numpy")(_shift)


def _place(
    first: Ints,
    order: Ints,
    start: Ints,
    row: Rows,
    use: Floats,
    room: Floats,
    load: Floats,
    u: int,
    blink: float,
    state: Ints,
    stuck: Rows,
) -> int:
    """Return the first column of a unit, in its order, for which there is room, passing over some by chance; -1 if none.

    ``stuck`` ``(J,)`` remembers the use for which a column had no room last, or -1: it is asked first, and mostly alone.
    """
    for n in range(first[u], first[u + 1]):
        j = order[n]
        at = stuck[j]
        if at >= 0 and load[row[at]] + use[at] > room[row[at]]:
            continue
        stuck[j] = blocker(start, row, use, room, load, j)
        if stuck[j] < 0 and (blink == 0.0 or draw(state) >= blink):
            return int(j)
    return -1


place = njit(cache=True, error_model="numpy")(_place)


def _fill(
    first: Ints,
    order: Ints,
    start: Ints,
    row: Rows,
    use: Floats,
    value: Floats,
    room: Floats,
    load: Floats,
    chosen: Ints,
    units: Ints,
    blink: float,
    state: Ints,
) -> float:
    """Place units one after the other, each in the first of its columns that fits; return the value that was added."""
    gained = 0.0
    stuck = np.full(len(value), -1, dtype=np.int32)
    for u in units:
        if chosen[u] < 0:
            j = place(first, order, start, row, use, room, load, u, blink, state, stuck)
            if j >= 0:
                chosen[u] = j
                shift(start, row, use, load, j, 1.0)
                gained += value[j]
    return gained


fill = compiled(_fill)


def _pick_row(weight: Floats, state: Ints) -> int:
    """Return a row by chance, as likely as its part of the cumulated weights, ``(R,)``."""
    return min(int(np.searchsorted(weight, draw(state) * weight[-1])), len(weight) - 1)


pick_row = njit(cache=True, error_model="numpy")(_pick_row)


def _ruin(
    start: Ints,
    row: Rows,
    use: Floats,
    value: Floats,
    unit: Ints,
    row_start: Ints,
    row_column: Ints,
    load: Floats,
    chosen: Ints,
    weight: Floats,
    most: int,
    state: Ints,
    out: Ints,
    was: Ints,
) -> tuple[int, float]:
    """Take out up to ``most`` units that use a dear row, and units that use another row of one of them.

    Returns how many were taken out and the value they had; ``out`` holds the units, ``was`` their columns.
    """
    taken, lost = 0, 0.0
    at = pick_row(weight, state)
    for _ in range(3):
        begin, end = row_start[at], row_start[at + 1]
        count = end - begin
        offset = int(draw(state) * count)
        here = 0
        for n in range(count):
            j = row_column[begin + (offset + n) % count]
            u = unit[j]
            if chosen[u] == j and taken < most:
                out[taken], was[taken] = u, j
                chosen[u] = -1
                shift(start, row, use, load, j, -1.0)
                lost += value[j]
                taken += 1
                here += 1
                if here * 2 > most:
                    break
        if taken == 0 or taken >= most:
            break
        j = was[int(draw(state) * taken)]
        at = row[start[j] + int(draw(state) * (start[j + 1] - start[j]))]
    return taken, lost


ruin = njit(cache=True, error_model="numpy")(_ruin)


def _push(
    start: Ints,
    row: Rows,
    use: Floats,
    value: Floats,
    unit: Ints,
    row_start: Ints,
    row_column: Ints,
    room: Floats,
    load: Floats,
    chosen: Ints,
    j: int,
    most: int,
    state: Ints,
    out: Ints,
    was: Ints,
) -> tuple[int, float]:
    """Make room for one column by taking out who stands in its way; returns as `ruin` does, and places it if room was made."""
    taken, lost = 0, 0.0
    for k in range(start[j], start[j + 1]):
        r = row[k]
        begin, end = row_start[r], row_start[r + 1]
        offset = int(draw(state) * (end - begin))
        for n in range(end - begin):
            if load[r] + use[k] <= room[r] or taken >= most:
                break
            other = row_column[begin + (offset + n) % (end - begin)]
            u = unit[other]
            if chosen[u] == other:
                out[taken], was[taken] = u, other
                chosen[u] = -1
                shift(start, row, use, load, other, -1.0)
                lost += value[other]
                taken += 1
    return taken, lost


push = njit(cache=True, error_model="numpy")(_push)


def _candidates(
    unit: Ints,
    row_start: Ints,
    row_column: Ints,
    start: Ints,
    row: Rows,
    chosen: Ints,
    best: Floats,
    out: Ints,
    was: Ints,
    taken: int,
    all_units: bool,
    mark: Ints,
    tick: int,
    list_: Ints,
    key: Floats,
    state: Ints,
) -> int:
    """List the units that may come in now, with a key to sort them by: what was taken out, and others without a column.

    With ``all_units`` all others, else those met at random among the columns that use the freed rows.
    """
    n = 0
    for a in range(taken):
        mark[out[a]] = tick
        list_[n] = out[a]
        n += 1
    if all_units:
        for u in range(len(chosen)):
            if chosen[u] < 0 and mark[u] != tick and best[u] > -1e300 and n < len(list_):
                mark[u] = tick
                list_[n] = u
                n += 1
    else:
        for a in range(taken):
            j = was[a]
            for _ in range(_PROBES):
                r = row[start[j] + int(draw(state) * (start[j + 1] - start[j]))]
                other = row_column[row_start[r] + int(draw(state) * (row_start[r + 1] - row_start[r]))]
                u = unit[other]
                if chosen[u] < 0 and mark[u] != tick and n < len(list_):
                    mark[u] = tick
                    list_[n] = u
                    n += 1
    for a in range(n):
        noise = 0.6 + 0.8 * draw(state)
        key[a] = -best[list_[a]] * (noise if best[list_[a]] > 0.0 else 1.0 / noise)
    return n


candidates = njit(cache=True, error_model="numpy")(_candidates)


def _search(  # noqa: C901 - one body: a step is undone by what the same step has written
    first: Ints,
    order: Ints,
    unit: Ints,
    start: Ints,
    row: Rows,
    use: Floats,
    value: Floats,
    row_start: Ints,
    row_column: Ints,
    room: Floats,
    weight: Floats,
    best: Floats,
    iterations: int,
    hot: float,
    cold: float,
    state: Ints,
    load: Floats,
    chosen: Ints,
    record: Ints,
    totals: Floats,
) -> None:
    """Ruin and recreate: take out some units, put in what is worth most for its price, keep it if it is hardly worse.

    Parameters
    ----------
    order
        Each unit's columns, the best for their price first, ``(J,)``.
    room
        Capacities with a margin for rounding, ``(R,)``.
    weight
        Cumulated weights by which rows are ruined, ``(R,)``.
    best
        What units are put in by, ``(U,)``: the most that a column is worth for its part of the rows.
    hot, cold
        How much worse a change may be, about, at the beginning and at the end.
    load, chosen
        What is used and who has which column; changed in place.
    record, totals
        The best choice so far and ``(value now, value of the record)``; changed in place.
    """
    U = len(chosen)
    all_units = U <= 1200
    room_for = U if all_units else 600
    out, was, list_ = (
        np.empty(64, dtype=np.int64),
        np.empty(64, dtype=np.int64),
        np.empty(room_for + 64, dtype=np.int64),
    )
    key, mark = np.empty(room_for + 64), np.full(U, -1, dtype=np.int64)
    stuck = np.full(len(value), -1, dtype=np.int32)
    for step in range(iterations):
        heat = hot * (cold / hot) ** (step / iterations)
        most = 2 + int(draw(state) * 10.0)
        if draw(state) < 0.5:
            taken, lost = ruin(
                start, row, use, value, unit, row_start, row_column, load, chosen, weight, most, state, out, was
            )
            pushed = -1
        else:
            u = int(draw(state) * U)
            if chosen[u] >= 0 or first[u] == first[u + 1]:
                continue
            span = min(first[u + 1] - first[u], 6)
            pushed = order[first[u] + int(draw(state) * span)]
            taken, lost = push(
                start, row, use, value, unit, row_start, row_column, room, load, chosen, pushed, most, state, out, was
            )
        gained, put = 0.0, -1
        if pushed >= 0 and fits(start, row, use, room, load, pushed):
            put = unit[pushed]
            chosen[put] = pushed
            shift(start, row, use, load, pushed, 1.0)
            gained += value[pushed]
        if taken == 0 and put < 0:
            continue
        n = candidates(
            unit, row_start, row_column, start, row, chosen, best, out, was, taken, all_units, mark, step, list_, key,
            state,
        )  # fmt: skip
        for a in np.argsort(key[:n]):
            u = list_[a]
            if chosen[u] < 0:
                j = place(first, order, start, row, use, room, load, u, 0.03, state, stuck)
                if j >= 0:
                    chosen[u] = j
                    shift(start, row, use, load, j, 1.0)
                    gained += value[j]
        if gained - lost >= heat * np.log(draw(state)):
            totals[0] += gained - lost
            if totals[0] > totals[1] + 1e-9:
                totals[1] = totals[0]
                record[:] = chosen
            continue
        for a in range(n):
            u = list_[a]
            if chosen[u] >= 0:
                shift(start, row, use, load, chosen[u], -1.0)
                chosen[u] = -1
        if put >= 0 and chosen[put] >= 0:
            shift(start, row, use, load, chosen[put], -1.0)
            chosen[put] = -1
        for a in range(taken):
            chosen[out[a]] = was[a]
            shift(start, row, use, load, was[a], 1.0)


search = compiled(_search)
