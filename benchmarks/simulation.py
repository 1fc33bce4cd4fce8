"""How fast journeys and organisations are simulated, beside Mesa, SimPy and Flee; write ``out/bench/simulation.md``.

One thread, one run, processor time. With ``--record`` the table in ``docs/method/simulation.md`` is replaced too.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from math import sqrt
from pathlib import Path
from time import process_time

from benchmarks.keeping import keep
from benchmarks.simulation_peers import PEERS, Rules
from benchmarks.twelve_places import twelve_place_journey, twelve_places
from waystation.engine.journeys.build import build
from waystation.engine.journeys.solve import Solver
from waystation.engine.simulation.kernels.organisation import LEFT
from waystation.engine.simulation.live import live_runs
from waystation.engine.simulation.organisation import Organisation
from waystation.engine.simulation.prepare import Planner, prepare
from waystation.engine.simulation.replay import replay
from waystation.engine.simulation.scenario import AS_TODAY
from waystation.engine.simulation.script import ARRIVED, Written, write_script
from waystation.formats import read_folder

JOURNEYS, PEER_JOURNEYS, REPEATS = 400_000, 3000, 5
YEARS, RUNS = 24, 500
LIKE_CALEB = Organisation(requests_per_year=16.0, income_per_year=60_000.0, opening=20_000.0)
"""About fourteen journeys a year, for twenty-four years: the size of a small organisation whose numbers are published."""


@dataclass(frozen=True)
class Rate:
    """How many of something a second of processor time."""

    who: str
    what: str
    rate: float
    computes: str


def fastest(work: Callable[[], object]) -> float:
    """Return the least seconds of a few runs after one that loads what is compiled."""
    work()
    seconds = []
    for _ in range(REPEATS):
        begun = process_time()
        work()
        seconds.append(process_time() - begun)
    return min(seconds)


def journeys() -> list[Rate]:
    """Measure the replay on the twelve places, and the peers on the same process under the same policy."""
    process = twelve_place_journey()
    policy = Solver(process).solve().policy
    begun = process_time()
    written = write_script(process, policy)
    seconds = process_time() - begun
    exact = written.course.evaluation.arrive
    found = []
    for is_compiled, who in ((True, "waystation, compiled"), (False, "waystation, NumPy alone")):
        drawn = replay(written.script, 1, 0, JOURNEYS, compiled=is_compiled)
        _agree(who, drawn.share(ARRIVED), exact, JOURNEYS)
        least = fastest(lambda kind=is_compiled: replay(written.script, 2, 0, JOURNEYS, compiled=kind))  # type: ignore[misc]
        steps = drawn.steps / JOURNEYS
        transitions = f"{len(written.script.steps):,} transitions"
        computes = f"{steps:.1f} steps a journey; the script of {transitions} took {seconds:.2f} s once"
        found.append(Rate(who, "journeys, twelve places", JOURNEYS / least, computes))
    rules = Rules(process, policy)
    for name, run in PEERS.items():
        if find_spec(name.lower()) is None:
            print(f"{name} is not here; `uv sync --group bench` installs it", file=sys.stderr)
            continue
        begun = process_time()
        arrived = run(rules, PEER_JOURNEYS, 1)
        rate = PEER_JOURNEYS / (process_time() - begun)
        _agree(name, arrived / PEER_JOURNEYS, exact, PEER_JOURNEYS)
        found.append(
            Rate(f"{name} {version(name.lower())}", "journeys, twelve places", rate, "the same policy, slot by slot")
        )
    return found


def _agree(who: str, share: float, exact: float, journeys: int) -> None:
    z = (share - exact) / sqrt(exact * (1.0 - exact) / journeys)
    if abs(z) >= 4.0:
        message = f"{who} comes to {share:.5f} where {exact:.5f} is exact ({z:+.1f} standard errors); its speed is worth nothing"
        raise RuntimeError(message)


def organisation() -> Rate:
    """Measure whole organisations, week by week."""
    made = prepare(Planner(twelve_places(), LIKE_CALEB), AS_TODAY, YEARS * 52)
    lives = live_runs(made.world, "first_come", 1, 0, RUNS)
    least = fastest(lambda: live_runs(made.world, "first_come", 2, 0, RUNS))
    missions = float(lives.tallies[:, LEFT].mean()) / YEARS
    computes = (
        f"weekly decisions, queue, money, partners turned; {missions:.1f} journeys a year, each drawn step by step"
    )
    return Rate("waystation, compiled", f"organisation-years, {YEARS} years a run", RUNS * YEARS / least, computes)


def mali() -> list[Rate]:
    """Measure agent-days on the Mali network: the replay of one plan, and Flee in a process of its own."""
    written, days = _mali_script()
    drawn = replay(written.script, 1, 0, JOURNEYS)
    agent_days = float(drawn.slot.sum()) * days
    least = fastest(lambda: replay(written.script, 1, 0, JOURNEYS))
    found = [
        Rate("waystation, compiled", "agent-days, Mali 2012", agent_days / least, "a plan, with its risks, replayed")
    ]
    if find_spec("flee") is None:
        print("Flee is not here; `uv sync --group bench` installs it", file=sys.stderr)
        return found
    program = [sys.executable, "-m", "benchmarks.simulation_flee"]
    flee = json.loads(subprocess.run(program, capture_output=True, text=True, check=True).stdout)
    computes = (
        f"{flee['agents']:,} people for {flee['days']} days by its own rules; {flee['in_camps']:,.0f} then in camps"
    )
    return [*found, Rate(f"Flee {version('flee')}", "agent-days, Mali 2012", flee["rate"], computes)]


def _mali_script() -> tuple[Written, float]:
    network = read_folder(Path("examples/mali")).network
    assert network is not None
    process = build(network, network.groups[0], network.as_of).process
    return write_script(process, Solver(process).solve().policy), process.slot_hours / 24


def table(rates: list[Rate]) -> str:
    """Return the rates as Markdown."""
    lines = ["| program | what | a second | it computes |", "|---|---|---:|---|"]
    lines += [f"| {each.who} | {each.what} | {_short(each.rate)} | {each.computes} |" for each in rates]
    return "\n".join(lines) + "\n"


def _short(rate: float) -> str:
    return f"{rate / 1e6:.3g} million" if rate >= 1e6 else f"{float(f'{rate:.3g}'):,.0f}"


def main() -> None:
    """Measure everything, print it, and write it down."""
    found = table([*journeys(), organisation(), *mali()])
    keep("simulation measured", found, recorded="--record" in sys.argv[1:], page=Path("docs/method/simulation.md"))
    print(found)


if __name__ == "__main__":
    main()
