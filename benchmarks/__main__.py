"""Measure the planner against Storm and how its cost grows, choosing, simulation, the store, keys and pages; write ``out/bench``.

With ``--record`` the tables in ``docs/benchmarks.md`` are replaced too.
"""

import subprocess
import sys
from pathlib import Path
from typing import Any

from benchmarks import growth, learning, store
from benchmarks.measure import Comparison, compare_with_storm, start_up, storm_is_here
from benchmarks.report import record, table, write


def main() -> None:
    """Run every measurement; without Storm, the start-up only."""

    def say(what: str) -> None:
        print(what, file=sys.stderr, flush=True)

    comparisons: list[Comparison] = []
    facts: dict[str, Any] = {}
    if storm_is_here():
        comparisons, facts = compare_with_storm(say)
    else:
        say("Storm is not here; `uv sync --group oracle` installs it. Measuring the start-up only.")
    say("start-up of the command")
    start = start_up()
    write(Path("out/bench"), comparisons, facts, start)
    if "--record" in sys.argv[1:]:
        record(comparisons, start)
    print(table(comparisons, start))
    say("growth with places, slots and levels")
    growth.main()
    say("learning from few outcomes")
    learning.main()
    say("the choice among groups")
    subprocess.run([sys.executable, "-m", "benchmarks.choosing", "--large", *sys.argv[1:]], check=True)
    say("the encrypted store against plain SQLite")
    store.main()
    say("the simulation beside Mesa, SimPy and Flee")
    subprocess.run([sys.executable, "-m", "benchmarks.simulation", *sys.argv[1:]], check=True)
    for part in ("keyring", "pages"):  # each in a process of its own: a process has one store
        say(f"the {part} of the private application")
        subprocess.run([sys.executable, "-m", f"benchmarks.{part}", *sys.argv[1:]], check=True)
    print("Written to out/bench/planner.json and planner.md.")


if __name__ == "__main__":
    main()
