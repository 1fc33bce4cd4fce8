"""Solves one journey as often as asked: commands on standard input, one line of JSON for each on standard output."""

import sys
from collections.abc import Callable

from benchmarks.instances import BUDGET, FRONTIER_PRECISION, SIZES, journey
from benchmarks.wire import peak_mb, serve, timed
from waystation.engine.journeys.frontier import Objective, frontier
from waystation.engine.journeys.process import NO_MONEY
from waystation.engine.journeys.solve import Solver


def main(size: str) -> None:
    """Serve the commands ``arrival``, ``ties``, ``curve`` and ``frontier``; the first of each also loads the compiled code."""
    before = peak_mb()
    process = journey(SIZES[size])

    free, budgeted = Solver(process, NO_MONEY), Solver(process, BUDGET)

    def arrival() -> float:
        return free.likeliest_arrival()[1]

    def ties() -> float:
        return free.solve().arrive

    def curve() -> float:
        return float(budgeted.likeliest_by_budget()[1][-1])

    def front() -> float:
        found = frontier(process, tolerance=FRONTIER_PRECISION, objectives=(Objective.ARRIVE, Objective.HARM))
        return max(vertex.arrive - vertex.harm for vertex in found)

    commands: dict[str, Callable[[], float]] = {"arrival": arrival, "ties": ties, "curve": curve, "frontier": front}

    def run(command: str) -> dict[str, float]:
        seconds, value = timed(commands[command])
        return {"seconds": seconds, "value": value, "peak_mb": peak_mb()}

    facts = {"states": process.slots * len(process.places) * process.joint_levels, "moves": len(process.moves)}
    serve({"before_mb": before, "ready_mb": peak_mb(), **facts}, run)


if __name__ == "__main__":
    main(sys.argv[1])
