"""Examples that Storm ships, told again as journeys: Storm reads its own file, the planner its network, the answers agree."""

from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import pytest

from waystation.engine.journeys.planner import plan_journey
from waystation.engine.model import Caps, Network

from .small_journeys import ALONE, START, leg, network
from .storm import MISSING, Storm, is_here

pytestmark = [pytest.mark.oracle, pytest.mark.skipif(not is_here(), reason=MISSING)]
SIDE = 4
SLIP = 0.4
CORRIDORS = ("01", "12", "23", "34", "05", "26", "47", "58", "69", "7A", "8B", "9D", "AC")
"""The corridors of the maze, each by its two ends; D is its target."""


def _shipped(name: str) -> list[str]:
    spec = find_spec("stormpy")
    assert spec is not None
    assert spec.origin is not None
    return [(Path(spec.origin).parent / "examples" / "files" / "mdp" / name).read_text(encoding="utf-8")]


def slippery_grid() -> Network:
    """A grid of 4 x 4; each move slips with chance 0.4, which is to be turned back."""
    cells = {
        (x, y): "origin" if x == y == 1 else "goal" if x == y == SIDE else f"c{x}{y}"
        for x in range(1, SIDE + 1)
        for y in range(1, SIDE + 1)
    }
    legs = [
        leg(f"m{x}{y}{dx + 1}{dy + 1}", name, cells[x + dx, y + dy], turned_back=SLIP)
        for (x, y), name in cells.items()
        for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1))
        if (x + dx, y + dy) in cells and name != "goal"
    ]
    return network(legs)


def maze(start: str) -> Network:
    """The maze of Littman, Cassandra and Kaelbling, entered at one of its thirteen places."""
    names = {start: "origin", "D": "goal"}
    ends = [(names.get(w[0], f"s{w[0]}"), names.get(w[1], f"s{w[1]}")) for w in CORRIDORS]
    both = [*ends, *((b, a) for a, b in ends)]
    return network([leg(f"m{k}", a, b) for k, (a, b) in enumerate(both) if a != "goal"])


def _arrival(journeys: Network, days: int) -> float:
    choice = plan_journey(journeys, ALONE, Caps(days=days), START).choice
    return 0.0 if choice is None else choice.evaluation.arrive


@pytest.mark.parametrize("days", [5, 6, 8, 12, 20])
def test_the_slippery_grid(days: int, storm: Storm) -> None:
    shipped = storm.ask(_shipped("slipgrid.nm"), f'Pmax=? [F<={days} "goal"]', form="prism")
    assert shipped == [pytest.approx(_arrival(slippery_grid(), days), abs=1e-9)]


@pytest.mark.parametrize("moves", [1, 3, 5, 9])
def test_the_maze_from_anywhere(moves: int, storm: Storm) -> None:
    shipped = storm.ask(_shipped("maze_2.nm"), f'Pmax=? [F<={moves + 1} "goal"]', form="prism")
    entries = "0123456789ABC"
    mean = sum(_arrival(maze(entry), moves) for entry in entries) / len(entries)
    assert shipped == [pytest.approx(mean, abs=1e-9)]


def test_six_sure_moves_are_the_closed_form() -> None:
    """Six moves in six days without a slip; and one day short there is no plan."""
    assert _arrival(slippery_grid(), 6) == pytest.approx((1.0 - SLIP) ** 6, abs=1e-12)
    assert _arrival(replace(slippery_grid(), horizon_days=5), 5) == 0.0
