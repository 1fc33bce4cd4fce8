"""A fixed plan over the posterior of the beliefs it rests on: not re-decided, only counted again, draw by draw."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from waystation.engine.journeys.argument import Doubt, Interval, Weight
from waystation.engine.journeys.doubt.assumptions import Assumptions, Dependence, scale_odds
from waystation.engine.journeys.doubt.support import Support
from waystation.engine.journeys.errors import CertificateError
from waystation.engine.journeys.kernels.draws import pass_draws
from waystation.engine.journeys.plan import Evaluation
from waystation.engine.journeys.process import Process

Floats = NDArray[np.float64]

COVERAGE = 0.8
_BATCH = 16
_MOST_KEPT = 8_000_000
_MOST_DIFFERENCE = 1e-9
_QUANTILES = np.linspace(0.0, 1.0, 21)
_MOST_WEIGHTS = 5


@dataclass(frozen=True, eq=False)
class Posterior:
    """A fixed policy under K draws of the beliefs.

    Attributes
    ----------
    values
        The draws, ``(A, K)``.
    arrive, harm, cost
        By draw, ``(K,)``; cost of all journeys in minor units.
    arrived
        Chance of arriving at each slot, ``(T + 1, K)``.
    reach
        Chance of coming to each place by a leg (where ways lead in a circle: how often), ``(N, K)``; of no draw unless states are
        kept.
    chance, fresh
        Chance of each visited state, and the part that has just come by a leg, ``(n, L)`` for the first L <= K draws: as many
        as a plan of this size leaves room for.
    """

    values: Floats
    arrive: Floats
    harm: Floats
    cost: Floats
    arrived: Floats
    reach: Floats
    chance: Floats
    fresh: Floats

    @property
    def neither(self) -> Floats:
        """Chance of neither arrival nor harm by draw, ``(K,)``."""
        return 1.0 - self.arrive - self.harm

    @property
    def slots(self) -> Floats:
        """Mean slot of the journeys that arrive, by draw, ``(K,)``; nan where none does."""
        weighted = np.arange(len(self.arrived)) @ self.arrived
        mean: Floats = np.divide(weighted, self.arrive, out=np.full(len(self.arrive), np.nan), where=self.arrive > 0.0)
        return mean


def evaluate(
    process: Process, assumptions: Assumptions, support: Support, values: Floats, *, keep_states: bool = False
) -> Posterior:
    """Evaluate the policy of a support for each draw of the beliefs, ``values`` ``(A, K)``.

    Parameters
    ----------
    keep_states
        Whether the chance of every state is wanted too; else ``chance`` and ``fresh`` are of no draw.

    Notes
    -----
    O(links K) time. Exact for each draw: only the draws themselves are a sample.
    """
    draws, n = values.shape[1], len(support)
    kept = min(draws, max(1, _MOST_KEPT // max(1, n))) if keep_states else 0
    arrive, harm, cost = np.zeros(draws), np.zeros(draws), np.zeros(draws)
    arrived = np.zeros((process.slots + 1, draws))
    reach = np.zeros((len(process.places), draws if keep_states else 0))
    all_chance, all_fresh = np.zeros((n, kept)), np.zeros((n, kept))
    for first in range(0, draws, _BATCH):
        batch = slice(first, min(draws, first + _BATCH))
        rows = chances_by_row(process, assumptions, support, values[:, batch])
        chance = np.repeat(support.start_chance[:, None], batch.stop - batch.start, axis=1)
        fresh = chance.copy() if keep_states else np.zeros((0, chance.shape[1]))
        landed, hurt, spent = arrived[:, batch].copy(), harm[batch].copy(), cost[batch].copy()
        pass_draws(
            support.kind,
            support.slot,
            support.pair,
            support.paid,
            support.demanded,
            support.start,
            support.target,
            support.weight,
            *rows,
            chance,
            fresh,
            landed,
            hurt,
            spent,
        )
        arrived[:, batch], harm[batch], cost[batch] = landed, hurt, spent
        arrive[batch] = landed.sum(axis=0)
        if keep_states:
            reach[:, batch] = _by_place(support, fresh, len(process.places))
        if first < kept:
            all_chance[:, batch], all_fresh[:, batch] = chance[:, : kept - first], fresh[:, : kept - first]
    return Posterior(values, arrive, harm, cost, arrived, reach, all_chance, all_fresh)


def _by_place(support: Support, fresh: Floats, places: int) -> Floats:
    """Sum the chances of the states of each place, ``(N, K)``."""
    order = np.argsort(support.place, kind="stable")
    visited, first = np.unique(support.place[order], return_index=True)
    sums = np.zeros((places, fresh.shape[1]))
    sums[visited] = np.add.reduceat(fresh[order], first, axis=0)
    return sums


def chances_by_row(
    process: Process, assumptions: Assumptions, support: Support, values: Floats
) -> tuple[Floats, Floats, Floats]:
    """Return the chances of interception or discovery, of turning back and of a demand for each row, ``(P, K)`` each."""
    moves, level = process.moves, support.level_of
    leg = support.move_of >= 0
    wait = support.wait_of >= 0
    shape = (len(level), values.shape[1])
    caught, turned, asked = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    m, c = support.move_of[leg], level[leg]
    caught[leg] = _chances(assumptions.intercepted, values, m, c, moves.intercepted)
    turned[leg] = np.minimum(_chances(assumptions.turned_back, values, m, c, moves.turned_back), 1.0 - caught[leg])
    asked[leg] = _chances(assumptions.asked, values, m, c, moves.asked)
    i, c = support.wait_of[wait], level[wait]
    daily = _chances(assumptions.discovered, values, i, c, np.zeros_like(process.discovered))
    rests = assumptions.discovered.assumption[i] >= 0
    caught[wait] = np.where(rests[:, None], assumptions.slot_chance(daily), process.discovered[i, c][:, None])
    return caught, turned, asked


def _chances(
    dependence: Dependence, values: Floats, row: NDArray[np.int64], level: NDArray[np.int64], kept: Floats
) -> Floats:
    """Return the chances of some rows and levels of a table for each draw, ``(R, K)``."""
    chances = np.repeat(kept[row, level][:, None], values.shape[1], axis=1)
    number = dependence.assumption[row]
    rests = number >= 0
    chances[rests] = scale_odds(values[number[rests]], dependence.factor[row, level][rests, None])
    return chances


def doubt_about(
    process: Process,
    assumptions: Assumptions,
    support: Support,
    expected: Evaluation,
    draws: int,
    seed: int = 0,
    coverage: float = COVERAGE,
    *,
    keep_states: bool = False,
) -> tuple[Doubt, Posterior]:
    """Evaluate a plan over the posterior of its beliefs.

    Parameters
    ----------
    expected
        What the plan leads to while every chance is as believed: the same pass must find it again.
    draws
        At least 2.
    coverage
        The chance that the intervals cover, in (0, 1); as much is left out on either side.
    keep_states
        As for `evaluate`.

    Raises
    ------
    CertificateError
        If the pass over the links differs from the forward pass by more than 1e-9. Nothing is returned.
    """
    believed = evaluate(process, assumptions, support, assumptions.means[:, None])
    difference = max(abs(believed.arrive[0] - expected.arrive), abs(believed.harm[0] - expected.harm))
    if not difference <= _MOST_DIFFERENCE:
        message = f"two forward passes differ by {difference:.3g}; no interval is given"
        raise CertificateError(message)
    posterior = evaluate(process, assumptions, support, assumptions.draw(draws, seed), keep_states=keep_states)
    bounds = (0.5 - coverage / 2.0, 0.5 + coverage / 2.0)
    by_slot = np.quantile(np.cumsum(posterior.arrived, axis=0), bounds, axis=1)
    found = Doubt(
        draws=draws,
        coverage=coverage,
        arrive=interval(posterior.arrive, coverage, expected.arrive),
        harm=interval(posterior.harm, coverage, expected.harm),
        neither=interval(posterior.neither, coverage, expected.neither),
        cost_expected=interval(posterior.cost, coverage, expected.cost_expected),
        days_expected=interval(process.day(1) * posterior.slots, coverage, expected.days_expected),
        arrive_quantiles=tuple(np.quantile(posterior.arrive, _QUANTILES).tolist()),
        arrive_by_slot_low=tuple(by_slot[0].tolist()),
        arrive_by_slot_high=tuple(by_slot[1].tolist()),
        carried_by=_carried_by(assumptions, posterior),
    )
    return found, posterior


def interval(values: Floats, coverage: float, believed: float) -> Interval:
    """Return the mean of draws and bounds that cover at least ``coverage`` of them, as much left out on either side.

    Where few draws are far from all others, what is believed or the mean can lie outside such bounds. They are then widened to
    hold both: a number shown lies within its interval. nan when a draw has no value.
    """
    low, high = np.quantile(values, (0.5 - coverage / 2.0, 0.5 + coverage / 2.0)).tolist()
    mean = float(values.mean())
    return Interval(min(low, mean, believed), mean, max(high, mean, believed))


def _carried_by(assumptions: Assumptions, posterior: Posterior) -> tuple[Weight, ...]:
    """Return the assumptions that carry most of the doubt: the squared correlation of their draws with the arrival.

    The draws are independent, so the shares of a nearly linear arrival sum to nearly 1.
    """
    arrive = posterior.arrive - posterior.arrive.mean()
    values = posterior.values - posterior.values.mean(axis=1, keepdims=True)
    spread = (values**2).sum(axis=1) * (arrive @ arrive)
    shares = np.divide((values @ arrive) ** 2, spread, out=np.zeros(len(values)), where=spread > 0.0)
    noise = 4.0 / len(arrive)  # four times what an assumption without influence would show
    order = [a for a in np.argsort(-shares, kind="stable").tolist() if shares[a] > noise]
    return tuple(Weight(assumptions.items[a], float(shares[a])) for a in order[:_MOST_WEIGHTS])
