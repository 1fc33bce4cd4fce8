"""A choice that keeps its caps as often as was asked: replayed, its limits tightened where they overflow, and chosen again."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np

from waystation.engine.model import Network
from waystation.engine.portfolio.choose import Choice, Effort, choose
from waystation.engine.portfolio.instance import Floats, Ints
from waystation.engine.portfolio.pool import Pool
from waystation.engine.portfolio.prices import linear_prices
from waystation.engine.portfolio.replay import Replay, Replayer, replay
from waystation.engine.portfolio.terms import Terms

_MOST_ROUNDS = 25
_TIGHTER = 0.97
_TRIES = 8
_ROUNDING = 1e-9


@dataclass(frozen=True, eq=False)
class Kept:
    """A choice and its replay.

    Attributes
    ----------
    unsafe
        The choice by what is expected alone, before any limit was tightened: its bound is the bound of all.
    replay
        None where it cannot be replayed, because conditions are remembered region by region.
    capacity
        What the limits were tightened to, ``(R,)``.
    rounds
        How often it was chosen.
    """

    choice: Choice
    unsafe: Choice
    replay: Replay | None
    capacity: Floats
    rounds: int


def choose_kept(
    network: Network,
    pool: Pool,
    first: date,
    terms: Terms,
    effort: Effort,
    seen: Callable[[str, int, int], None],
    known: Ints | None = None,
) -> Kept:
    """Choose, replay, tighten what overflows more often than the terms allow, and choose again.

    Parameters
    ----------
    known
        A choice that may keep the caps already, ``(U,)``: the answer is worth no less, if it does.

    Notes
    -----
    The replays of the last choice are drawn anew, so that what is said of it was not what it was picked by.
    """
    capacity = pool.instance.capacity.copy()
    can_replay = all(offer.setting.process.memory is None for column in pool.columns for offer in column)
    if not can_replay:
        choice = choose(pool.instance, effort, terms.seed)
        return Kept(choice, choice, None, capacity, 1)
    replayer = Replayer(network, pool, first, terms.replays, terms.seed)
    choice = unsafe = choose(pool.instance, effort, terms.seed)
    for turn in range(_MOST_ROUNDS):
        seen("choice", turn, _MOST_ROUNDS)
        if turn:
            choice = choose(pool.instance.with_capacity(capacity), effort, terms.seed)
        found = replayer.replay(choice.chosen)
        over = found.overflow > terms.overflow
        if not over.any():
            break
        capacity = np.where(over, np.minimum(capacity, choice.load) * _TIGHTER, capacity)
    if known is not None and _value(pool, known) > choice.value:
        load = pool.instance.load(known)
        safe = not (replayer.replay(known).overflow > terms.overflow).any()
        if safe and (load <= pool.instance.capacity + _ROUNDING).all():
            capacity = np.maximum(capacity, load)
            choice = _as_choice(pool, known, capacity)
    choice, capacity = _improved(pool, choice, capacity, replayer, terms)
    fresh = replay(network, pool, choice.chosen, first, terms.replays, terms.seed + 1)
    return Kept(choice, unsafe, fresh, capacity, turn + 1)


def _improved(pool: Pool, choice: Choice, capacity: Floats, replayer: Replayer, terms: Terms) -> tuple[Choice, Floats]:
    """Put in who still fits beside the others, or give them a better plan, where the replays allow it.

    A limit is tightened for all choices alike; some of them use it with less chance of passing it than others.
    """
    instance, chosen = pool.instance, choice.chosen.copy()
    best = np.zeros(instance.units)
    np.maximum.at(best, instance.unit, instance.value)
    for unit in np.lexsort((-best, ~instance.promised)).tolist():
        span = np.arange(instance.first[unit], instance.first[unit + 1])
        now = instance.value[chosen[unit]] if chosen[unit] >= 0 else 0.0
        tries = 0
        for j in span[np.argsort(-instance.value[span], kind="stable")].tolist():
            if instance.value[j] <= now + _ROUNDING or tries >= _TRIES:
                break
            other = chosen.copy()
            other[unit] = j
            if (instance.load(other) > instance.capacity + _ROUNDING).any():
                continue
            tries += 1
            if not (replayer.replay(other).overflow > terms.overflow).any():
                chosen = other
                break
    load = instance.load(chosen)
    capacity = np.maximum(capacity, load)
    return (_as_choice(pool, chosen, capacity) if _value(pool, chosen) > choice.value else choice), capacity


def _value(pool: Pool, chosen: Ints) -> float:
    return float(pool.instance.value[chosen[chosen >= 0]].sum())


def _as_choice(pool: Pool, chosen: Ints, capacity: Floats) -> Choice:
    """Return a choice with the prices and the bound of the linear programme under some capacities."""
    instance, value = pool.instance, _value(pool, chosen)
    prices = linear_prices(instance.with_capacity(capacity))
    broken = tuple(np.flatnonzero(instance.promised & (chosen < 0)).tolist())
    return Choice(chosen, value, max(value, prices.bound), instance.load(chosen), prices, broken)
