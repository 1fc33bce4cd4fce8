import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.oracle.small_journeys import START, leg, place
from tests.unit.engine.processes import count, few, random_grid, random_process, seeds
from tests.unit.engine.processes_by_hand import process_of
from waystation.engine.journeys.harm_cap import safest_within
from waystation.engine.journeys.process import NO_MONEY, Process
from waystation.engine.journeys.solve import Solver
from waystation.engine.model import Belief, Chain, Condition, LevelFactor, LevelRef, Observation, PlaceKind

NO_WAITING = [place("origin", PlaceKind.ORIGIN, may_wait=False)]
RISKY = leg("risky", "origin", "goal", intercepted=0.1)
HARMLESS = leg("harmless", "origin", "goal", turned_back=0.5)


@given(seeds, st.sampled_from([0.0, 0.01, 0.05, 0.1, 0.3]), st.booleans())
@few
def test_the_cap_holds_exactly(seed: int, cap: float, with_money: bool) -> None:
    process = random_process(seed)
    solver = Solver(process, random_grid(process, seed) if with_money else NO_MONEY)
    capped, safest = safest_within(solver, cap), solver.solve()
    if capped.solution is None:
        if safest.arrive == 0.0:
            assert capped.least_harm is None
        else:
            assert capped.least_harm is not None
            assert capped.least_harm > cap
            assert safest_within(solver, capped.least_harm).solution is not None
        return
    found = count(process, capped.solution.policy)
    assert found.harm <= cap + 1e-12
    assert 0.0 < found.arrive <= safest.arrive + 1e-12
    assert found.arrive == pytest.approx(capped.solution.arrive, abs=1e-12)


@given(seeds)
@few
def test_a_cap_that_does_not_bind_changes_nothing(seed: int) -> None:
    solver = Solver(random_process(seed))
    safest = solver.solve()
    assert safest.harm is not None
    for cap in (None, 1.0, safest.harm):
        capped = safest_within(solver, cap)
        assert (capped.solution is None) == (safest.arrive == 0.0)
        assert capped.harm_price == 0.0
        if capped.solution is not None:
            assert capped.solution.arrive == safest.arrive


def either_way_at_each_level(count: int) -> Process:
    """Return a journey of a day that starts at one of some levels, each as likely, that a leg tells apart by a hair."""
    names = tuple(f"l{k}" for k in range(count))
    law = Condition("law", names, (Chain.persistent(count, 0.5),))
    told = tuple(LevelFactor(LevelRef("law", name), 1.0 + k * 1e-9) for k, name in enumerate(names))
    risky = leg("risky", "origin", "goal", intercepted=0.1, intercepted_factors=told)
    seen = [Observation("law", START, names[0], confidence=1 / count)]
    return process_of([risky, HARMLESS], days=1, places=NO_WAITING, conditions=[law], seen=seen)


@pytest.mark.parametrize("levels", [2, 4, 5])
def test_the_cap_is_filled_by_going_one_way_at_some_levels_and_another_at_the_rest(levels: int) -> None:
    solver = Solver(either_way_at_each_level(levels))
    hair = 1e-8
    for risky in range(levels + 1):
        for cap, filled in ((0.1 * risky / levels + hair, risky), (0.1 * risky / levels - hair, risky - 1)):
            if cap >= 0.0:
                solution = safest_within(solver, cap).solution
                assert solution is not None
                assert solution.arrive == pytest.approx(0.5 + 0.4 * filled / levels, abs=1e-7)
                assert solution.harm == pytest.approx(0.1 * filled / levels, abs=1e-7)


def test_the_price_of_harm_is_the_arrival_that_a_unit_of_it_is_worth() -> None:
    capped = safest_within(Solver(process_of([RISKY, HARMLESS], days=1, places=NO_WAITING)), 0.05)
    assert capped.solution is not None
    assert (capped.solution.arrive, capped.solution.harm) == (0.5, 0.0)
    assert capped.harm_price == pytest.approx((0.9 - 0.5) / 0.1)


def test_the_vertices_between_are_found() -> None:
    # Arrive and harm: 0.9 and 0.1, 0.85 and 0.04, 0.6 and 0.01, 0.5 and 0: each is best at some price of harm.
    legs = [
        RISKY,
        leg("second", "origin", "goal", intercepted=0.04, turned_back=0.11),
        leg("third", "origin", "goal", intercepted=0.01, turned_back=0.39),
        HARMLESS,
    ]
    solver = Solver(process_of(legs, days=1, places=NO_WAITING))
    steep, middle, flat = 0.05 / 0.06, 0.25 / 0.03, 0.1 / 0.01
    for cap, arrive, price in (
        (0.1, 0.9, 0.0),
        (0.0999, 0.85, steep),
        (0.04, 0.85, None),
        (0.0399, 0.6, middle),
        (0.01, 0.6, None),
        (0.0099, 0.5, flat),
    ):
        capped = safest_within(solver, cap)
        assert capped.solution is not None
        assert capped.solution.arrive == pytest.approx(arrive)
        if price is not None:
            assert capped.harm_price == pytest.approx(price)


def test_the_cap_is_filled_where_two_halves_of_the_journeys_are_alike() -> None:
    # Half of those who set out on the first day come to x, half are back; on the second day both have the same two ways.
    first, second = frozenset({START.weekday()}), frozenset({(START.weekday() + 1) % 7})
    legs = [leg("out", "origin", "x", turned_back=0.5, weekdays=first)]
    for start in ("origin", "x"):
        legs.append(leg(f"risky {start}", start, "goal", intercepted=0.1, weekdays=second))
        legs.append(leg(f"harmless {start}", start, "goal", turned_back=0.5, weekdays=second))
    solver = Solver(process_of(legs, days=2, places=NO_WAITING))
    for cap, arrive, harm in ((0.04, 0.5, 0.0), (0.05, 0.7, 0.05), (0.09, 0.7, 0.05), (0.1, 0.9, 0.1)):
        solution = safest_within(solver, cap).solution
        assert solution is not None
        assert (solution.arrive, solution.harm) == pytest.approx((arrive, harm))


def test_where_only_staying_keeps_the_cap_there_is_no_plan() -> None:
    capped = safest_within(Solver(process_of([RISKY], days=1, places=NO_WAITING)), 0.05)
    assert capped.solution is None
    assert capped.least_harm == pytest.approx(0.1)


def test_who_may_not_even_stay_is_told_the_least_harm() -> None:
    must_go = [place("origin", PlaceKind.ORIGIN, may_wait=False, may_stop=False)]
    worse = leg("worse", "origin", "goal", intercepted=0.3)
    capped = safest_within(Solver(process_of([worse, RISKY], days=1, places=must_go)), 0.05)
    assert capped.solution is None
    assert capped.least_harm == pytest.approx(0.1)


def test_the_least_harm_is_not_that_of_the_likeliest_arrival() -> None:
    must_go = [place("origin", PlaceKind.ORIGIN, may_wait=False, may_stop=False)]
    slow = leg("slow", "origin", "goal", intercepted=0.2, turned_back=0.7)
    likely = leg("likely", "origin", "goal", intercepted=0.4)
    capped = safest_within(Solver(process_of([slow, likely], days=1, places=must_go)), 0.05)
    assert capped.solution is None
    assert capped.least_harm == pytest.approx(0.2)


def test_where_nobody_arrives_harm_is_not_the_obstacle() -> None:
    hunted = [place("origin", PlaceKind.ORIGIN, discovery=Belief(0.5), may_stop=False)]
    capped = safest_within(Solver(process_of([], places=hunted)), 0.05)
    assert (capped.solution, capped.least_harm) == (None, None)
