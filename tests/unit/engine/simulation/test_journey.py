import dataclasses
import math

import pytest

from tests.oracle.small_journeys import ALONE, START, dollars, leg, network
from waystation.engine.journeys.eligibility import GroupRefusedError
from waystation.engine.model import Caps
from waystation.engine.simulation.journey import JOURNEYS_A_PIECE, replay_plan, z_score

WORLD = network([leg("ride", "origin", "goal", fee=10, intercepted=0.1, turned_back=0.3)])


def test_a_replayed_plan_agrees_with_the_exact_one() -> None:
    found = replay_plan(WORLD, ALONE, START, Caps(budget=dollars(20), days=5.0), 1, JOURNEYS_A_PIECE + 1000)
    assert found.journeys == sum(found.counts.values()) == JOURNEYS_A_PIECE + 1000
    assert found.exact.arrive == pytest.approx(0.6 + 0.3 * 0.6)
    assert max(map(abs, found.z.values())) < 4
    assert found.spent == (1000, 1000, 2000)
    assert found.days == (1.0, 1.0, 2.0)
    assert found.turned_back == pytest.approx(0.3 + 0.09, abs=0.01)


def test_nobody_who_arrives_needs_no_days() -> None:
    found = replay_plan(WORLD, ALONE, START, Caps(budget=dollars(5)), 1, 100)
    assert found.counts["called_off"] == 100
    assert math.isnan(found.days[0])


def test_a_rule_of_the_work_is_kept() -> None:
    with pytest.raises(GroupRefusedError):
        replay_plan(WORLD, dataclasses.replace(ALONE, consent_on=None), START, Caps(), 1, 100)


def test_a_score_of_nothing() -> None:
    assert z_score(0.0, 0.0) == 0.0
    assert z_score(0.5, 0.0) == math.inf
    assert z_score(-0.5, 0.25) == -2.0
