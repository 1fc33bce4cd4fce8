"""The example networks: the planner, the reference and Storm are asked the same question for every group."""

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from waystation.engine.journeys.build import build
from waystation.engine.journeys.money import choose_grid
from waystation.engine.journeys.planner import plan_journey
from waystation.engine.journeys.process import NO_MONEY, MoneyGrid
from waystation.engine.journeys.solve import Solver
from waystation.engine.model import Caps, Group, Network
from waystation.formats import read_folder
from waystation.formats.checker_export import to_drn
from waystation.kernel import Money

from . import reference
from .reference_solve import Outcome, lexicographic
from .storm import Storm

EXACT = 1e-9
EXAMPLES = Path(__file__).parents[2] / "examples"

pytestmark = pytest.mark.oracle


@cache
def example(name: str) -> Network:
    reading = read_folder(EXAMPLES / name)
    assert reading.network is not None, reading.faults
    return reading.network


def groups() -> list[tuple[str, str]]:
    names = sorted(folder.parent.name for folder in EXAMPLES.glob("*/network.toml"))
    return [(name, group.id) for name in names for group in example(name).groups]


def find(name: str, group: str) -> tuple[Network, Group, date]:
    network = example(name)
    return network, next(each for each in network.groups if each.id == group), network.as_of


GROUPS = groups()
SOME = [pair for index, pair in enumerate(GROUPS) if index % 4 == 0]


def test_there_are_examples() -> None:
    assert ("family-of-five", "family") in SOME
    assert len(SOME) >= 3


@cache
def expected(name: str, group_id: str, grid: MoneyGrid, days: float | None) -> Outcome:
    """Return the reference's answer."""
    network, group, start = find(name, group_id)
    money = None if grid == NO_MONEY else reference.Money(grid.step, grid.steps)
    return lexicographic(reference.unfold(reference.Journey(network, group, start, days, money)))[0]


def agree(name: str, group_id: str, grid: MoneyGrid, days: float | None, storm: Storm) -> float:
    """Hold the planner against the reference and Storm; return the likeliest arrival."""
    network, group, start = find(name, group_id)
    process = build(network, group, start, days).process
    found = Solver(process, grid).solve()
    assert storm.ask(to_drn(process, grid)) == [pytest.approx(found.arrive, abs=EXACT)]
    answer = expected(name, group_id, grid, days)
    assert found.arrive == pytest.approx(answer.arrive, abs=EXACT)
    assert found.harm == pytest.approx(answer.harm, abs=EXACT)
    return found.arrive


@pytest.mark.parametrize(("name", "group"), SOME)
def test_reachability(name: str, group: str, storm: Storm) -> None:
    agree(name, group, NO_MONEY, None, storm)


@pytest.mark.parametrize("group", ["q04", "q08"])
def test_a_hard_budget_in_coarse_steps(group: str, storm: Storm) -> None:
    assert agree("queue", group, MoneyGrid(step=3_000_00, steps=6), None, storm) > 0.5


@pytest.mark.long
def test_a_hard_budget_of_the_family(storm: Storm) -> None:
    assert agree("family-of-five", "family", MoneyGrid(step=5_000_00, steps=16), None, storm) > 0.5


@pytest.mark.long
@pytest.mark.parametrize(("name", "group"), GROUPS)
def test_reachability_of_every_group(name: str, group: str, storm: Storm) -> None:
    agree(name, group, NO_MONEY, None, storm)


@pytest.mark.long
@pytest.mark.parametrize(("name", "group"), SOME)
def test_a_hard_budget_as_the_planner_counts_it(name: str, group: str, storm: Storm) -> None:
    network, someone, start = find(name, group)
    process = build(network, someone, start).process
    budget = Money(60_000_00, network.currency)
    grid = choose_grid(process, budget.minor, 40)
    arrive = agree(name, group, grid, None, storm)
    plan = plan_journey(network, someone, Caps(budget), start)
    if plan.choice is not None:
        assert plan.choice.evaluation.arrive >= arrive - EXACT
        assert plan.choice.evaluation.cost_max <= budget.minor


@pytest.mark.parametrize("name", sorted({name for name, _ in GROUPS}))
def test_the_plan_of_the_command_is_the_likeliest_arrival(name: str) -> None:
    network = example(name)
    group = next(each for each in network.groups if each.consent_on is not None)
    plan = plan_journey(network, group, Caps(), network.as_of)
    assert plan.choice is not None
    answer = expected(name, group.id, NO_MONEY, None)
    assert plan.choice.evaluation.arrive == pytest.approx(answer.arrive, abs=EXACT)
    assert plan.choice.evaluation.harm == pytest.approx(answer.harm, abs=EXACT)
    assert plan.choice.evaluation.cost_expected_arrived == pytest.approx(answer.cost_of_arrivals, rel=EXACT)
