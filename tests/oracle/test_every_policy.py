"""Tiny journeys, every deterministic policy tried: nothing is left out that could be better."""

from collections.abc import Callable, Sequence
from functools import cache

import pytest

from waystation.engine.journeys.build import build
from waystation.engine.journeys.choices import Chosen, choose
from waystation.engine.journeys.follow import follow
from waystation.engine.journeys.plan import ChoiceName
from waystation.engine.journeys.process import NO_MONEY, MoneyGrid
from waystation.engine.journeys.solve import Solver

from . import reference
from .random_networks import random_case
from .reference_solve import TIE, Outcome, deterministic_policies, evaluate

EXACT = 1e-9
MOST_POLICIES = 6000
SEEDS = (
    *(0, 1, 5, 11, 22, 23, 27, 35, 38, 39, 49, 56, 59, 60, 71, 75),
    *(82, 89, 90, 92, 98, 105, 106, 107, 115, 118, 121, 122, 127, 133, 135, 145),
    *(150, 157, 159, 165, 167, 170, 172, 176, 178, 184, 188, 193, 195, 208, 216, 217),
)
"""Seeds whose journeys have few enough policies."""
GIVES = (0.0, 0.05, 0.3)

pytestmark = pytest.mark.oracle
Total = Callable[[Outcome], float]


@cache
def every_outcome(seed: int, *, with_money: bool) -> tuple[Outcome, ...]:
    """Return what every deterministic policy leads to; none if there are too many policies or nobody can arrive."""
    case = random_case(seed, tiny=True)
    grid = grid_of(seed) if with_money else NO_MONEY
    money = None if grid == NO_MONEY else reference.Money(grid.step, grid.steps)
    unfolded = reference.unfold(reference.Journey(case.network, case.group, case.start, case.days, money))
    policies = deterministic_policies(unfolded, MOST_POLICIES)
    outcomes = () if policies is None else tuple(evaluate(unfolded, policy) for policy in policies)
    return outcomes if max((each.arrive for each in outcomes), default=0.0) > 1e-3 else ()


def grid_of(seed: int) -> MoneyGrid:
    """Return the budget in ten steps, so that rounding prices up is tried too."""
    return MoneyGrid(step=-(-random_case(seed, tiny=True).budget.minor // 10), steps=10)


def chosen(seed: int, give: float, max_harm: float | None = None) -> Chosen:
    case = random_case(seed, tiny=True)
    return choose(build(case.network, case.group, case.start, case.days).process, NO_MONEY, give, max_harm)


def supported(outcomes: Sequence[Outcome], total: Total) -> list[Outcome]:
    """Return the plans that are best for some exchange rate between arrival and a total, by more than rounding."""
    corners: list[Outcome] = []
    for each in sorted(outcomes, key=lambda o: (o.arrive, -total(o))):
        if corners and each.arrive - corners[-1].arrive < 1e-9:
            corners.pop()
        while len(corners) > 1 and not _sticks_out(corners[-2], corners[-1], each, total):
            corners.pop()
        corners.append(each)
    return corners


def _sticks_out(low: Outcome, middle: Outcome, high: Outcome, total: Total) -> bool:
    share = (middle.arrive - low.arrive) / (high.arrive - low.arrive)
    return total(middle) < (1 - share) * total(low) + share * total(high) - 1e-7


def test_enough_cases_are_small_enough() -> None:
    assert sum(bool(every_outcome(seed, with_money=False)) for seed in SEEDS) == len(SEEDS)
    assert sum(bool(every_outcome(seed, with_money=True)) for seed in SEEDS) >= 25


@pytest.mark.parametrize("with_money", [False, True])
@pytest.mark.parametrize("seed", SEEDS)
def test_no_policy_beats_the_safest(seed: int, with_money: bool) -> None:
    outcomes = every_outcome(seed, with_money=with_money)
    if not outcomes:
        return
    case = random_case(seed, tiny=True)
    process = build(case.network, case.group, case.start, case.days).process
    solution = Solver(process, grid_of(seed) if with_money else NO_MONEY).solve()
    found = follow(process, solution.policy).evaluation
    most = max(each.arrive for each in outcomes)
    likeliest = [each for each in outcomes if each.arrive >= most - TIE]
    least = min(each.harm for each in likeliest)
    cheapest = min(each.cost_if_arrived for each in likeliest if each.harm <= least + TIE)
    assert solution.arrive == pytest.approx(most, abs=EXACT)
    assert found.arrive == pytest.approx(most, abs=EXACT)
    assert found.harm == pytest.approx(least, abs=EXACT)
    assert found.cost_expected_arrived * found.arrive == pytest.approx(cheapest, rel=EXACT, abs=1e-6)


@pytest.mark.parametrize("give", GIVES)
@pytest.mark.parametrize("seed", SEEDS)
def test_no_supported_plan_beats_the_careful_and_the_fastest(seed: int, give: float) -> None:
    outcomes = every_outcome(seed, with_money=False)
    if not outcomes:
        return
    plans = chosen(seed, give).by_name
    floor = (1.0 - give) * max(each.arrive for each in outcomes)
    days = random_case(seed, tiny=True).network.slot_hours / 24
    criteria: dict[ChoiceName, tuple[Total, Total, float]] = {
        ChoiceName.CAREFUL: (lambda o: o.harm, lambda o: o.harm, plans[ChoiceName.CAREFUL].evaluation.harm),
        ChoiceName.FASTEST: (
            lambda o: o.slots_if_arrived,
            lambda o: o.slots_of_arrivals,
            plans[ChoiceName.FASTEST].evaluation.days_expected / days,
        ),
    }
    for name, (total, criterion, found) in criteria.items():
        assert plans[name].evaluation.arrive >= floor - EXACT
        allowed = [each for each in outcomes if each.arrive >= floor - TIE]
        assert found >= min(criterion(each) for each in allowed) - EXACT
        corners = [each for each in supported(outcomes, total) if each.arrive >= floor + TIE]
        assert found <= min((criterion(each) for each in corners), default=found) + 1e-7


@pytest.mark.parametrize("give", GIVES)
@pytest.mark.parametrize("seed", SEEDS)
def test_no_supported_plan_beats_the_cheapest(seed: int, give: float) -> None:
    outcomes = every_outcome(seed, with_money=False)
    if not outcomes:
        return
    plans = chosen(seed, give).by_name
    floor = (1.0 - give) * max(each.arrive for each in outcomes)
    found = plans[ChoiceName.CHEAPEST].evaluation
    allowed = [each.cost_of_arrivals for each in outcomes if each.arrive >= floor - TIE]
    assert found.arrive >= floor - EXACT
    assert found.cost_expected_arrived >= min(allowed) - 1e-6
    corners = [each for each in supported(outcomes, lambda o: o.cost_if_arrived) if each.arrive >= floor + TIE]
    most = min((each.cost_of_arrivals for each in corners), default=found.cost_expected_arrived)
    assert found.cost_expected_arrived <= most * (1.0 + 1e-7) + 1e-6


@pytest.mark.parametrize("part", [0.3, 0.8])
@pytest.mark.parametrize("seed", SEEDS)
def test_a_cap_on_harm_is_kept_and_no_supported_plan_within_it_is_better(seed: int, part: float) -> None:
    outcomes = every_outcome(seed, with_money=False)
    if not outcomes:
        return
    cap = part * max(outcomes, key=lambda o: (o.arrive, -o.harm)).harm
    within = [each for each in outcomes if each.harm <= cap + TIE and each.arrive > 1e-9]
    corners = [each for each in supported(outcomes, lambda o: o.harm) if each.harm <= cap - 1e-9 and each.arrive > 1e-6]
    found = chosen(seed, 0.05, cap)
    if not found.by_name:
        assert not corners
        return
    assert within
    safest = found.by_name[ChoiceName.SAFEST].evaluation
    assert safest.harm <= cap + EXACT
    assert safest.arrive <= max(each.arrive for each in within) + EXACT
    assert safest.arrive >= max((each.arrive for each in corners), default=0.0) - 1e-7
