"""The pooled beliefs against NumPyro, which samples the same hierarchical model by Hamiltonian Monte Carlo."""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from waystation.engine.learning.chances import learn_chances
from waystation.engine.learning.grid import LEAST_ALIKE, MOST_ALIKE
from waystation.engine.learning.tally import Tally
from waystation.engine.model import LearningRules, Stated

MISSING = "NumPyro is not here: `scripts/uv sync --inexact --group bayes` installs it; make test-long does so by itself"

pytestmark = [
    pytest.mark.oracle,
    pytest.mark.long,
    pytest.mark.skipif(importlib.util.find_spec("numpyro") is None, reason=MISSING),
]

EVENTS = [0, 1, 0, 2, 1, 0, 6, 0, 1, 3]
MISSIONS = [4, 30, 12, 25, 60, 1, 40, 80, 9, 90]
JUDGED_LEG, JUDGED = 2, Stated(0.1, 20.0)


def sampled(judged: Stated | None) -> dict[str, list[float]]:
    """Ask NumPyro in a process of its own, because it brings a compiler with it."""
    question = {
        "events": EVENTS,
        "missions": MISSIONS,
        "alike": [LEAST_ALIKE, MOST_ALIKE],
        "judged": None if judged is None else [JUDGED_LEG, judged.value * judged.weight, judged.weight],
    }
    worker = Path(__file__).with_name("numpyro_worker.py")
    done = subprocess.run(
        [sys.executable, str(worker)], input=json.dumps(question), capture_output=True, text=True, check=True
    )
    found: dict[str, list[float]] = json.loads(done.stdout.splitlines()[-1])
    return found


def believed(judged: Stated | None) -> dict[str, list[float]]:
    tallies = [Tally() for _ in EVENTS]
    for tally, events, missions in zip(tallies, EVENTS, MISSIONS, strict=True):
        tally.add(happened=True, count=events)
        tally.add(happened=False, count=missions - events)
    people: list[Stated | None] = [None] * len(EVENTS)
    people[JUDGED_LEG] = judged
    found = learn_chances(tallies, people, LearningRules(), 0.8)
    return {name: [getattr(each, name) for each in found] for name in ("mean", "low", "high")}


def test_the_hierarchical_model_is_the_same() -> None:
    ours, theirs = believed(None), sampled(None)
    for name, tolerance in (("mean", 0.002), ("low", 0.002), ("high", 0.006)):
        assert np.array(ours[name]) == pytest.approx(np.array(theirs[name]), rel=0.04, abs=tolerance), name


def test_judgement_of_a_leg_is_the_same_for_that_leg() -> None:
    ours, theirs = believed(JUDGED), sampled(JUDGED)
    for name in ("mean", "low", "high"):
        assert ours[name][JUDGED_LEG] == pytest.approx(theirs[name][JUDGED_LEG], rel=0.04, abs=0.003), name
