"""The conditions that several parties share: all that any of them keeps, and one path of them for everybody."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from waystation.engine.journeys.errors import UnusableModelError
from waystation.engine.journeys.process import Process

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Weather:
    """Conditions by id, each with the names of its levels, its chances at slot 0, ``(K,)``, and its steps, ``(T, K, K)``.

    Each starts and moves independently of the others.
    """

    levels: dict[str, tuple[str, ...]]
    start: dict[str, Floats]
    steps: dict[str, Floats]

    @property
    def sizes(self) -> list[int]:
        """How many levels each condition has."""
        return [len(names) for names in self.levels.values()]

    def joint_start(self) -> Floats:
        """Return the chance of each joint level at slot 0, ``(C,)``; the last condition counts fastest."""
        joint = np.ones(1)
        for chances in self.start.values():
            joint = np.multiply.outer(joint, chances).ravel()
        return joint

    def joint_steps(self, slots: int) -> Floats:
        """Return the joint chain of each slot, ``(T, C, C)``."""
        joint = np.ones((slots, 1, 1))
        for step in self.steps.values():
            side = joint.shape[1] * step.shape[1]
            joint = np.einsum("tab,tcd->tacbd", joint, step).reshape(slots, side, side)
        return np.ascontiguousarray(joint)

    def levels_of(self, process: Process, known: Sequence[int], levels: dict[str, Ints]) -> Ints:
        """Return a process's own level, of the conditions known, where each condition stands at the given levels, by name."""
        own: Ints = np.zeros(np.shape(next(iter(levels.values()), np.zeros(1))), dtype=np.int64)
        for k in known:
            name, names = process.conditions[k], process.levels[k]
            place = np.array([names.index(each) for each in self.levels[name]], dtype=np.int64)
            own = own * len(names) + place[levels[name]]
        return own

    def joint_levels(self) -> dict[str, Ints]:
        """Return the level of each condition at each joint level, ``(C,)``."""
        if not self.levels:
            return {}
        indices = np.indices(self.sizes).reshape(len(self.sizes), -1)
        return dict(zip(self.levels, indices, strict=True))

    def paths(self, slots: int, count: int, seed: int) -> dict[str, NDArray[np.int16]]:
        """Draw paths: the level of each condition at the slots 0 to T, ``(count, T + 1)``."""
        rng = np.random.default_rng(seed)
        return {
            name: _path(start, self.steps[name], rng.random((count, slots + 1))) for name, start in self.start.items()
        }


def shared_weather(processes: Iterable[Process]) -> Weather:
    """Return the conditions that any of the processes keeps.

    Raises
    ------
    UnusableModelError
        If two of them do not tell the same of a condition.
    """
    weather = Weather({}, {}, {})
    for process in processes:
        for k, name in enumerate(process.conditions):
            start = _start(process, k)
            known = weather.levels.get(name)
            if known is None:
                weather.levels[name], weather.start[name] = process.levels[k], start
                weather.steps[name] = process.steps[k]
            elif known != process.levels[k] or not np.allclose(weather.start[name], start, rtol=0.0, atol=1e-12):
                message = f"two parties are told different things of {name}; they must leave on the same day"
                raise UnusableModelError(message)
    return weather


def _start(process: Process, condition: int) -> Floats:
    """Return the chances of a condition's levels at slot 0, ``(K,)``."""
    if process.memory is not None:
        forecast: Floats = process.memory.forecast[condition][0]
        return forecast
    joint = process.start_chance.reshape([len(names) for names in process.levels])
    chances: Floats = joint.sum(axis=tuple(axis for axis in range(joint.ndim) if axis != condition))
    return chances


def _path(start: Floats, steps: Floats, draws: Floats) -> NDArray[np.int16]:
    path = np.zeros(draws.shape, dtype=np.int16)
    path[:, 0] = _drawn(np.cumsum(start)[None], draws[:, 0])
    for slot, step in enumerate(np.cumsum(steps, axis=2)):
        path[:, slot + 1] = _drawn(step[path[:, slot]], draws[:, slot + 1])
    return path


def _drawn(rising: Floats, draws: Floats) -> Ints:
    """Return the level each draw falls to: how many of the rising sums it reaches, the last one left out for rounding."""
    level: Ints = np.count_nonzero(draws[:, None] >= rising[..., :-1], axis=1)
    return level
