"""What is argued about: one plan, what it stands on, and the best that could be done if something were otherwise."""

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from waystation.engine.journeys.doubt.assumptions import Assumptions
from waystation.engine.journeys.doubt.support import Support
from waystation.engine.journeys.follow import Course, follow
from waystation.engine.journeys.main_line import legs_of, main_line
from waystation.engine.journeys.policy import Policy
from waystation.engine.journeys.process import NO_MONEY, MoneyGrid, Process
from waystation.engine.journeys.solve import Solver
from waystation.engine.model import Caps, Group, Network

Rebuild = Callable[[Network, Group, Caps], Process]
"""Build the journey's process anew from a network, a group and caps that are a little different."""


@dataclass(frozen=True, eq=False)
class Ground:
    """One plan and all it stands on.

    Attributes
    ----------
    caps
        The caps in force, in the network's currency.
    grid
        The money grid of the plan; `NO_MONEY` where no budget binds.
    assumptions, support
        The beliefs the process rests on; the states the plan passes.
    """

    network: Network
    group: Group
    caps: Caps
    process: Process
    grid: MoneyGrid
    assumptions: Assumptions
    course: Course
    support: Support
    rebuild: Rebuild

    @property
    def arrive(self) -> float:
        """The plan's chance of arrival."""
        return self.course.evaluation.arrive

    @property
    def line(self) -> tuple[int, ...]:
        """The moves of the plan's main line."""
        return main_line(self.process, self.course.visits)


@dataclass(frozen=True, eq=False)
class Best:
    """The likeliest arrival of a process, and a policy that attains it."""

    arrive: float
    policy: Policy


def best(process: Process, grid: MoneyGrid) -> Best:
    """Return the likeliest arrival within the money; without money in the state, ties are broken as in the safest plan."""
    solver = Solver(process, grid)
    if grid is NO_MONEY:
        solution = solver.solve()
        return Best(solution.arrive, solution.policy)
    policy, curve = solver.likeliest_by_budget()
    return Best(float(curve[-1]), policy)


def best_arrival(process: Process, grid: MoneyGrid) -> float:
    """Return the likeliest arrival within the money, by the quickest sweep there is."""
    solver = Solver(process, grid)
    return solver.likeliest_arrival()[1] if grid is NO_MONEY else float(solver.arrival_by_budget()[-1])


def legs_taken(process: Process, found: Best) -> tuple[tuple[str, ...], Course]:
    """Return the legs of a policy's main line, and where it leads."""
    course = follow(process, found.policy)
    return legs_of(process, main_line(process, course.visits)), course


def without_leg(process: Process, leg: str) -> Process:
    """Return the process with a leg closed, alone and in company."""
    closed = np.array([each == leg for each in process.moves.leg], dtype=np.bool_)
    return _with_slots(process, process.moves.open_slot & ~closed[:, None])


def without_waiting(process: Process, place: str) -> Process:
    """Return the process in which nobody waits at a place."""
    there = np.array([each == place for each in process.places], dtype=np.bool_)
    return dataclasses.replace(process, may_wait=process.may_wait & ~there)


def staying_at_first(process: Process, slots: int) -> Process:
    """Return the process in which the group cannot leave its start before slot ``slots``."""
    early = np.arange(process.slots) < slots
    leaving = process.moves.source == process.start_place
    return _with_slots(process, process.moves.open_slot & ~(leaving[:, None] & early))


def _with_slots(process: Process, open_slot: NDArray[np.bool_]) -> Process:
    return dataclasses.replace(process, moves=dataclasses.replace(process.moves, open_slot=open_slot))
