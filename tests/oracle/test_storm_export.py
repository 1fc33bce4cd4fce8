"""What `waystation export` writes, loaded by Storm: the planner's own numbers come back."""

import pytest

from waystation.engine.journeys.build import build
from waystation.engine.journeys.follow import follow
from waystation.engine.journeys.process import NO_MONEY, MoneyGrid, Process
from waystation.engine.journeys.solve import Solver
from waystation.formats.checker_export import to_drn, to_prism

from . import reference
from .random_networks import Case, random_case
from .reference_solve import Unfolded
from .storm import BEST_ARRIVAL, Storm

EXACT = 1e-9
LEAST_HARM = 'Pmin=? [F "harmed"]'
ENDS = 'Pmin=? [F "ended"]'
MOST_COST = 'R{"cost"}max=? [F "ended"]'
MOST_DAYS = 'R{"days"}max=? [F "ended"]'
QUESTIONS = (BEST_ARRIVAL, LEAST_HARM, ENDS, MOST_COST, MOST_DAYS)

pytestmark = pytest.mark.oracle


def question(seed: int, *, with_money: bool) -> tuple[Process, MoneyGrid, Case]:
    case = random_case(seed)
    grid = MoneyGrid(step=-(-case.budget.minor // 15), steps=15) if with_money else NO_MONEY
    return build(case.network, case.group, case.start, case.days).process, grid, case


def unfolded(case: Case, grid: MoneyGrid) -> Unfolded:
    money = None if grid == NO_MONEY else reference.Money(grid.step, grid.steps)
    return reference.unfold(reference.Journey(case.network, case.group, case.start, case.days, money))


def best(case: Case, grid: MoneyGrid, worth: dict[str, float], *, price: float = 0.0) -> float:
    """Return the largest expected worth of the ending (arriving counts by its days when asked to), plus the price paid."""
    states = unfolded(case, grid)
    memory: dict[reference.State, float] = {}
    for state in reversed(states):
        offers = [price * c.price + sum(p * memory[later] for later, p in c.outcomes) for c in states[state]]
        ending = worth.get(state[0], 0.0)
        if "days" in worth and state[0] == "arrived":
            ending = state[1] * case.network.slot_hours / 24
        memory[state] = max(offers, default=ending)
    return memory[reference.START]


@pytest.mark.parametrize("with_money", [False, True])
@pytest.mark.parametrize("seed", range(20))
def test_storm_reads_the_planner_value_from_the_explicit_format(seed: int, with_money: bool, storm: Storm) -> None:
    process, grid, case = question(seed, with_money=with_money)
    arrive, harm, ends, cost, days = storm.ask(to_drn(process, grid), *QUESTIONS)
    assert arrive == pytest.approx(Solver(process, grid).solve().arrive, abs=EXACT)
    assert harm == pytest.approx(-best(case, grid, {"harmed": -1.0}), abs=EXACT)
    assert ends == 1.0
    assert cost == pytest.approx(best(case, grid, {}, price=0.01), rel=EXACT)
    assert days == pytest.approx(best(case, grid, {"days": 1.0}), rel=EXACT)


@pytest.mark.parametrize("seed", range(6))
def test_storm_reads_the_same_from_the_prism_language(seed: int, storm: Storm) -> None:
    process, grid, _ = question(seed, with_money=bool(seed % 2))
    explicit = storm.ask(to_drn(process, grid), *QUESTIONS)
    written = storm.ask(to_prism(process, grid), *QUESTIONS, form="prism")
    assert written == [pytest.approx(value, rel=EXACT, abs=EXACT) for value in explicit]


@pytest.mark.parametrize("seed", range(12))
def test_every_row_of_chances_sums_to_one(seed: int) -> None:
    process, grid, _ = question(seed, with_money=True)
    rows, total = 0, 1.0
    for line in "".join(to_drn(process, grid)).splitlines():
        if line.startswith("\taction"):
            assert total == pytest.approx(1.0, abs=1e-12)
            rows, total = rows + 1, 0.0
        elif line.startswith("\t\t"):
            total += float(line.rpartition(" ")[2])
    assert total == pytest.approx(1.0, abs=1e-12)
    text = "".join(to_drn(process, grid))
    assert f"@nr_choices\n{rows}\n" in text
    assert f"@nr_states\n{text.count(chr(10) + 'state ')}\n" in text


def test_the_planner_follows_what_storm_was_asked(storm: Storm) -> None:
    process, grid, _ = question(3, with_money=True)
    found = follow(process, Solver(process, grid).solve().policy).evaluation
    assert storm.ask(to_drn(process, grid)) == [pytest.approx(found.arrive, abs=EXACT)]
