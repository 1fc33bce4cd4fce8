"""How the cost of the likeliest arrival grows with places, slots, levels and money; what caution and a second thread do to it.

``python -m benchmarks.growth`` prints the tables and writes them to ``out/bench/growth.md``; with ``--record`` into
``docs/benchmarks.md`` too. Storm has no part in it.
"""

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from statistics import median
from time import perf_counter, process_time
from typing import Any

import numpy as np

from benchmarks.instances import BUDGET, Size, journey
from benchmarks.keeping import keep
from waystation.engine.journeys.cautious import Bounds, solve_cautious
from waystation.engine.journeys.process import MoneyGrid, Process
from waystation.engine.journeys.solve import Solver

BASE = Size(500, 180, 4)
BIG = Size(5000, 180, 4)
SIZES = (
    *(Size(places, BASE.slots, BASE.levels) for places in (125, 250, 1000, 2000)),
    *(Size(BASE.places, slots, BASE.levels) for slots in (45, 90, 360)),
    *(Size(BASE.places, BASE.slots, levels) for levels in (2, 3, 8, 16, 64)),
)
WIDTH = 0.3
"""How far the bounds of the cautious plan lie from a chance, as a share of it."""
LONGEST = 0.6
THREADED = 4
MONEY_SIZE = Size(500, 60, 3)
MONEY_STEPS = (25, 50, 100, 200, 400)


@dataclass(frozen=True)
class Growth:
    """One size: milliseconds a sweep, million state-actions (a way or a wait, at a slot and level), megabytes it needs.

    ``moved`` are the bytes that each state-action has to be given once a slot, from whichever cache they fit into.
    """

    size: Size
    milliseconds: float
    state_actions: float
    rings: float
    policy: float
    moved: float

    @property
    def rate(self) -> float:
        """Million state-actions a second."""
        return self.state_actions / self.milliseconds * 1e3


def growth(size: Size) -> Growth:
    """Measure one size."""
    process = journey(size)
    solver = Solver(process)
    arrays = solver.arrays
    policy, _ = solver.likeliest_arrival()
    decided = np.minimum(arrays.latest, process.slots - 1) - arrays.earliest + 1
    ways = np.diff(arrays.move_start) + arrays.may_wait
    state_actions = int((np.maximum(decided, 0) * ways * ~process.destination).sum()) * process.joint_levels
    width = -(-process.joint_levels // 4) * 4
    ring = int(arrays.ring_start[-1]) * width * 8
    durations = len(process.moves.duration_slots)
    given = (
        2 * ring
        + len(process.moves) * (2 * width * 8 + 3 * 8 + 1)
        + durations * 8
        + policy.actions.nbytes / process.slots
    )
    return Growth(
        size,
        fastest(solver.likeliest_arrival) * 1e3,
        state_actions / 1e6,
        2 * ring / 1e6,
        policy.actions.nbytes / 1e6,
        given * process.slots / state_actions,
    )


def fastest(solve: Any, clock: Any = process_time) -> float:
    """Return the seconds of the fastest of as many runs as fill `LONGEST`: the least disturbed by what else goes on.

    By default the processor's time, in which a single thread waits for nobody.
    """
    solve()
    seconds: list[float] = []
    while sum(seconds) < LONGEST or len(seconds) < 3:
        begun = clock()
        solve()
        seconds.append(clock() - begun)
    return min(seconds)


def around(process: Process) -> Bounds:
    """Return bounds around every chance of a process."""
    found: dict[str, Any] = {}
    for name in ("intercepted", "turned_back", "asked", "discovered"):
        chance = process.discovered if name == "discovered" else getattr(process.moves, name)
        found |= {f"{name}_low": chance * (1.0 - WIDTH), f"{name}_high": chance * (1.0 + WIDTH * (1.0 - chance))}
    return Bounds(**found)


def money(size: Size) -> str:
    """Return the milliseconds of the whole curve of budgets, policies included, for more and more money steps, as Markdown."""
    process = journey(size)
    lines = ["| money steps | the whole curve | a step | policy |", "|---:|---:|---:|---:|"]
    for steps in MONEY_STEPS:
        solver = Solver(process, MoneyGrid(BUDGET.step * BUDGET.steps // steps, steps))
        milliseconds = fastest(solver.likeliest_by_budget) * 1e3
        policy = solver.likeliest_by_budget()[0].actions.nbytes / 1e6
        lines.append(f"| {steps} | {milliseconds:.3g} ms | {milliseconds / (steps + 1):.2g} ms | {policy:.3g} MB |")
    return "\n".join(lines) + "\n"


def caution(size: Size) -> tuple[float, float]:
    """Return the milliseconds of the plain and of the cautious plan, both laid out anew."""
    process = journey(size)
    bounds = around(process)
    plain = fastest(lambda: Solver(process).likeliest_arrival())
    return plain * 1e3, fastest(lambda: solve_cautious(process, bounds)) * 1e3


def two_threads(size: Size) -> tuple[float, float, float]:
    """Return how many times faster two threads are than one, at best and mostly, and how much more processor time they need.

    Each thread answers its own of `THREADED` questions. How much faster is measured by the clock and takes two idle processors;
    the processor time is what sharing memory and caches costs.
    """
    solvers = [Solver(journey(size, seed)) for seed in range(1, THREADED + 1)]
    with ThreadPoolExecutor(2) as pool:

        def one() -> Any:
            return [solver.likeliest_arrival() for solver in solvers]

        def two() -> Any:
            return list(pool.map(lambda solver: solver.likeliest_arrival(), solvers))

        faster = [fastest(one, perf_counter) / fastest(two, perf_counter) for _ in range(3)]
        return max(faster), median(faster), fastest(two) / fastest(one)


def table(rows: list[Growth]) -> str:
    """Return the growth as Markdown."""
    lines = [
        "| places x slots x levels | a sweep | state-actions | million a second | rings | policy | bytes a state-action |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    lines += [
        f"| {row.size} | {row.milliseconds:.3g} ms | {row.state_actions:.3g} million | {row.rate:.0f} "
        f"| {row.rings:.2g} MB | {row.policy:.2g} MB | {row.moved:.0f} |"
        for row in rows
    ]
    return "\n".join(lines) + "\n"


def report() -> str:
    """Measure everything and return it as Markdown."""
    rows = [growth(size) for size in (BASE, *SIZES, BIG)]
    plain, cautious = caution(BASE)
    best, middle, more = two_threads(BIG)
    return (
        f"{table(rows)}\nWith money, {MONEY_SIZE}:\n\n{money(MONEY_SIZE)}\n"
        f"Likeliest arrival of {BASE}, laid out anew: {plain:.3g} ms; the cautious plan: {cautious:.3g} ms, "
        f"{cautious / plain:.2f} times as long.\n\n"
        f"{THREADED} sweeps of {BIG}: two threads are {best:.3g} times faster than one at best, {middle:.3g} times in the median "
        f"of three, and need {more:.3g} times the processor time ({os.cpu_count()} processors).\n"
    )


def main() -> None:
    """Print what was measured and write it to ``out/bench/growth.md``."""
    found = report()
    keep("growth", found, recorded="--record" in sys.argv[1:])
    print(found)


if __name__ == "__main__":
    main()
