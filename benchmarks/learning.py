"""Measure learning: 300 pooled legs against each leg by itself and against a sampler of the same model.

The sampler is a chain written here in NumPy (the Beta's two numbers by Metropolis steps, the legs drawn from them), so that
the comparison needs no further library; `make test-long` compares the answers themselves with NumPyro's.
"""

import math
import sys
from collections.abc import Callable
from statistics import median
from time import perf_counter
from typing import Any

import numpy as np
from scipy.special import betaln

from benchmarks.keeping import keep
from waystation.engine.learning.chances import learn_chances
from waystation.engine.learning.grid import LEAST_ALIKE, MOST_ALIKE
from waystation.engine.learning.jeffreys import jeffreys_interval
from waystation.engine.learning.tally import Tally
from waystation.engine.model import LearningRules

LEGS, REPEATS, SAMPLES = 300, 5, 4000
COVERAGE = 0.9


def main() -> None:
    """Measure, print and write ``out/bench/learning.md``; with ``--record`` into ``docs/benchmarks.md`` too."""
    truth, events, missions = _organisation(np.random.default_rng(8))
    tallies = [_tally(int(e), int(n)) for e, n in zip(events, missions, strict=True)]

    def pooled() -> Any:
        found = learn_chances(tallies, [None] * LEGS, LearningRules(), COVERAGE)
        return np.array([(each.low, each.high) for each in found])

    def alone() -> Any:
        return np.array(
            [jeffreys_interval(float(e), float(n), COVERAGE) for e, n in zip(events, missions, strict=True)]
        )

    def sampled() -> Any:
        return _sampled(events, missions, np.random.default_rng(9))

    found = {name: _measured(ask, truth) for name, ask in (("pooled", pooled), ("alone", alone), ("sampled", sampled))}
    text = _table(found)
    keep("learning", text, recorded="--record" in sys.argv[1:])
    print(text)


def _organisation(rng: np.random.Generator) -> tuple[Any, Any, Any]:
    truth = rng.beta(0.03 * 60.0, 0.97 * 60.0, LEGS)
    missions = rng.integers(1, 41, LEGS)
    return truth, rng.binomial(missions, truth), missions


def _tally(events: int, missions: int) -> Tally:
    made = Tally()
    made.add(happened=True, count=events)
    made.add(happened=False, count=missions - events)
    return made


def _sampled(events: Any, missions: Any, rng: np.random.Generator) -> Any:
    """Return the bounds of each leg by a chain over the mean and the likeness, legs drawn from their Betas given those."""
    point, kept = np.array([0.2, 1.0]), []
    current = _log_target(point, events, missions)
    for step in range(2 * SAMPLES):
        proposal = point + rng.normal(0.0, [0.01, 0.4])
        there = _log_target(proposal, events, missions)
        if math.log(rng.random()) < there - current:
            point, current = proposal, there
        if step >= SAMPLES:
            a, b = _shape(point)
            kept.append(rng.beta(events + a, missions - events + b))
    return np.quantile(np.array(kept), [0.5 - COVERAGE / 2, 0.5 + COVERAGE / 2], axis=0).T


def _shape(point: Any) -> tuple[float, float]:
    mean = math.sin(point[0]) ** 2
    weight = math.exp(point[1]) / (mean * (1.0 - mean))
    return mean * weight, (1.0 - mean) * weight


def _log_target(point: Any, events: Any, missions: Any) -> float:
    if not (0.0 < point[0] < math.pi / 2 and math.log(LEAST_ALIKE) < point[1] < math.log(MOST_ALIKE)):
        return -math.inf
    a, b = _shape(point)
    return float((betaln(events + a, missions - events + b) - betaln(a, b)).sum())


def _measured(ask: Callable[[], Any], truth: Any) -> dict[str, float]:
    bounds, times = ask(), []
    for _ in range(REPEATS):
        begun = perf_counter()
        bounds = ask()
        times.append(perf_counter() - begun)
    held = (bounds[:, 0] <= truth) & (truth <= bounds[:, 1])
    width = float(np.median(bounds[:, 1] - bounds[:, 0]))
    return {"seconds": median(times), "coverage": float(held.mean()), "width": width}


def _table(found: dict[str, dict[str, float]]) -> str:
    base = found["pooled"]
    lines = [
        f"| {LEGS} legs, {COVERAGE:.0%} intervals | seconds | times pooled | holds the truth | width, times pooled |",
        "|---|---:|---:|---:|---:|",
    ]
    for name, each in found.items():
        lines.append(
            f"| {name} | {each['seconds']:.3f} | {each['seconds'] / base['seconds']:.2f} | {each['coverage']:.3f} | "
            f"{each['width'] / base['width']:.2f} |"
        )
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
