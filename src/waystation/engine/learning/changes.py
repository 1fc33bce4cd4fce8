from waystation.engine.learning.result import Reason, Why
from waystation.engine.model import PastBelief, Stated

_SAME = 1e-3
"""A smaller part of the value, or of the weight, is no change worth a word."""


def reasons_of(
    before: PastBelief | None,
    mean: float,
    weight: float,
    counted: tuple[int, int],
    judged: Stated | None,
    regimes: tuple[str, ...],
    *,
    restated: bool = False,
) -> tuple[Reason, ...]:
    """Return why a belief is not what it was the last time: every input of its own that differs, else the others of its pool.

    Parameters
    ----------
    counted
        Missions and events now.
    restated
        Whether somebody has written another value into legs.csv since.
    """
    if before is None:
        return (Reason(Why.FIRST, *counted),)
    found = []
    missions, events = counted[0] - before.missions, counted[1] - round(before.events)
    if missions > 0 or (missions == 0 and events > 0):
        found.append(Reason(Why.MISSIONS, missions, events))
    elif (missions, events) != (0, 0):
        found.append(Reason(Why.CORRECTED, missions, events))
    new = tuple(regime for regime in regimes if regime not in before.regimes)
    if new or tuple(regimes) != before.regimes:
        found.append(Reason(Why.REGIME, regimes=new))
    if restated:
        found.append(Reason(Why.STATED))
    elif not _alike(judged, before.judged):
        found.append(Reason(Why.JUDGEMENT))
    if not found:
        moved = not (_near(mean, before.value) and _near(weight, before.weight))
        found.append(Reason(Why.OTHERS if moved else Why.SAME))
    return tuple(found)


def _alike(one: Stated | None, other: Stated | None) -> bool:
    if one is None or other is None:
        return one is other
    return _near(one.value, other.value) and _near(one.weight, other.weight)


def _near(one: float, other: float) -> bool:
    return abs(one - other) <= _SAME * max(abs(one), abs(other), 1e-12)
