"""Which single belief would change the plan, and at what value."""

import math
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from waystation.engine.journeys.argument import Alternative, AssumptionKind, Tipping
from waystation.engine.journeys.doubt.assumptions import scale_odds
from waystation.engine.journeys.doubt.posterior import evaluate
from waystation.engine.journeys.process import Process
from waystation.engine.journeys.reasons.ground import Ground, best, best_arrival, legs_taken

Floats = NDArray[np.float64]

_THREADS = 2
_POINTS = 9
_ROUNDS = 5
_HALVINGS = 6
_LEAST_ODDS = 0.01
_NEARLY_SURE = 1.0 - 1e-6
_MARGIN = 1e-9
_MOST_BELOW = 2


def tipping(ground: Ground, alternatives: Sequence[Alternative]) -> tuple[Tipping, ...]:
    """Return the values of single beliefs at which the plan gives way, the nearest to what is believed first.

    Above: the value beyond which the plan as it stands arrives less often than the best plan without the leg the belief is
    about. Below: the value under which the main line of the best plan goes by a leg that this one does not take (looked for
    down to a hundredth of the believed odds, for the two legs that promise most).
    """
    found = [*_above(ground, alternatives), *_below(ground)]
    return tuple(sorted(found, key=lambda each: abs(_log_odds(each.value) - _log_odds(each.assumption.belief.mean))))


def _above(ground: Ground, alternatives: Sequence[Alternative]) -> list[Tipping]:
    against = {each.without: each for each in alternatives if 0.0 < each.arrive < ground.arrive - _MARGIN}
    asked = [
        (number, against[item.id])
        for number, item in enumerate(ground.assumptions.items)
        if item.kind is not AssumptionKind.DISCOVERY and item.id in against
    ]
    if not asked:
        return []
    numbers = [number for number, _ in asked]
    floors = np.array([other.arrive for _, other in asked])
    low = np.array([_log_odds(ground.assumptions.items[number].belief.mean) for number in numbers])
    high = np.full(len(asked), _log_odds(_NEARLY_SURE))
    tips = np.ones(len(asked), dtype=np.bool_)
    for _ in range(_ROUNDS):
        points = low[:, None] + (high - low)[:, None] * np.linspace(0.0, 1.0, _POINTS)
        worse = _arrivals(ground, numbers, _chance(points)) < floors[:, None] - _MARGIN
        tips &= worse.any(axis=1)
        first = np.maximum(np.argmax(worse, axis=1), 1)
        rows = np.arange(len(asked))
        low, high = points[rows, first - 1], points[rows, first]
    return [
        Tipping(
            ground.assumptions.items[number],
            float(_chance(high[row])),
            above=True,
            instead=other.legs,
            arrive=other.arrive,
        )
        for row, (number, other) in enumerate(asked)
        if tips[row]
    ]


def _arrivals(ground: Ground, numbers: Sequence[int], values: Floats) -> Floats:
    """Return the arrival of the plan as it stands while one belief at a time has other values, ``(a, points)``."""
    columns = np.repeat(ground.assumptions.means[:, None], values.size, axis=1)
    rows = np.repeat(np.array(numbers), values.shape[1])
    columns[rows, np.arange(values.size)] = values.ravel()
    found = evaluate(ground.process, ground.assumptions, ground.support, columns)
    return found.arrive.reshape(values.shape)


def _below(ground: Ground) -> Iterable[Tipping]:
    believed = best_arrival(ground.process, ground.grid)
    gains = {}
    for number in _off_the_line(ground):
        item = ground.assumptions.items[number]
        gain = _best_at(ground, number, _scaled(item.belief.mean, _LEAST_ODDS)) - believed
        if gain > _MARGIN:
            gains[number] = gain
    promising = sorted(gains, key=lambda each: -gains[each])[:_MOST_BELOW]
    with ThreadPoolExecutor(_THREADS) as threads:  # the kernels let go of the interpreter
        found = threads.map(lambda number: _tipping_below(ground, number), promising)
        yield from (each for each in found if each is not None)


def _off_the_line(ground: Ground) -> list[int]:
    """Return the beliefs about the interception on legs that are not on the main line."""
    line = {ground.process.moves.leg[move] for move in ground.line}
    return [
        number
        for number, item in enumerate(ground.assumptions.items)
        if item.kind is AssumptionKind.INTERCEPTED and item.id not in line
    ]


def _tipping_below(ground: Ground, number: int) -> Tipping | None:
    """Search for the value under which the main line of the best plan takes the leg; None if not even the lowest does."""
    item = ground.assumptions.items[number]
    low, high = math.log(_LEAST_ODDS), 0.0
    found = None
    for middle in [low, *[math.nan] * _HALVINGS]:
        factor = (low + high) / 2.0 if math.isnan(middle) else middle
        value = _scaled(item.belief.mean, math.exp(factor))
        told = _retold(ground, number, value)
        legs, course = legs_taken(told, best(told, ground.grid))
        if item.id in legs:
            low, found = factor, Tipping(item, value, above=False, instead=legs, arrive=course.evaluation.arrive)
        elif found is None:
            return None
        else:
            high = factor
    return found


def _scaled(chance: float, factor: float) -> float:
    return float(scale_odds(np.array(chance), np.array(factor)))


def _best_at(ground: Ground, number: int, value: float) -> float:
    return best_arrival(_retold(ground, number, value), ground.grid)


def _retold(ground: Ground, number: int, value: float) -> Process:
    values = ground.assumptions.means
    values[number] = value
    return ground.assumptions.retell(ground.process, values)


def _log_odds(chance: float) -> float:
    return math.log(chance / (1.0 - chance))


def _chance(log_odds: Floats) -> Floats:
    chance: Floats = 1.0 / (1.0 + np.exp(-log_odds))
    return chance
