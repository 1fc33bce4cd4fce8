"""An independent solver, CP-SAT of OR-tools in a process of its own, finds no better choice and none worse."""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.unit.engine.portfolio.instances import random_instance
from waystation.engine.portfolio.choose import choose
from waystation.engine.portfolio.instance import Floats, Instance

pytestmark = [
    pytest.mark.oracle,
    pytest.mark.skipif(importlib.util.find_spec("ortools") is None, reason="OR-tools is in the group `oracle`"),
]
WORKER = Path(__file__).with_name("choosing_worker.py")


def rounded(instance: Instance) -> Instance:
    """The same in whole ten-thousandths, so that both programs solve one problem."""

    def whole(numbers: Floats) -> Floats:
        return np.round(numbers * 1e4) / 1e4

    use, value, capacity = whole(instance.use), whole(instance.value), whole(instance.capacity)
    return Instance(instance.first, value, instance.start, instance.row, use, capacity, instance.promised)


def by_or_tools(instance: Instance) -> float:
    told = {
        "value": instance.value.tolist(),
        "units": [list(range(instance.first[u], instance.first[u + 1])) for u in range(instance.units)],
        "rows": [
            {
                "capacity": capacity,
                "uses": [
                    (j, use)
                    for j, row, use in zip(
                        instance.column.tolist(), instance.row.tolist(), instance.use.tolist(), strict=True
                    )
                    if row == r
                ],
            }
            for r, capacity in enumerate(instance.capacity.tolist())
        ],
    }
    done = subprocess.run(
        [sys.executable, str(WORKER)], input=json.dumps(told), capture_output=True, text=True, check=True
    )
    answer = json.loads(done.stdout)
    assert answer["optimal"]
    return float(answer["value"])


@pytest.mark.parametrize("seed", range(3))
def test_both_find_the_same_value(seed: int) -> None:
    instance = rounded(random_instance(100 + seed, units=40, columns=6, rows=8))
    assert choose(instance).value == pytest.approx(by_or_tools(instance), abs=1e-4)
