"""The choice itself: prices, a greedy start, ruin and recreate, and HiGHS to the end where that is within reach.

Ask `choose` with an `Instance` of plain arrays; it is quick enough to be asked every week of a simulation (tens of units: some
milliseconds with `WEEKLY`)::

    instance = Instance.of(columns, capacity)
    choice = choose(instance, WEEKLY, seed=7)
    choice.chosen  # each unit's column, or -1
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from waystation.engine.portfolio.errors import WrongChoiceError
from waystation.engine.portfolio.exact import solve_what_is_open
from waystation.engine.portfolio.instance import Floats, Instance, Ints
from waystation.engine.portfolio.kernels.books import Books, Table, empty_books
from waystation.engine.portfolio.kernels.chance import stream
from waystation.engine.portfolio.kernels.search import begin, empty_step, fill, search
from waystation.engine.portfolio.prices import Prices, ascended_prices, linear_prices, promised_value

_ROUNDING = 1e-9
_BATCH = 2_000
_COLD, _LONG = 1.0 / 80.0, 200
"""A change may at first be worse by a usual value, less where little is missing to the bound or there are fewer than so many
turns a unit; at the end by this part of it."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard to look.

    Attributes
    ----------
    iterations
        Of ruin and recreate; 0 for the greedy choice alone.
    linear_columns
        Up to so many columns prices come from the linear programme, beyond from the ascent.
    exact_columns
        Up to so many columns HiGHS is asked to finish; also where the gap is already below ``near``.
    exact_seconds, exact_nodes
        For HiGHS.
    gap
        Relative; good enough.
    """

    iterations: int = 20_000
    linear_columns: int = 4_000
    exact_columns: int = 3_000
    exact_seconds: float = 20.0
    exact_nodes: int = 20_000
    near: float = 0.02
    gap: float = 0.0


USUAL = Effort()
WEEKLY = Effort(iterations=400, exact_columns=0, near=0.0)
"""For a simulation that decides every week: prices, greedy repair, a short search."""


@dataclass(frozen=True, eq=False)
class Choice:
    """What was chosen, what it is worth, and what nothing can be worth more than.

    Attributes
    ----------
    chosen
        Each unit's column or -1, ``(U,)``.
    value, bound
        The sum of the chosen columns' values, and a bound on every choice that keeps as many promises.
    load
        What is used of each row, ``(R,)``.
    prices
        Of the rows, by the linear programme or the ascent.
    broken_promises
        Units that were promised a journey and get none.
    """

    chosen: Ints
    value: float
    bound: float
    load: Floats
    prices: Prices
    broken_promises: tuple[int, ...]

    @property
    def gap(self) -> float:
        """How far the value may lie below the best, relative to the bound; 0 where nothing can be had."""
        return max(0.0, self.bound - self.value) / self.bound if self.bound > 0.0 else 0.0


def choose(
    instance: Instance,
    effort: Effort = USUAL,
    seed: int = 0,
    spent: Callable[[], float] = lambda: 0.0,
    known: Ints | None = None,
) -> Choice:
    """Choose at most one column for each unit, within every row, for the most value; promised units before all others.

    Parameters
    ----------
    seed
        Of the search: the same seed, the same choice.
    spent
        Asked now and then: what part of the time there is has gone. The search cools by it, and ends at 1; if it is always 0 the
        iterations alone decide, and the choice is the same on every machine.
    known
        A choice to begin with, ``(U,)``; it must keep within the rows.

    Raises
    ------
    WrongChoiceError
        If the choice breaks a cap or passes its bound. No answer is given.

    Notes
    -----
    Linear prices, then a greedy repair by value less prices, then ruin and recreate: Schrimpf and others (2000), Record breaking
    optimization results using the ruin and recreate principle, doi:10.1006/jcph.1999.6413.
    """
    weighted = promised_value(instance)
    lifted = Instance(
        instance.first, weighted, instance.start, instance.row, instance.use, instance.capacity, instance.promised
    )
    J = len(weighted)
    prices = linear_prices(lifted) if effort.linear_columns >= J else ascended_prices(lifted)
    chosen, bound = _search(lifted, prices, effort, seed, spent, known), prices.bound
    value = float(weighted[chosen[chosen >= 0]].sum())
    gap = (bound - value) / bound if bound > 0.0 else 0.0
    wants_more = gap > effort.gap + _ROUNDING and (0 < J <= effort.exact_columns or gap <= effort.near)
    if wants_more:
        solved = solve_what_is_open(lifted, chosen, prices, effort.exact_seconds, effort.gap, effort.exact_nodes)
        if _keeps(lifted, solved.chosen) and float(weighted[solved.chosen[solved.chosen >= 0]].sum()) > value:
            chosen = solved.chosen
        bound = min(bound, solved.bound)
    return _answer(instance, prices, chosen, bound - float((weighted - instance.value)[chosen[chosen >= 0]].sum()))


def _answer(instance: Instance, prices: Prices, chosen: Ints, bound: float) -> Choice:
    """Hold the choice to what is promised of it."""
    load = instance.load(chosen)
    if not _keeps(instance, chosen):
        raise WrongChoiceError("the choice uses more than there is; no answer is given")
    value = float(instance.value[chosen[chosen >= 0]].sum())
    if value > bound + 1e-6 * max(1.0, abs(bound)):
        message = f"the choice is worth {value:.6g}, more than its bound of {bound:.6g}; no answer is given"
        raise WrongChoiceError(message)
    broken = tuple(np.flatnonzero(instance.promised & (chosen < 0)).tolist())
    return Choice(chosen, value, max(bound, value), load, prices, broken)


def _room(instance: Instance) -> Floats:
    return instance.capacity + _ROUNDING * np.maximum(1.0, instance.capacity)


def _keeps(instance: Instance, chosen: Ints) -> bool:
    return bool((instance.load(chosen) <= _room(instance) + _ROUNDING * np.maximum(1.0, instance.capacity)).all())


def _search(
    instance: Instance,
    prices: Prices,
    effort: Effort,
    seed: int,
    spent: Callable[[], float],
    known: Ints | None,
) -> Ints:
    """Round the linear programme, fill what is left by value less price, then ruin and recreate."""
    left = instance.priced(prices.price)
    order = np.lexsort((-instance.value, -left, -prices.share.round(2), instance.unit)).astype(np.int64)
    part = np.bincount(instance.column, instance.use / np.maximum(1e-9, instance.capacity[instance.row]), len(left))
    best = np.full(instance.units, -np.inf)
    np.maximum.at(best, instance.unit, instance.value / np.maximum(1e-9, part))
    state = stream(seed)
    chosen = np.full(instance.units, -1, dtype=np.int64)
    if known is not None:
        chosen[:] = known
    else:
        whole = np.flatnonzero(prices.share > 1.0 - 1e-6)
        chosen[instance.unit[whole]] = whole
        if not _keeps(instance, chosen):
            chosen[:] = -1
    table = Table(
        instance.first, order, instance.unit, instance.start, instance.row, instance.use, instance.column.astype(np.int32),
        instance.value, _room(instance), best,
    )  # fmt: skip
    books = empty_books(instance.units, len(left), len(instance.row), len(instance.capacity))
    begin(table, books, chosen)
    dearest = np.argsort(-_per_price(instance, left, order), kind="stable").astype(np.int64)
    fill(table, books, dearest, state)
    return _recreate(instance, prices, effort, spent, (table, books, state))


def _per_price(instance: Instance, left: Floats, order: Ints) -> Floats:
    """Return what each unit's first column is worth for what it costs at the prices, ``(U,)``."""
    ratio = np.full(instance.units, -np.inf)
    has = np.flatnonzero(np.diff(instance.first) > 0)
    j = order[instance.first[has]]
    ratio[has] = instance.value[j] / np.maximum(1e-9, instance.value[j] - left[j])
    return ratio


def _recreate(
    instance: Instance,
    prices: Prices,
    effort: Effort,
    spent: Callable[[], float],
    with_: tuple[Table, Books, Ints],
) -> Ints:
    """Run the search in batches, cooling over all of them or over the time there is, whichever is over first."""
    table, books, state = with_
    chosen = books.chosen
    used = np.bincount(instance.row, minlength=len(instance.capacity)) > 0
    worth = np.where(used, prices.price * instance.capacity + 1e-6, 0.0)
    start_value = float(instance.value[chosen[chosen >= 0]].sum())
    record, totals = chosen.copy(), np.array([start_value, start_value])
    if effort.iterations == 0 or not used.any() or prices.bound - start_value <= _ROUNDING * prices.bound:
        return record
    typical = float(np.median(instance.value[instance.value > 0.0])) if (instance.value > 0.0).any() else 1.0
    missing = min(1.0, 2.0 * (prices.bound - start_value) / prices.bound)
    hot = typical * missing * min(1.0, effort.iterations / (_LONG * max(1, instance.units)))
    step, weight, done = empty_step(instance.units, len(instance.capacity)), np.cumsum(worth), 0
    while done < effort.iterations and (part := spent()) < 1.0:
        batch = min(_BATCH, effort.iterations - done)
        begins, ends = (max(part, at / effort.iterations) for at in (done, done + batch))
        heat, cool = (hot * _COLD**at for at in (begins, ends))
        search(table, books, step, weight, batch, heat, cool, done, state, record, totals)
        done += batch
    return record
