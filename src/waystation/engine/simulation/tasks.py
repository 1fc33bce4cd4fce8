"""The work of a simulation in pieces that may be done anywhere, in any order, by anybody: the answer is the same, bit for bit."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from waystation.engine.simulation.kernels.lives import World
from waystation.engine.simulation.live import Lives, live_runs
from waystation.engine.simulation.replay import Journeys, replay
from waystation.engine.simulation.rule import Rule
from waystation.engine.simulation.script import Script
from waystation.kernel import WaystationError

Told = Callable[[int, int], None]
"""Called with how many pieces are done and how many there are."""


class SimulationCancelledError(WaystationError):
    """Somebody stopped the simulation. There is no answer; ask again for all of it."""


@dataclass(frozen=True, slots=True)
class LiveTask:
    """Runs ``first`` to ``first + count - 1`` of one of some worlds."""

    material: int
    rule: str | Rule
    seed: int
    first: int
    count: int

    def do(self, world: World) -> Lives:
        """Live them."""
        return live_runs(world, self.rule, self.seed, self.first, self.count)


@dataclass(frozen=True, slots=True)
class ReplayTask:
    """Journeys ``first`` to ``first + count - 1`` of one of some scripts."""

    material: int
    seed: int
    first: int
    count: int

    def do(self, script: Script) -> Journeys:
        """Draw them."""
        return replay(script, self.seed, self.first, self.count)


Task = LiveTask | ReplayTask
Material = World | Script
Result = Lives | Journeys
Runner = Callable[[Sequence[Task], Sequence[Material]], Iterator[tuple[int, Result]]]
"""Does tasks on the material each names, and yields the number of a task and its result, in the order in which they are done."""

T = TypeVar("T", Lives, Journeys)


def in_this_process(tasks: Sequence[Task], materials: Sequence[Material]) -> Iterator[tuple[int, Result]]:
    """Do one task after another, here."""
    for number, task in enumerate(tasks):
        yield number, do(task, materials[task.material])


def do(task: Task, material: Material) -> Result:
    """Do one task on its material."""
    return task.do(material)  # type: ignore[arg-type]  # each task names material of its own kind


def gather(
    tasks: Sequence[Task],
    materials: Sequence[Material],
    runner: Runner,
    kind: type[T],
    told: Told | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> list[T]:
    """Let a runner do every task, and return the results in the order of the tasks.

    Parameters
    ----------
    told
        Told after each piece.
    cancelled
        Asked after each piece whether to stop.

    Raises
    ------
    SimulationCancelledError
        If asked to stop; nothing is returned.
    """
    results: dict[int, T] = {}
    for number, result in runner(tasks, materials):
        assert isinstance(result, kind)
        results[number] = result
        if told is not None:
            told(len(results), len(tasks))
        if cancelled is not None and cancelled():
            message = f"the simulation was stopped after {len(results)} of {len(tasks)} pieces"
            raise SimulationCancelledError(message)
    return [results[number] for number in range(len(tasks))]


def pieces(total: int, size: int) -> list[tuple[int, int]]:
    """Return first and count of pieces of ``size`` that make up a total; the last may be smaller."""
    return [(first, min(size, total - first)) for first in range(0, total, size)]
