import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.oracle.small_journeys import dollars, leg, network
from tests.unit.engine.journeys.reasons.grounds import ground_of, random_ground
from tests.unit.engine.processes import few, seeds
from waystation.engine.journeys.follow import follow
from waystation.engine.journeys.reasons.ground import (
    best,
    best_arrival,
    legs_taken,
    staying_at_first,
    without_leg,
    without_waiting,
)

TWO_WAYS = network([leg("near", "origin", "goal", fee=10), leg("far", "origin", "goal", fee=4, intercepted=0.5)])


@given(seeds, st.booleans())
@few
def test_the_quick_sweep_and_the_one_with_a_policy_agree(seed: int, with_money: bool) -> None:
    ground = random_ground(seed, with_money=with_money)
    found = best(ground.process, ground.grid)
    assert best_arrival(ground.process, ground.grid) == pytest.approx(found.arrive, abs=1e-12)
    assert follow(ground.process, found.policy).evaluation.arrive == pytest.approx(found.arrive, abs=1e-12)
    assert ground.arrive == pytest.approx(found.arrive, abs=1e-12)


@pytest.mark.parametrize(("budget", "line", "arrive"), [(10, "near", 1.0), (9, "far", 0.5)])
def test_the_best_keeps_within_the_money(budget: int, line: str, arrive: float) -> None:
    ground = ground_of(TWO_WAYS, 1.0, dollars(budget))
    legs, course = legs_taken(ground.process, best(ground.process, ground.grid))
    assert (legs, course.evaluation.arrive) == ((line,), arrive)


def test_what_is_closed_is_not_taken() -> None:
    ground = ground_of(TWO_WAYS, 1.0)
    other = without_leg(ground.process, "near")
    assert legs_taken(other, best(other, ground.grid))[0] == ("far",)
    assert ground.process.moves.open_slot.all()


def test_nobody_waits_where_waiting_is_taken_away() -> None:
    ground = ground_of(network([leg("a", "origin", "b"), leg("c", "b", "goal")]), 3.0)
    other = without_waiting(ground.process, "b")
    assert other.may_wait[other.places.index("origin")]
    assert not other.may_wait[other.places.index("b")]


def test_nobody_leaves_before_the_slot_named() -> None:
    ground = ground_of(network([leg("a", "origin", "b"), leg("c", "b", "goal")]), 3.0)
    later = staying_at_first(ground.process, 2)
    assert later.moves.open_slot.tolist() == [[False, False, True], [True, True, True]]
    assert best_arrival(staying_at_first(ground.process, 1), ground.grid) == 1.0
    assert best_arrival(later, ground.grid) == 0.0
