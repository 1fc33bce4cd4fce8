"""A choice that keeps its caps as often as was asked: replayed, its limits tightened where they overflow, and chosen again."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np

from waystation.engine.model import Network
from waystation.engine.portfolio.choose import Choice, Effort, choose
from waystation.engine.portfolio.instance import Floats
from waystation.engine.portfolio.pool import Pool
from waystation.engine.portfolio.replay import Replay, replay
from waystation.engine.portfolio.terms import Terms

_MOST_ROUNDS = 25
_TIGHTER = 0.97


@dataclass(frozen=True, eq=False)
class Kept:
    """A choice and its replay.

    Attributes
    ----------
    replay
        None where it cannot be replayed, because conditions are remembered region by region.
    capacity
        What the limits were tightened to, ``(R,)``.
    rounds
        How often it was chosen.
    """

    choice: Choice
    replay: Replay | None
    capacity: Floats
    rounds: int


def choose_kept(
    network: Network, pool: Pool, first: date, terms: Terms, effort: Effort, seen: Callable[[str, int, int], None]
) -> Kept:
    """Choose, replay, tighten what overflows more often than the terms allow, and choose again.

    The replays of the last choice are drawn anew, so that what is said of it was not what it was picked by.
    """
    capacity = pool.instance.capacity.copy()
    can_replay = all(offer.setting.process.memory is None for column in pool.columns for offer in column)
    for turn in range(_MOST_ROUNDS):
        seen("choice", turn, _MOST_ROUNDS)
        choice = choose(pool.instance.with_capacity(capacity), effort, terms.seed)
        if not can_replay:
            return Kept(choice, None, capacity, turn + 1)
        found = replay(network, pool, choice.chosen, first, terms.replays, terms.seed)
        over = found.overflow > terms.overflow
        if not over.any():
            break
        capacity = np.where(over, np.minimum(capacity, choice.load) * _TIGHTER, capacity)
    fresh = replay(network, pool, choice.chosen, first, terms.replays, terms.seed + 1)
    return Kept(choice, fresh, capacity, turn + 1)
