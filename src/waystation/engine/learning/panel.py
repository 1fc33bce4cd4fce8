"""The IDEA protocol: answers in private, feedback, a second round, and equal weights; asked again when a regime begins."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import least_squares
from scipy.special import betaincinv, expit, logit

from waystation.engine.learning.regimes import latest_begin
from waystation.engine.model import Asked, Estimate, Judgement, Regime, Stated

STANDARD = 0.8
"""Every answer is stretched or shrunk until it is this sure, so that answers can be averaged."""

_LEAST_WEIGHT = 0.5
_AWAY_FROM_ENDS = 1e-4


class Question(NamedTuple):
    """What was asked: of a leg (None: of any leg), and for a silence of how many days."""

    leg: str | None
    asked: Asked
    silent_days: int | None


class Standing(StrEnum):
    """How far a question has come."""

    FIRST_ROUND = "first_round"
    SECOND_ROUND = "second_round"
    SIGNED = "signed"
    ASK_AGAIN = "ask_again"


class Spread(NamedTuple):
    """An answer as chances: its 80 % bounds and its best guess."""

    low: float
    best: float
    high: float


@dataclass(frozen=True, slots=True)
class Panel:
    """One question, those who were asked, and what they say together.

    Attributes
    ----------
    experts
        Codes of those who were asked, in order.
    awaited
        Of them, those whose answer or signature the standing waits for; all of them where it must be asked again.
    first
        The private answers, smallest best guess first and without names; empty until everybody has answered.
    together
        The mean of the second answers; None until all are signed.
    belief
        The same as a chance and a capped weight.
    on
        The day of the last answer, or of the question.
    """

    question: Question
    standing: Standing
    experts: tuple[str, ...]
    awaited: tuple[str, ...]
    first: tuple[Spread, ...] = ()
    together: Spread | None = None
    belief: Stated | None = None
    on: date | None = None


def standard(answer: Estimate) -> Spread:
    """Return an answer as chances, its bounds moved away from or towards the best guess until they are 80 % sure."""
    stretch = STANDARD / answer.sure
    best = answer.best / answer.out_of
    low = best - stretch * (best - answer.lowest / answer.out_of)
    high = best + stretch * (answer.highest / answer.out_of - best)
    return Spread(max(0.0, low), best, min(1.0, high))


def panels(judgements: Iterable[Judgement], regimes: Iterable[Regime], cap: float, by: date) -> tuple[Panel, ...]:
    """Return how each question stands on a day, in the order in which they were first asked.

    Parameters
    ----------
    cap
        The most missions' worth that the answer of a panel may count for, above 0.
    """
    regimes = tuple(regimes)
    asked: dict[Question, list[Judgement]] = {}
    for each in judgements:
        if each.on <= by:
            asked.setdefault(Question(each.leg, each.asked, each.silent_days), []).append(each)
    return tuple(
        _panel(question, rows, latest_begin(regimes, question.leg, by), cap) for question, rows in asked.items()
    )


def _panel(question: Question, rows: list[Judgement], since: date | None, cap: float) -> Panel:
    current = [each for each in rows if since is None or each.on >= since]
    if not current:
        experts = tuple(sorted({each.expert for each in rows}))
        return Panel(question, Standing.ASK_AGAIN, experts, experts, on=max(each.on for each in rows))
    experts = tuple(sorted({each.expert for each in current}))
    on = max(each.on for each in current)
    first, second = _latest(current, 1), _latest(current, 2)
    waiting = tuple(expert for expert in experts if expert not in first)
    if waiting:
        return Panel(question, Standing.FIRST_ROUND, experts, waiting, on=on)
    shown = tuple(sorted((standard(answer) for answer in first.values()), key=lambda each: (each.best, each)))
    waiting = tuple(expert for expert in experts if expert not in second)
    if waiting:
        return Panel(question, Standing.SECOND_ROUND, experts, waiting, shown, on=on)
    together = mean_of(standard(answer) for answer in second.values())
    return Panel(question, Standing.SIGNED, experts, (), shown, together, belief_of(together, cap), on)


def _latest(rows: Iterable[Judgement], number: int) -> dict[str, Estimate]:
    """Return the last answer of each person in a round; an answer of the second round counts once it is signed."""
    found: dict[str, Estimate] = {}
    for each in sorted(rows, key=lambda row: row.on):
        if each.round == number and each.estimate is not None and (number == 1 or each.signed):
            found[each.expert] = each.estimate
    return found


def mean_of(answers: Iterable[Spread]) -> Spread:
    """Return the mean of some answers, each with the same weight.

    Raises
    ------
    ValueError
        If there is none.
    """
    listed = list(answers)
    if not listed:
        raise ValueError("the mean of no answers")
    return Spread(*(float(np.mean(part)) for part in zip(*listed, strict=True)))


def belief_of(answer: Spread, cap: float) -> Stated:
    """Return the Beta whose tenth, fiftieth and ninetieth percentiles come nearest to an answer, no heavier than the cap.

    Nearest in the angle asin(sqrt(chance)), by least squares; its weight lies between 1/2 and the cap.
    """
    wanted = _angle(np.array(answer))
    middle = min(max(answer.best, _AWAY_FROM_ENDS), 1.0 - _AWAY_FROM_ENDS)
    most = max(cap, 2.0 * _LEAST_WEIGHT)
    bounds = ([-12.0, np.log(_LEAST_WEIGHT)], [12.0, np.log(most)])

    def off(point: NDArray[np.float64]) -> NDArray[np.float64]:
        mean, weight = expit(point[0]), np.exp(point[1])
        return _angle(betaincinv(mean * weight, (1.0 - mean) * weight, [0.1, 0.5, 0.9])) - wanted

    start = [logit(middle), np.log(max(_LEAST_WEIGHT * 1.1, most * 0.8))]
    found = least_squares(off, start, bounds=bounds, xtol=1e-10, ftol=1e-12)
    return Stated(float(expit(found.x[0])), min(cap, float(np.exp(found.x[1]))))


def _angle(chance: NDArray[np.float64]) -> NDArray[np.float64]:
    found: NDArray[np.float64] = np.arcsin(np.sqrt(np.clip(chance, 0.0, 1.0)))
    return found


def judged(found: Iterable[Panel], leg: str, asked: Asked) -> Panel | None:
    """Return the signed panel on a chance of a leg; a question about any leg answers for legs that nobody was asked about."""
    signed = [each for each in found if each.standing is Standing.SIGNED and each.question.asked is asked]
    for wanted in (leg, None):
        for each in signed:
            if each.question.leg == wanted:
                return each
    return None


def silences(found: Iterable[Panel], leg: str) -> dict[int, float]:
    """Return the signed chances that a silent group was intercepted, by days of silence: of the leg, else of any leg."""
    signed = [
        each
        for each in found
        if each.standing is Standing.SIGNED and each.question.asked is Asked.SILENT and each.belief
    ]
    own = dict(_by_days(signed, leg))
    return own or dict(_by_days(signed, None))


def _by_days(signed: Iterable[Panel], leg: str | None) -> Iterator[tuple[int, float]]:
    for each in signed:
        if each.question.leg == leg and each.question.silent_days is not None and each.belief is not None:
            yield each.question.silent_days, each.belief.value
