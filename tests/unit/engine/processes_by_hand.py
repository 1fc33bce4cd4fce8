"""Processes from a few legs written by hand, and changes to a process that keep its journey."""

import dataclasses
from collections.abc import Iterable
from typing import Any

import numpy as np

from tests.oracle.small_journeys import ALONE, START, network
from waystation.engine.journeys.build import build
from waystation.engine.journeys.kernels.arrays import Arrays
from waystation.engine.journeys.policy import Policy
from waystation.engine.journeys.process import NO_MONEY, MoneyGrid, Process
from waystation.engine.model import Leg


def process_of(legs: Iterable[Leg], days: float = 3.0, **more: Any) -> Process:
    """Build the journey of one traveller from ``origin`` to ``goal``, a slot a day unless ``slot_hours`` is given."""
    return build(network(legs, **more), ALONE, START, days).process


def with_fees(process: Process, each: int) -> Process:
    """Let everything that costs anything cost the same."""
    moves = dataclasses.replace(
        process.moves, fee=np.sign(process.moves.fee) * each, demand=np.sign(process.moves.demand) * each
    )
    return dataclasses.replace(process, moves=moves, stay_fee=np.sign(process.stay_fee) * each)


def plenty(process: Process, each: int) -> MoneyGrid:
    """Return money enough for a fee and a demand of ``each`` at every slot."""
    return MoneyGrid(each, 2 * process.slots)


def all_matter(arrays: Arrays) -> Arrays:
    """Tell every joint level apart at every place."""
    N, C = arrays.own_level.shape
    every = np.tile(np.arange(C), (N, 1))
    return arrays._replace(
        matters=np.ones_like(arrays.matters),
        own_levels=np.full(N, C),
        own_level=every,
        joint_level=every.copy(),
        lands=np.tile(np.arange(C), (len(arrays.target), 1)),
    )


def act_by_slot(process: Process, *actions: int, grid: MoneyGrid = NO_MONEY) -> Policy:
    """Return the policy that takes the k-th action at slot k wherever the group is."""
    shape = (process.slots, len(process.places), process.joint_levels, grid.steps + 1)
    table = np.zeros(shape, dtype=np.int16)
    for slot, action in enumerate(actions):
        table[slot] = action
    return Policy(table, grid)
