"""The measurements: the planner and Storm in turn, each in its own process, on the same journeys."""

import subprocess
import sys
from dataclasses import dataclass, field
from importlib.util import find_spec
from statistics import median
from time import perf_counter
from typing import Any

from benchmarks.instances import FRONTIER_PRECISION, SIZES
from benchmarks.storm_settings import ALL_SETTINGS, BOUND_SETTINGS, FRONTIER_SETTINGS
from benchmarks.wire import ROOT, Worker

SAME = 1e-9
REPEATS = {"small": 9, "middle": 7, "large": 3}
BOUND_REPEATS = {"small": 3, "middle": 2}
FRONTIER_REPEATS = {"small": 3, "middle": 2}


@dataclass
class Comparison:
    """One question to both programs: seconds of each run, in turn, and their difference in the answer.

    ``peak_mb`` is the most memory of the whole process so far, ``journey_mb`` what of it was not there before the journey.
    """

    size: str
    question: str
    ours: list[float] = field(default_factory=list)
    theirs: list[float] = field(default_factory=list)
    settings: str = ""
    difference: float = 0.0
    our_peak_mb: float = 0.0
    their_peak_mb: float = 0.0
    our_journey_mb: float = 0.0
    their_journey_mb: float = 0.0

    @property
    def ratio(self) -> float:
        """How many times longer Storm took: the median over pairs of neighbouring runs."""
        return median(b / a for a, b in zip(self.ours, self.theirs, strict=True))


def compare_with_storm(say: Any) -> tuple[list[Comparison], dict[str, Any]]:
    """Measure every size; return the comparisons and the facts about each instance."""
    comparisons: list[Comparison] = []
    facts: dict[str, Any] = {}
    for size, each in SIZES.items():
        say(f"{each}: building both")
        with Worker("benchmarks.planner_worker", size) as ours, Worker("benchmarks.storm_worker", size) as storm:
            facts[size] = {"planner": ours.facts, "storm": storm.facts}
            say(f"{each}: looking for Storm's fastest settings")
            settings = _fastest(storm, "arrival", ALL_SETTINGS)
            for question in ("arrival", "ties"):
                say(f"{each}: {question}")
                comparisons.append(_in_turn(size, question, ours, storm, f"arrival {settings}", REPEATS[size]))
            if size in BOUND_REPEATS:
                say(f"{each}: budget curve")
                settings = _fastest(storm, "bound", BOUND_SETTINGS)
                comparisons.append(_in_turn(size, "curve", ours, storm, f"bound {settings}", BOUND_REPEATS[size]))
            if size in FRONTIER_REPEATS:
                say(f"{each}: frontier")
                settings = _fastest(storm, "frontier", FRONTIER_SETTINGS)
                repeats, same = FRONTIER_REPEATS[size], 2.0 * FRONTIER_PRECISION
                comparisons.append(_in_turn(size, "frontier", ours, storm, f"frontier {settings}", repeats, same))
    return comparisons, facts


def storm_is_here() -> bool:
    """Whether stormpy is installed."""
    return find_spec("stormpy") is not None


def _fastest(storm: Worker, task: str, settings: tuple[str, ...]) -> str:
    """Return the settings with which Storm is fastest; its answer is held against the planner's later."""
    storm.run(f"{task} {settings[0]}")
    rounds = [{each: storm.run(f"{task} {each}")["seconds"] for each in settings} for _ in range(2)]
    return min(settings, key=lambda each: min(seconds[each] for seconds in rounds))


def _in_turn(
    size: str, question: str, ours: Worker, storm: Worker, theirs: str, repeats: int, same: float = SAME
) -> Comparison:
    found = Comparison(size, question, settings=theirs.split(maxsplit=1)[1])
    ours.run(question)
    for _ in range(repeats):
        mine, other = ours.run(question), storm.run(theirs)
        found.ours.append(mine["seconds"])
        found.theirs.append(other["seconds"])
        found.difference = max(found.difference, abs(mine["value"] - other["value"]))
        found.our_peak_mb, found.their_peak_mb = mine["peak_mb"], other["peak_mb"]
    found.our_journey_mb = found.our_peak_mb - ours.facts["before_mb"]
    found.their_journey_mb = found.their_peak_mb - storm.facts["before_mb"]
    if found.difference > same:
        message = f"{size}, {question}: the programs differ by {found.difference:.3g}; no time is worth anything then"
        raise RuntimeError(message)
    return found


def start_up(repeats: int = 5) -> dict[str, float]:
    """Return the seconds of whole processes of the command, medians; caches warm."""
    program = [sys.executable, "-m", "waystation.cli.main"]
    commands = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "waystation --help": [*program, "--help"],
        "waystation check examples/family-of-five": [*program, "check", "examples/family-of-five"],
        "waystation plan examples/family-of-five": [*program, "plan", "examples/family-of-five", "--group", "family"],
        "waystation plan examples/family-of-five --budget 120000USD": [
            *[*program, "plan", "examples/family-of-five", "--group", "family"],
            *["--budget", "120000USD"],
        ],
    }
    for command in commands.values():
        subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    return {name: median(_seconds(command) for _ in range(repeats)) for name, command in commands.items()}


def _seconds(command: list[str]) -> float:
    begun = perf_counter()
    subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    return perf_counter() - begun
