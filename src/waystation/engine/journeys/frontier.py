"""The frontier: plans that no other beats in arrival, harm, expected cost and expected days at once.

Only supported plans, the vertices: each is the best for some exchange rates between the four. A point between two vertices is a
plan that tosses a coin, and nobody tosses a coin over people.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from itertools import product
from typing import overload

import numpy as np
from numpy.typing import NDArray

from waystation.engine.journeys.errors import CertificateError
from waystation.engine.journeys.kernels.batch import Questions
from waystation.engine.journeys.policy import Policy
from waystation.engine.journeys.process import Process
from waystation.engine.journeys.sandwich import Sandwich
from waystation.engine.journeys.solve import Solver
from waystation.engine.journeys.weights import Answers, answer
from waystation.kernel import BadInputError

Floats = NDArray[np.float64]
_AT_ONCE = 32
_NUDGE = 1e-6
_SAME = 1e-12
_LARGEST_LOSS = 1e-9
_NO_RANGE = 1e-8
_FAR_OFF, _MOST_GUESSES = 0.01, 3
_PARTS = {2: 25, 3: 4, 4: 3}
"""Into how many parts a weight of 1 is divided at first, by the number of objectives."""


class Objective(StrEnum):
    """What a plan can be good at: more arrival, less of the others."""

    ARRIVE = "arrive"
    HARM = "harm"
    COST = "cost"
    DAYS = "days"


@dataclass(frozen=True, eq=False)
class Vertex:
    """A supported plan.

    Attributes
    ----------
    arrive, harm
        Chances.
    cost_expected, days_expected
        Means of all journeys, those that fail as well: minor units, and days until they end.
    weights
        Exchange rates for which no plan is better: what is gained by a unit more arrival, and by a unit less harm, a minor unit
        less and a day less; 0 for what is no objective.
    policy
        Without money in the state.
    """

    arrive: float
    harm: float
    cost_expected: float
    days_expected: float
    weights: tuple[float, float, float, float]
    policy: Policy = field(repr=False)

    @property
    def gains(self) -> Floats:
        """What is to be had more of: arrival, and less harm, cost and days, ``(4,)``."""
        return np.array([self.arrive, -self.harm, -self.cost_expected, -self.days_expected])


@dataclass(frozen=True, eq=False)
class Frontier(Sequence[Vertex]):
    """Supported plans, the likeliest arrival first, none beaten by another in every objective.

    Attributes
    ----------
    vertices
        The plans.
    gap
        No supported plan lies further than this outside what these dominate together (mixtures of them included), in objectives
        scaled by their ranges: at most the tolerance, unless the cap on vertices ended the search.
    solved
        How many weights were solved.
    """

    vertices: tuple[Vertex, ...]
    gap: float
    solved: int

    @overload
    def __getitem__(self, index: int) -> Vertex: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Vertex]: ...
    def __getitem__(self, index: int | slice) -> Vertex | Sequence[Vertex]:
        return self.vertices[index]

    def __len__(self) -> int:
        return len(self.vertices)

    def __iter__(self) -> Iterator[Vertex]:
        return iter(self.vertices)


def frontier(
    process: Process,
    *,
    tolerance: float = 1e-4,
    objectives: Sequence[Objective] = tuple(Objective),
    most: int | None = None,
) -> Frontier:
    """Find the supported plans for two or more objectives, to a tolerance.

    Parameters
    ----------
    process
        Money is not in the state here: a budget caps what a single journey spends, the frontier weighs what all spend on average.
    tolerance
        In objectives scaled by their ranges between the plans that are best in one of them, at least 1e-9.
    most
        How many vertices are looked for; by default 64, or for two objectives as many as there are.

    Raises
    ------
    BadInputError
        If there are fewer than two objectives, one is named twice, or the tolerance is too small.
    CertificateError
        If the forward pass does not confirm a solution.

    Notes
    -----
    A sandwich: every facet of what the plans found dominate is the next weights to solve, the widest gap to the outer bound
    first, 32 in one sweep, until no gap is wider than the tolerance. The plans that are best in one objective alone are made
    unique by giving the others a weight of 1e-6 or less. Two objectives: O(1 / sqrt(tolerance)) weights. Four: up to the cap.
    """
    if len(objectives) < 2 or len(set(objectives)) < len(objectives):
        raise BadInputError("a frontier needs two or more different objectives")
    if not tolerance >= 1e-9:
        raise BadInputError("a tolerance below 1e-9 is finer than the arithmetic")
    if most is None:
        most = 10_000 if len(objectives) == 2 else 64
    return _Search(process, tuple(objectives), tolerance, most).run()


@dataclass(frozen=True, eq=False)
class _Candidate:
    """A plan that is best for some exchange rates, ``(4,)``, one of several answers; counted only when asked what it gains."""

    rates: Floats
    answers: Answers
    k: int

    @property
    def value(self) -> float:
        """What it gains in all, at its rates."""
        return float(self.answers.values[self.k])

    @cached_property
    def gains(self) -> Floats:
        """What it gains in each of the four, ``(4,)``."""
        counted = self.answers.count(self.k)
        days = self.answers.solver.process.day(float(counted.slots[0]))
        return np.array([counted.arrive[0], -counted.harm[0], -counted.cost[0], -days])

    def vertex(self) -> Vertex:
        """Return it with its policy, which is not copied before."""
        arrive, harm, cost, days = (self.gains * [1.0, -1.0, -1.0, -1.0] + 0.0).tolist()
        rates: tuple[float, float, float, float] = tuple(self.rates.tolist())
        return Vertex(arrive, harm, cost, days, rates, self.answers.policy(self.k))


class _Search:
    """One search. Gains are arrival, and harm, cost and days with a minus; objectives are ``(gains - origin) / scale``."""

    def __init__(self, process: Process, objectives: tuple[Objective, ...], tolerance: float, most: int) -> None:
        self.solver, self.tolerance, self.most = Solver(process), tolerance, most
        self.columns = [list(Objective).index(each) for each in objectives]
        self.scale, self.origin = np.ones(len(objectives)), np.zeros(len(objectives))
        self.nudge = max(1e-9, min(_NUDGE, 0.01 * tolerance))
        self.found: list[Vertex] = []
        self.closed: set[bytes] = set()
        self.solved = 0

    def run(self) -> Frontier:
        sandwich = self._begin()
        while len(self.found) < self.most:
            gaps, weights = sandwich.gaps(), sandwich.weights
            order = np.argsort(-gaps, kind="stable")
            wide = [weights[k] for k in order if gaps[k] > self.tolerance and _name(weights[k]) not in self.closed]
            if not wide:
                break
            self._close(sandwich, np.array(wide[:_AT_ONCE]))
        kept = sorted(self._undominated(), key=lambda each: (-each.arrive, each.harm, each.cost_expected))
        return Frontier(tuple(kept), max(0.0, float(sandwich.gaps().max())), self.solved)

    def _begin(self) -> Sandwich:
        """Find the plans that are best in one objective, of equals those that are best in the others, and a fan of more.

        The scale is guessed first. Only where it was far too large is all this done again: what differs little would be lost in
        rounding.
        """
        d = len(self.columns)
        single = np.eye(d)
        weights = np.vstack([single, self._nudged(np.vstack([single, _fan(d)]))])
        guess = self._guess()[self.columns]
        for _ in range(_MOST_GUESSES):
            self.scale = guess
            solved = self._solve(weights)
            alone, (first, *others) = solved[:d], solved[d:]
            best = np.array([each.value for each in alone]) * guess
            self._rescale(np.array([each.gains[self.columns] for each in (first, *others[: d - 1])]))
            if (self.scale > _FAR_OFF * guess).all():
                break
            guess = self.scale
        self.found.append(first.vertex())
        sandwich = Sandwich(self._objectives(first.gains), (best - self.origin) / self.scale)
        for k, candidate in enumerate(others, start=1):
            self._take_in(sandwich, candidate, _SAME if k < d else self.tolerance)
        return sandwich

    def _guess(self) -> Floats:
        """Return what is much of each objective, by order of magnitude."""
        process = self.solver.process
        return np.array(
            [1.0, 1.0, max(1.0, 3.0 * float(process.moves.fee.max(initial=0))), process.day(process.slots) / 3.0]
        )

    def _close(self, sandwich: Sandwich, weights: Floats) -> None:
        """Solve for the weights of some facets, and take in what lies beyond them.

        Weights of 0 leave ties: there the plan for weights next to them comes first.
        """
        self.closed.update(map(_name, weights))
        at_edge = self._nudged(weights[weights.min(axis=1) < self.nudge])
        for candidate in (*self._solve(at_edge), *self._solve(weights)):
            self._take_in(sandwich, candidate, self.tolerance)

    def _take_in(self, sandwich: Sandwich, candidate: _Candidate, least: float) -> None:
        """Bound what lies beyond by the value of a plan, and take it in if it is better than all that were found by ``least``."""
        rates = candidate.rates[self.columns]
        total = float(rates @ self.scale)
        weights, score = rates * self.scale / total, (candidate.value - float(rates @ self.origin)) / total
        sandwich.bound(weights, score)
        gain = score - sandwich.level(weights)
        if gain * total < -_LARGEST_LOSS * max(1.0, abs(candidate.value)):
            message = f"a sweep comes {-gain * total:.3g} short of a plan that was found before"
            raise CertificateError(message)
        if gain > least and len(self.found) < self.most:
            sandwich.add(self._objectives(candidate.gains))
            self.found.append(candidate.vertex())

    def _solve(self, weights: Floats) -> list[_Candidate]:
        """Return the best plan for each row of weights of the objectives."""
        found: list[_Candidate] = []
        for first in range(0, len(weights), _AT_ONCE):
            found += self._solve_together(weights[first : first + _AT_ONCE])
        return found

    def _solve_together(self, weights: Floats) -> list[_Candidate]:
        process = self.solver.process
        rates = np.zeros((len(weights), 4))
        rates[:, self.columns] = weights / self.scale
        arrive, harm, cost, day = rates.T
        reward = np.tile(arrive, (process.slots + 1, 1))
        answers = answer(self.solver, Questions(reward, -harm, -cost, -day * process.day(1)))
        self.solved += len(weights)
        return [_Candidate(rates[k], answers, k) for k in range(len(weights))]

    def _nudged(self, weights: Floats) -> Floats:
        """Return weights none of which is 0."""
        nudged: Floats = weights * (1.0 - self.nudge * len(self.columns)) + self.nudge
        return nudged

    def _objectives(self, gains: Floats) -> Floats:
        objectives: Floats = (gains[self.columns] - self.origin) / self.scale
        return objectives

    def _rescale(self, gains: Floats) -> None:
        spread = np.ptp(gains, axis=0)
        self.scale = np.where(spread > _NO_RANGE * np.maximum(1.0, np.abs(gains).max(axis=0)), spread, self.scale)
        self.origin = gains.min(axis=0)

    def _undominated(self) -> list[Vertex]:
        points = np.array([self._objectives(each.gains) for each in self.found])
        return [
            vertex
            for k, vertex in enumerate(self.found)
            if not any(
                (other >= points[k] - _SAME).all() and ((other > points[k] + _SAME).any() or j < k)
                for j, other in enumerate(points)
                if j != k
            )
        ]


def _fan(d: int) -> Floats:
    """Return some dozen weights of d objectives, spread evenly, without the single ones."""
    parts = _PARTS[d]
    spread = [each for each in product(range(parts), repeat=d) if sum(each) == parts]
    return np.array(spread) / parts


def _name(weights: Floats) -> bytes:
    """Return what tells weights from others, rounding aside."""
    return (np.round(weights, 11) + 0.0).tobytes()
