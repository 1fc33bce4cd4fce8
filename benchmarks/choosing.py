"""The choice among groups on published queues: value, bound and gap against time, and beside HiGHS alone.

``python -m benchmarks.choosing``; with ``--highs SECONDS`` HiGHS alone works on the tight queues of 500 too, with ``--large``
there is the queue of 15,000. ``--queues 3`` draws three queues instead of one, ``--seeds 3`` searches each three times.
Processor time from an instance in memory to a choice held to its caps; a first choice on another queue has loaded the compiled
loops. Prints the table and writes ``out/bench/choosing.md``; with ``--record`` into ``docs/benchmarks.md``.
"""

import argparse
import resource
import sys
import time
from collections.abc import Callable, Iterator

import numpy as np

from benchmarks.keeping import keep
from benchmarks.queues import queue
from waystation.engine.portfolio.choose import Effort, choose
from waystation.engine.portfolio.exact import solve_exactly
from waystation.engine.portfolio.instance import Instance

_TIGHT = Effort(iterations=10_000_000, exact_columns=0, near=0.0)
_ROOMY = Effort(iterations=10_000_000, exact_columns=0, near=0.0)
_LARGE = Effort(iterations=400_000, exact_columns=0, near=0.0)


def until(seconds: float) -> Callable[[], float]:
    """Return a question that says what part of the seconds has gone."""
    began = time.process_time()
    return lambda: (time.process_time() - began) / seconds


def measured(name: str, instance: Instance, effort: Effort, seconds: float, seed: int) -> str:
    """Choose once, and return a row of the table."""
    began = time.process_time()
    choice = choose(instance, effort, seed=seed, spent=until(seconds))
    took = time.process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10) / 2**10
    chosen = int((choice.chosen >= 0).sum())
    found = f"{chosen:,} of {instance.units:,} | {choice.value:,.1f} | {choice.bound:,.1f} | {choice.gap:.2%}"
    return f"| {name}, search {seed} | {took:.1f} s | {found} | {peak:.2f} GiB |"


def alone(name: str, instance: Instance, seconds: float) -> str:
    """Let HiGHS work alone from nothing, and return a row of the table."""
    began = time.process_time()
    found = solve_exactly(instance, np.full(instance.units, -1), seconds)
    taken = found.chosen[found.chosen >= 0]
    value = float(instance.value[taken].sum())
    took = time.process_time() - began
    worth = f"{value:,.1f} | {found.bound:,.1f} | {1.0 - value / found.bound:.2%}"
    return f"| {name}, HiGHS alone | {took:.0f} s | {len(taken):,} of {instance.units:,} | {worth} | |"


def rows(asked: argparse.Namespace) -> Iterator[str]:
    """Yield the rows of the table as they are measured."""
    for drawn in range(1, asked.queues + 1):
        tight, roomy = queue(500, seed=drawn), queue(500, times=3.0, seed=drawn)
        for seed in range(1, asked.seeds + 1):
            yield measured(f"500 tight, queue {drawn}", tight, _TIGHT, 4.3, seed)
        if asked.highs:
            yield alone(f"500 tight, queue {drawn}", tight, asked.highs)
        for seed in range(1, asked.seeds + 1):
            yield measured(f"500 roomy, queue {drawn}", roomy, _ROOMY, 8.0, seed)
    if asked.large:
        for seed in range(1, asked.seeds + 1):
            yield measured("15,000 tight, queue 1", queue(15_000), _LARGE, 14.3, seed)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--highs", type=float, default=0.0, help="seconds for HiGHS alone on each tight queue of 500")
    parser.add_argument("--large", action="store_true", help="the queue of 15,000 too")
    parser.add_argument("--queues", type=int, default=1, help="how many queues of 500 are drawn")
    parser.add_argument("--seeds", type=int, default=1, help="how often each is searched")
    parser.add_argument("--record", action="store_true", help="write the table into docs/benchmarks.md")
    asked = parser.parse_args()
    choose(queue(20), Effort(iterations=100, linear_columns=0, exact_columns=0, near=0.0))
    found = [
        "| queue | processor time | groups chosen | value | bound | gap | peak memory |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    print("\n".join(found))
    for row in rows(asked):
        print(row, flush=True)
        found.append(row)
    keep("choosing", "\n".join(found) + "\n", recorded=asked.record)


if __name__ == "__main__":
    main()
