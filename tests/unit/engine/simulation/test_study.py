from typing import Any

import numpy as np
import pytest

from tests.unit.engine.organisations_by_hand import prepared
from tests.unit.engine.simulation.test_prepare import TWO_WAYS
from waystation.engine.simulation.scenario import Change, ChangeKind, Scenario
from waystation.engine.simulation.study import Paired, Spread, study
from waystation.engine.simulation.tasks import SimulationCancelledError

POOR: dict[str, Any] = {"opening": 0.0, "income_per_year": 1500.0, "requests_per_year": 150.0}
DEARER = Scenario("dearer", (Change(ChangeKind.PRICE, factor=1.3),))


def test_a_spread_and_a_paired_difference_by_hand() -> None:
    values, first = np.array([1.0, 2.0, 3.0, 6.0]), np.array([0.0, 2.0, 1.0, 5.0])
    spread = Spread.of(values)
    assert [spread.mean, spread.low] == pytest.approx([3.0, 1.3])
    assert spread.error == pytest.approx(np.std(values, ddof=1) / 2.0)
    paired = Paired.of(values, first)
    half = 1.96 * np.std([1.0, 0.0, 2.0, 1.0], ddof=1) / 2.0
    assert [paired.mean, paired.low, paired.high] == pytest.approx([1.0, 1.0 - half, 1.0 + half], abs=1e-4)


def test_common_random_numbers_make_the_difference_surer_than_the_figures() -> None:
    worlds = [prepared(TWO_WAYS, **POOR), prepared(TWO_WAYS, DEARER, **POOR)]
    found = study(worlds, ["first_come"], 1, 200)
    first, second = found.arms
    assert (first.scenario, second.scenario, first.differences) == ("as today", "dearer", {})
    assert second.differences["asked"] == Paired(0.0, 0.0, 0.0)
    left = second.differences["left"]
    assert left.high < 0
    apart = 1.96 * np.hypot(first.measures["left"].error, second.measures["left"].error)
    assert (left.high - left.low) / 2 < apart
    assert second.measures["left"].mean - first.measures["left"].mean == pytest.approx(left.mean)


def test_every_scenario_meets_every_rule_and_it_can_be_stopped() -> None:
    worlds = [prepared(), prepared(scenario=DEARER)]
    found = study(worlds, ["first_come", "most_urgent"], 1, 10)
    assert [(arm.scenario, arm.rule) for arm in found.arms] == [
        ("as today", "first_come"),
        ("as today", "most_urgent"),
        ("dearer", "first_come"),
        ("dearer", "most_urgent"),
    ]
    assert (found.years, found.runs, found.seed) == (1, 10, 1)
    with pytest.raises(SimulationCancelledError):
        study(worlds, ["first_come"], 1, 10, cancelled=lambda: True)
