"""The choice among groups on published queues: value, bound and gap against time, and beside HiGHS alone.

``python -m benchmarks.choosing``; with ``--highs SECONDS`` HiGHS alone works on the tight queue of 500 too, with ``--large``
there is the queue of 15,000. Processor time from an instance in memory to a choice held to its caps; a first choice on another
queue has loaded the compiled loops.
"""

import argparse
import resource
import sys
import time
from collections.abc import Callable

import numpy as np

from benchmarks.queues import queue
from waystation.engine.portfolio.choose import Choice, Effort, choose
from waystation.engine.portfolio.exact import solve_exactly
from waystation.engine.portfolio.instance import Instance

_TIGHT = Effort(iterations=10_000_000, exact_columns=0, near=0.0)
_ROOMY = Effort(iterations=10_000_000, exact_columns=0, near=0.0)
_LARGE = Effort(iterations=400_000, exact_columns=0, near=0.0)


def until(seconds: float) -> Callable[[], float]:
    """Return a question that says what part of the seconds has gone."""
    began = time.process_time()
    return lambda: (time.process_time() - began) / seconds


def measured(name: str, instance: Instance, effort: Effort, seconds: float) -> Choice:
    began = time.process_time()
    choice = choose(instance, effort, seed=1, spent=until(seconds))
    took = time.process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10) / 2**10
    chosen = int((choice.chosen >= 0).sum())
    print(
        f"{name}: {took:.1f} s, {chosen} of {instance.units} units, value {choice.value:.1f}, bound {choice.bound:.1f}, "
        f"gap {choice.gap:.2%}, peak {peak:.2f} GiB"
    )
    return choice


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--highs", type=float, default=0.0, help="seconds for HiGHS alone on the tight queue of 500")
    parser.add_argument("--large", action="store_true", help="the queue of 15,000 too")
    asked = parser.parse_args()
    choose(queue(20), Effort(iterations=100, linear_columns=0, exact_columns=0, near=0.0))
    tight = queue(500)
    measured("500 tight", tight, _TIGHT, 4.3)
    measured("500 roomy", queue(500, times=3.0), _ROOMY, 8.0)
    if asked.highs:
        began = time.process_time()
        alone = solve_exactly(tight, np.full(tight.units, -1), asked.highs)
        value = float(tight.value[alone.chosen[alone.chosen >= 0]].sum())
        print(
            f"500 tight, HiGHS alone: {time.process_time() - began:.1f} s, value {value:.1f}, bound {alone.bound:.1f}"
        )
    if asked.large:
        measured("15,000 tight", queue(15_000), _LARGE, 14.3)


if __name__ == "__main__":
    main()
