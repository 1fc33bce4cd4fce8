"""The forward pass: follow a policy slot by slot and count where it leads, exactly.

What it counts is the certificate of what the backward sweep promised.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from waystation.engine.journeys.errors import PolicyMismatchError
from waystation.engine.journeys.kernels.arrays import Arrays
from waystation.engine.journeys.kernels.regional_walk import regional_walk
from waystation.engine.journeys.kernels.walk import ARRIVED, CHANCE, FRESH, HARMED, NEITHER, walk
from waystation.engine.journeys.layout import prepare
from waystation.engine.journeys.plan import Evaluation
from waystation.engine.journeys.policy import Policy
from waystation.engine.journeys.process import Process
from waystation.engine.journeys.views import knowledge

_MOST_DENSE_LEVELS = 256
_ROOM = 4096
"""Up to so many joint levels their chain is one matrix, which is quicker."""

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Visits:
    """Every state a policy passes, in the order of slots; all arrays ``(n,)``.

    Attributes
    ----------
    slot, place, level, left
        Slot, place index, joint level, money steps left.
    action
        What is done there, coded as in `Process`; -1 at a destination and when time is out.
    chance
        Of being there.
    fresh
        The part of it that has just come by a leg, rather than waited, been turned back or refused a demand.
    cost
        Chance times minor units spent.
    spent
        The most minor units that any journey has spent there.
    number
        0 to n - 1; a state keeps its number when some are picked out.
    """

    slot: Ints
    place: Ints
    level: Ints
    left: Ints
    action: Ints
    chance: Floats
    fresh: Floats
    cost: Floats
    spent: Ints
    number: Ints


@dataclass(frozen=True, eq=False)
class Course:
    """Where a policy leads: its evaluation and the states it passes."""

    evaluation: Evaluation
    visits: Visits


def follow(process: Process, policy: Policy, arrays: Arrays | None = None) -> Course:
    """Follow a policy from the start and count what it leads to.

    Parameters
    ----------
    arrays
        `prepare` of the process and the policy's money grid, if it is at hand.

    Raises
    ------
    PolicyMismatchError
        If the policy's shape does not fit the process, or it takes an action that is not open or not affordable.

    Notes
    -----
    O(transitions under the policy) time; memory for the states it passes and for the few slots it looks ahead, not for all slots.
    Occupancy measures: Puterman (2005), section 6.9.
    """
    states = (len(process.places), process.joint_levels, policy.grid.steps + 1)
    if policy.actions.shape != (process.slots, *states):
        message = f"a policy of shape {policy.actions.shape} does not fit a process of shape {(process.slots, *states)}"
        raise PolicyMismatchError(message)
    arrays = prepare(process, policy.grid, by_region=True) if arrays is None else arrays
    reach = max(1, int(np.diff(arrays.ring_start).max()) - 1)
    mass = np.zeros((reach + 1, *states, 4))
    mass[0, process.start_place, :, -1, CHANCE] = mass[0, process.start_place, :, -1, FRESH] = process.start_chance
    arrived, ends = np.zeros(process.slots + 1), np.zeros((3, 3))
    is_dense = process.memory is None and process.joint_levels <= _MOST_DENSE_LEVELS
    knows = None if is_dense else knowledge(process)
    passed, numbers = np.zeros((_ROOM, 5), dtype=np.int32), np.zeros((_ROOM, 4))
    slot, noted = 0, 0
    while True:
        rest = (policy.actions, reach, slot, noted, mass, passed, numbers, arrived, ends)
        slot, noted = walk(arrays, *rest) if knows is None else regional_walk(arrays, knows, *rest)
        if slot < 0:
            message = f"at slot {-1 - slot} the policy takes an action that is closed or cannot be paid"
            raise PolicyMismatchError(message)
        if slot > process.slots:
            return Course(_evaluation(process, arrived, ends), _visits(passed[:noted], numbers[:noted]))
        passed, numbers = (np.concatenate([each, np.zeros_like(each)]) for each in (passed, numbers))


def _visits(passed: NDArray[np.int32], numbers: Floats) -> Visits:
    slot, place, level, left, action = passed.T.astype(np.int64)
    chance, fresh, cost, spent = numbers.T.copy()
    return Visits(slot, place, level, left, action, chance, fresh, cost, spent.astype(np.int64), np.arange(len(slot)))


def _evaluation(process: Process, arrived: Floats, ends: Floats) -> Evaluation:
    arrive = float(ends[ARRIVED, 0])
    cumulative = np.cumsum(arrived)
    mean_slot = float(np.arange(len(arrived)) @ arrived) / arrive if arrive > 0.0 else np.nan
    late = int(np.searchsorted(cumulative, 0.9 * arrive * (1.0 - 1e-12)))
    return Evaluation(
        arrive=arrive,
        harm=float(ends[HARMED, 0]),
        neither=float(ends[NEITHER, 0]),
        cost_expected=float(ends[:, 1].sum()),
        cost_expected_arrived=float(ends[ARRIVED, 1]) / arrive if arrive > 0.0 else np.nan,
        cost_max=int(ends[:, 2].max()),
        days_expected=process.day(mean_slot),
        days_p90=process.day(late) if arrive > 0.0 else np.nan,
        arrive_by_slot=tuple(cumulative.tolist()),
    )
