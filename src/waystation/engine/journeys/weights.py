"""The best policies for many questions at once, and what each of them leads to."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from waystation.engine.journeys.errors import CertificateError
from waystation.engine.journeys.kernels.batch import Questions, answer_all
from waystation.engine.journeys.kernels.count import ARRIVE, COST, HARM, REWARD, SLOTS, count_all
from waystation.engine.journeys.policy import Policy
from waystation.engine.journeys.process import NO_MONEY
from waystation.engine.journeys.solve import Solver
from waystation.kernel import BadInputError

Floats = NDArray[np.float64]
_LARGEST_DIFFERENCE = 1e-9


@dataclass(frozen=True, eq=False)
class Counts:
    """Where n policies lead, each ``(n,)``: two chances; minor units and slots, means of all journeys, as `Questions` says."""

    arrive: Floats
    harm: Floats
    cost: Floats
    slots: Floats


@dataclass(frozen=True, eq=False)
class Answers:
    """The best policies for K questions, without money in the state.

    Attributes
    ----------
    actions
        ``(T, N, C, K) int16``, coded as in `Process`.
    values
        The score of each, ``(K,)``.
    """

    solver: Solver = field(repr=False)
    questions: Questions = field(repr=False)
    actions: NDArray[np.int16]
    values: Floats

    def policy(self, k: int) -> Policy:
        """Return the policy for one question."""
        return Policy(np.ascontiguousarray(self.actions[..., k : k + 1]), NO_MONEY)

    def count(self, *which: int) -> Counts:
        """Count where the policies for some questions lead, by a forward pass each; for all of them where none is named.

        Raises
        ------
        CertificateError
            If what a policy leads to, weighted, is not the value that the sweep promised, within a relative 1e-9.
        """
        chosen = np.array(which or range(len(self.values)), dtype=np.int64)
        counts = np.zeros((len(chosen), 5))
        solver, questions, process = self.solver, self.questions, self.solver.process
        joint, pattern = solver.own_steps
        start, chance = process.start_place, process.start_chance
        count_all(solver.arrays, solver.views, questions, start, chance, joint, pattern, self.actions, chosen, counts)
        parts = [
            counts[:, REWARD],
            counts[:, HARM] * questions.harm[chosen],
            counts[:, COST] * questions.cost[chosen],
            counts[:, SLOTS] * questions.slot[chosen],
        ]
        scale = np.maximum(1.0, np.abs(parts).max(axis=0))
        difference = float((np.abs(np.sum(parts, axis=0) - self.values[chosen]) / scale).max(initial=0.0))
        if difference > _LARGEST_DIFFERENCE:
            message = f"the forward pass differs from the sweep by {difference:.3g}"
            raise CertificateError(message)
        return Counts(counts[:, ARRIVE], counts[:, HARM], counts[:, COST], counts[:, SLOTS])


def answer(solver: Solver, questions: Questions) -> Answers:
    """Return a best policy for each question, from one backward sweep for all.

    Raises
    ------
    BadInputError
        If a reward is below 0, or harm, cost or time is worth more than 0.

    Notes
    -----
    O(T (M D + N C) C K) time for D durations a leg, O(T N C K) memory for the policies.
    """
    process, questions = solver.process, _checked(questions)
    shape = (process.slots, len(process.places), process.joint_levels, len(questions.harm))
    actions = np.empty(shape, dtype=np.int16)
    return Answers(solver, questions, actions, _sweep(solver, questions, actions))


def best_scores(solver: Solver, questions: Questions) -> Floats:
    """Return the score of a best policy for each question, ``(K,)``; the policies themselves are not kept."""
    return _sweep(solver, _checked(questions), np.empty((0, 1, 1, 1), dtype=np.int16))


def _sweep(solver: Solver, questions: Questions, actions: NDArray[np.int16]) -> Floats:
    process = solver.process
    values = np.zeros((process.joint_levels, len(questions.harm)))
    joint, pattern = solver.own_steps
    answer_all(solver.arrays, solver.views, questions, process.start_place, joint, pattern, actions, values)
    scores: Floats = process.start_chance @ values
    return scores


def _checked(questions: Questions) -> Questions:
    if (questions.reward < 0.0).any() or max(each.max(initial=0.0) for each in questions[1:]) > 0.0:
        raise BadInputError("arriving is worth 0 or more, harm, money and time are worth 0 or less")
    return Questions(*(np.ascontiguousarray(each, dtype=np.float64) for each in questions))
