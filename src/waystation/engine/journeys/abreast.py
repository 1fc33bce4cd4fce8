"""A process laid out for the fastest sweep: four levels abreast, every offset worked out beforehand."""

import numpy as np
from numpy.typing import NDArray

from waystation.engine.journeys.kernels.arrays import Abreast, Arrays
from waystation.engine.journeys.kernels.lanes import LANES, OFFSET
from waystation.engine.journeys.process import Process

_MOST_DENSE_LEVELS = 64


def abreast(process: Process, arrays: Arrays) -> Abreast:
    """Lay a process out four levels abreast, from its layout for the other sweeps."""
    C = process.joint_levels
    width = -(-C // LANES) * LANES
    first, duration_start, duration_chance = _without_gaps(arrays)
    onward = arrays.ring_start[arrays.target] + first
    led_back = arrays.ring_start[arrays.back]
    return Abreast(
        slots=arrays.slots,
        width=width,
        joint_steps=_joint_steps(process, width),
        sizes=arrays.sizes,
        steps=arrays.steps,
        destination=arrays.destination,
        may_wait=arrays.may_wait,
        may_stop=arrays.may_stop,
        earliest=arrays.earliest,
        looked_at_from=arrays.looked_at_from,
        latest=arrays.latest,
        ring_start=arrays.ring_start.astype(np.int64),
        move_start=arrays.move_start,
        open_slot=arrays.open_slot,
        stays=padded(1.0 - arrays.discovered, width),
        passed=padded(np.where(arrays.open_level, arrays.passed, np.nan), width),
        turned_back=padded(arrays.turned_back, width),
        asked=padded(arrays.asked, width),
        is_asked=arrays.is_asked,
        onward=_offsets(onward, width),
        # Where nobody is turned back, any row will do.
        back=_offsets(np.where(arrays.turns_back, led_back + first, onward), width),
        refused=_offsets(np.where(arrays.longer < 0, led_back + 1, arrays.longer), width),
        is_longer=arrays.longer >= 0,
        duration_start=duration_start.astype(OFFSET),
        duration_chance=duration_chance,
    )


def _without_gaps(arrays: Arrays) -> tuple[NDArray[np.int32], NDArray[np.int64], NDArray[np.float64]]:
    """Return the least slots each move lasts, ``(M,)``, and the chance of these and of every number of slots up to the most.

    Move m has the chances ``start[m] <= k < start[m + 1]``; what it never lasts has the chance 0.
    """
    start, slots = arrays.duration_start, arrays.duration_slots
    first, last = slots[start[:-1]], slots[start[1:] - 1]
    dense_start = np.concatenate([[0], np.cumsum(last - first + 1)]).astype(np.int64)
    move = np.repeat(np.arange(len(first)), np.diff(start))
    chance = np.zeros(int(dense_start[-1]))
    chance[dense_start[move] + slots - first[move]] = arrays.duration_chance
    return first, dense_start, chance


def _joint_steps(process: Process, width: int) -> NDArray[np.float64]:
    """Return the joint chain of each slot, ``[t, z, c]`` padded and flattened, while that is small; else of no slot."""
    C = process.joint_levels
    if C > _MOST_DENSE_LEVELS:
        return np.zeros(0)
    joint = np.ones((process.slots, 1, 1))
    for step in process.steps:
        size = joint.shape[1] * step.shape[1]
        joint = (joint[:, :, None, :, None] * step[:, None, :, None, :]).reshape(process.slots, size, size)
    steps = np.zeros((process.slots, width, width))
    steps[:, :C, :C] = joint.transpose(0, 2, 1)
    return steps.ravel()


def padded(by_level: NDArray[np.float64], width: int) -> NDArray[np.float64]:
    """Return rows by level, ``(R, C)``, padded with zeros to the width and flattened, ``(R * width,)``."""
    wide = np.zeros((len(by_level), width))
    wide[:, : by_level.shape[1]] = by_level
    return wide.ravel()


def _offsets(rows: NDArray[np.integer], width: int) -> NDArray[np.uint64]:
    return (rows.astype(np.int64) * width).astype(OFFSET)
