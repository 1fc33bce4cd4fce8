"""The frontier of two objectives against Storm's, which is bounded from inside and from outside: ours must lie between."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from waystation.engine.journeys.build import build
from waystation.engine.journeys.frontier import Frontier, Objective, Vertex, frontier
from waystation.engine.journeys.process import NO_MONEY, Process
from waystation.formats.checker_export import to_drn

from .random_networks import random_case
from .storm import MISSING, is_here

SEEDS = (1, 2, 3, 4, 9, 10, 17, 26)
"""Small ones with a frontier of several plans: Storm takes seconds for each."""
PRECISION = 1e-4
ARRIVE_AND = {
    Objective.HARM: 'multi(Pmax=? [F "arrived"], Pmin=? [F "harmed"])',
    Objective.COST: 'multi(Pmax=? [F "arrived"], R{"cost"}min=? [F "ended"])',
}

pytestmark = pytest.mark.oracle


class Fronts:
    """Storm in a process of its own, asked for frontiers."""

    def __init__(self, folder: Path) -> None:
        self.model = folder / "model.drn"
        program = [sys.executable, str(Path(__file__).with_name("storm_fronts.py")), repr(PRECISION)]
        self.process = subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)

    def ask(self, process: Process, question: str, directions: list[list[float]]) -> tuple[list[float], list[float]]:
        """Return how far the inner and the outer bound reach in each direction."""
        with self.model.open("w", encoding="ascii") as file:
            file.writelines(to_drn(process, NO_MONEY))
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        asked = {"path": str(self.model), "property": question, "directions": directions}
        self.process.stdin.write(json.dumps(asked) + "\n")
        for line in self.process.stdout:
            if line.startswith("ANSWER "):
                reply = json.loads(line.removeprefix("ANSWER "))
                return reply["under"], reply["over"]
        message = "Storm ended without an answer"
        raise RuntimeError(message)


@pytest.fixture(scope="module")
def fronts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fronts]:
    """Storm, started once."""
    if not is_here():
        pytest.skip(MISSING)
    started = Fronts(tmp_path_factory.mktemp("fronts"))
    yield started
    started.process.communicate(timeout=30)


def point(vertex: Vertex, other: Objective) -> tuple[float, float]:
    """Return arrival, and harm or cost in the major unit, as Storm counts them."""
    return vertex.arrive, vertex.harm if other is Objective.HARM else vertex.cost_expected / 100


def directions(found: Frontier, other: Objective) -> list[list[float]]:
    """Return 64 directions from all for arrival to all for little of the other, at the scale of the frontier."""
    scale = np.ptp([point(vertex, other)[1] for vertex in found]) or 1.0
    return [[float(np.cos(at)), float(-np.sin(at) / scale)] for at in np.linspace(0.0, np.pi / 2, 64)]


@pytest.mark.parametrize("other", ARRIVE_AND)
@pytest.mark.parametrize("seed", SEEDS)
def test_the_frontier_lies_between_storms_bounds_in_every_direction(
    seed: int, other: Objective, fronts: Fronts
) -> None:
    case = random_case(seed)
    process = build(case.network, case.group, case.start, case.days).process
    found = frontier(process, objectives=(Objective.ARRIVE, other), tolerance=1e-8)
    assert found.gap <= 1e-8
    ways = directions(found, other)
    under, over = fronts.ask(process, ARRIVE_AND[other], ways)
    ours = (np.array([point(vertex, other) for vertex in found]) @ np.array(ways).T).max(axis=0)
    assert (ours >= np.array(under) - 1e-6).all()
    assert (ours <= np.array(over) + 1e-9).all()
    assert len(found) > 1
    assert (np.array(over) - np.array(under)).max() < 0.01  # the bounds say something
