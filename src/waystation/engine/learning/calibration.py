"""How well somebody's chances have come true on closed questions, whose answers are known by now."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from waystation.engine.learning.jeffreys import Bounds, jeffreys_interval
from waystation.engine.model import ClosedAnswer

GROUPS = 5
"""Answers are drawn in so many groups of chances, of equal width."""

_NEVER_CERTAIN = 0.005
"""A chance nearer to 0 or 1 than this is scored as this: certainty that fails would score minus infinity for ever."""

_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Point:
    """Answers with nearly the same chance: their number, their mean chance, how many came true, its 80 % interval."""

    answers: int
    chance: float
    true: float
    interval: Bounds


@dataclass(frozen=True, slots=True)
class Calibration:
    """One person's record.

    Attributes
    ----------
    answers
        Closed questions that count; open ones do not.
    brier
        Mean squared distance of the chance from what was true: 0 the best, 0.25 for always saying one half.
    log_score
        Mean natural logarithm of the chance given to what was true: 0 the best, -0.693 for always saying one half.
    points
        Groups of answers that are not empty, the smallest chances first.
    awaited
        Questions whose answer is not known yet.
    """

    expert: str
    answers: int
    brier: float
    log_score: float
    points: tuple[Point, ...]
    awaited: int = 0


def calibration(answers: Iterable[ClosedAnswer]) -> tuple[Calibration, ...]:
    """Return the record of each person with at least one closed question, by code.

    Notes
    -----
    Brier (1950), doi:10.1175/1520-0493(1950)078<0001:VOFEIT>2.0.CO;2; Good (1952).
    """
    by_person: dict[str, list[ClosedAnswer]] = {}
    for each in answers:
        by_person.setdefault(each.expert, []).append(each)
    return tuple(_record(expert, by_person[expert]) for expert in sorted(by_person) if _closed(by_person[expert]))


def _closed(answers: Iterable[ClosedAnswer]) -> list[tuple[float, bool]]:
    return [(each.chance, each.true) for each in answers if each.true is not None]


def _record(expert: str, answers: list[ClosedAnswer]) -> Calibration:
    pairs = _closed(answers)
    brier = math.fsum((chance - true) ** 2 for chance, true in pairs) / len(pairs)
    log_score = math.fsum(math.log(_given(chance, true=true)) for chance, true in pairs) / len(pairs)
    groups: dict[int, list[tuple[float, bool]]] = {}
    for chance, true in pairs:
        groups.setdefault(min(GROUPS - 1, int(chance * GROUPS + _ROUNDING)), []).append((chance, true))
    points = tuple(_point(groups[group]) for group in sorted(groups))
    return Calibration(expert, len(pairs), brier, log_score, points, len(answers) - len(pairs))


def _given(chance: float, *, true: bool) -> float:
    return min(max(chance if true else 1.0 - chance, _NEVER_CERTAIN), 1.0 - _NEVER_CERTAIN)


def _point(pairs: list[tuple[float, bool]]) -> Point:
    came_true = sum(true for _, true in pairs)
    chance = math.fsum(chance for chance, _ in pairs) / len(pairs)
    return Point(len(pairs), chance, came_true / len(pairs), jeffreys_interval(came_true, len(pairs)))
