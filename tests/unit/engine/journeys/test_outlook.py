from datetime import date, timedelta

import numpy as np
import pytest

from tests.oracle.small_journeys import network
from waystation.engine.journeys.outlook import outlook
from waystation.engine.model import Chain, Condition, Observation

DAY = date(2026, 11, 29)


def seen(level: str, on: date = DAY) -> Observation:
    return Observation("river", on, level)


def river(*chains: Chain) -> Condition:
    return Condition("river", ("low", "high", "flood")[: len(chains[0].matrix)], chains)


def test_each_slot_moves_under_the_chain_of_its_month() -> None:
    november, december = Chain.persistent(2, 0.81, frozenset({11})), Chain.persistent(2, 0.25, frozenset({12}))
    condition = river(november, december)
    found = outlook(network([], conditions=[condition], seen=[seen("low")], slot_hours=12), condition, DAY, 6)
    # 29 and 30 November have two slots each; slot 4 begins on 1 December.
    stays = [step[0, 0] for step in found.steps]
    assert stays == pytest.approx([0.9, 0.9, 0.9, 0.9, 0.5, 0.5], abs=1e-15)
    assert (found.levels, found.observed_on) == (("low", "high"), DAY)


@pytest.mark.parametrize(("hours", "slots"), [(24, 3), (6, 12)])
def test_steps_are_as_many_as_slots(hours: int, slots: int) -> None:
    condition = river(Chain.persistent(3, 0.5))
    found = outlook(network([], conditions=[condition], slot_hours=hours), condition, DAY, slots)
    assert found.steps.shape == (slots, 3, 3)
    assert found.steps.sum(axis=2) == pytest.approx(1.0, abs=1e-14)
    assert found.observed_on is None
    assert found.start == pytest.approx([0.25, 0.5, 0.25], abs=1e-12)


def test_levels_that_cannot_come_are_left_out() -> None:
    closed = Chain(((0.5, 0.5, 0.0), (0.25, 0.75, 0.0), (0.0, 0.5, 0.5)))
    condition = river(closed)
    found = outlook(network([], conditions=[condition], seen=[seen("low")], slot_hours=24), condition, DAY, 2)
    assert found.levels == ("low", "high")
    assert found.start == pytest.approx([1.0, 0.0])
    assert found.steps[0] == pytest.approx(np.array([[0.5, 0.5], [0.25, 0.75]]))
    assert found.steps.flags.c_contiguous


def test_a_level_that_never_changes_is_the_only_one() -> None:
    condition = river(Chain.persistent(3, 1.0))
    sights = [seen("flood", DAY - timedelta(days=9))]
    found = outlook(network([], conditions=[condition], seen=sights, slot_hours=24), condition, DAY, 2)
    assert found.levels == ("flood",)
    assert found.steps == pytest.approx(np.ones((2, 1, 1)))
    assert found.observed_on == DAY - timedelta(days=9)


def test_a_level_that_comes_late_is_kept_from_the_start() -> None:
    still, moves = Chain.persistent(2, 1.0, frozenset({11})), Chain.persistent(2, 0.5, frozenset({12}))
    condition = river(still, moves)
    world = network([], conditions=[condition], seen=[seen("low")], slot_hours=24)
    assert outlook(world, condition, DAY, 2).levels == ("low",)
    assert outlook(world, condition, DAY, 3).levels == ("low", "high")


def test_the_forecast_carries_the_start_from_slot_to_slot() -> None:
    condition = river(Chain(((0.5, 0.5), (0.0, 1.0))))
    found = outlook(network([], conditions=[condition], seen=[seen("low")], slot_hours=24), condition, DAY, 2)
    assert found.forecast == pytest.approx(np.array([[1.0, 0.0], [0.5, 0.5], [0.25, 0.75]]), abs=1e-15)
