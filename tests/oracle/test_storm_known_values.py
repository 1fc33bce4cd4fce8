"""Travel problems whose exact answers are known in closed form: the planner, the reference and Storm all find them."""

from dataclasses import dataclass

import pytest

from waystation.engine.journeys.build import build
from waystation.engine.journeys.money import choose_grid
from waystation.engine.journeys.planner import plan_journey
from waystation.engine.journeys.process import NO_MONEY
from waystation.engine.model import (
    Belief,
    Caps,
    Chain,
    Company,
    Condition,
    Demand,
    LevelFactor,
    LevelRef,
    Network,
    Observation,
    PlaceKind,
    Refusal,
)
from waystation.formats.checker_export import to_drn

from . import reference
from .reference_solve import lexicographic
from .small_journeys import ALONE, START, dollars, leg, network, place
from .storm import Storm

pytestmark = pytest.mark.oracle
HIGH = LevelRef("river", "high")


@dataclass(frozen=True)
class Known:
    """A problem and its answer, worked out by hand."""

    name: str
    network: Network
    days: float
    arrive: float
    budget: int | None = None

    def __str__(self) -> str:
        return self.name


def triangle() -> Network:
    """A triangle with spare tyres along two of its sides: each move punctures a tyre with chance 1/2.

    Along the hypotenuse there are no spares, so a puncture on the way strands the traveller; the last one does not matter. Along
    the sides every place has a spare, but the way is twice as long. At every corner one can still change over.
    """
    return network(
        [
            leg("h1", "origin", "mid", intercepted=0.5),
            leg("h2", "mid", "goal"),
            leg("s1", "origin", "corner1"),
            leg("s2", "corner1", "corner2"),
            leg("s3", "corner2", "corner3"),
            leg("s4", "corner3", "goal"),
            leg("x1", "corner1", "mid", intercepted=0.5),
        ]
    )


def long_triangle() -> Network:
    """The next larger triangle: a hypotenuse of four moves, three of which can strand; or one corner first, then two moves."""
    return network(
        [
            leg("h1", "origin", "m1", intercepted=0.5),
            leg("h2", "m1", "m2", intercepted=0.5),
            leg("h3", "m2", "m3", intercepted=0.5),
            leg("h4", "m3", "goal"),
            leg("s1", "origin", "c1", days=2),
            leg("x1", "c1", "m2", intercepted=0.5),
            leg("s2", "c1", "c2", days=4),
            leg("s3", "c2", "goal", days=2),
        ]
    )


def river(stay: float, discovery: float = 0.0, slot_hours: int = 24) -> Network:
    """A crossing that is closed while the river is high; it is high today, and stays as it is with chance ``stay`` a day."""
    return network(
        [leg("ford", "origin", "goal", closed_at=frozenset({HIGH}))],
        places=[place("origin", PlaceKind.ORIGIN, discovery=Belief(discovery))],
        conditions=[Condition("river", ("low", "high"), (Chain.persistent(2, stay),))],
        seen=[Observation("river", START, "high")],
        slot_hours=slot_hours,
    )


def daily_draw(good: float) -> Network:
    """Each day is good or bad afresh; going on a bad day is risked at even odds, on a good day at 1 in 10. Today is bad."""
    row = (good, 1.0 - good)
    return network(
        [leg("go", "origin", "goal", intercepted=0.1, intercepted_factors=(LevelFactor(HIGH, 9.0),))],
        conditions=[Condition("river", ("low", "high"), (Chain((row, row)),))],
        seen=[Observation("river", START, "high")],
    )


def tries(back: float, caught: float = 0.0) -> Network:
    """A dollar a try; each try succeeds, fails and may be repeated, or ends in detention."""
    return network([leg("try", "origin", "goal", fee=1, turned_back=back, intercepted=caught)])


def toll(chance: float, size: int, refusal: Refusal) -> Network:
    """A dollar to set out; more is demanded at the hand-over with some chance."""
    demand = Demand(Belief(chance), dollars(size), dollars(0), refusal)
    return network([leg("road", "origin", "goal", fee=1, demand=demand)])


def escorted() -> Network:
    """Chance 1/5, odds 1/4; in company the odds are halved to 1/8, chance 1/9, at twice the price."""
    return network([leg("road", "origin", "goal", fee=5, intercepted=0.2, company=Company(0.5, 2.0))])


def waits(stay: float, discovery: float, slots: int) -> float:
    """Closed form: high for k slots, then low, undiscovered on each; gone at the latest one slot before the end."""
    both = stay * (1.0 - discovery)
    return (1.0 - stay) * (1.0 - discovery) * (1.0 - both ** (slots - 1)) / (1.0 - both)


BACK, LONGER = Refusal(None), Refusal(2)

KNOWN = [
    Known("triangle, no time for the sides", triangle(), 2, 0.5),
    Known("triangle, three days", triangle(), 3, 0.5),
    Known("triangle, time for the sides", triangle(), 4, 1.0),
    Known("triangle, too little time", triangle(), 1, 0.0),
    Known("long triangle, straight", long_triangle(), 4, 0.125),
    Known("long triangle, one corner", long_triangle(), 5, 0.25),
    Known("long triangle, a day short", long_triangle(), 7, 0.25),
    Known("long triangle, all the way round", long_triangle(), 8, 1.0),
    Known("river, geometric", river(0.8), 6, 1.0 - 0.8**5),
    Known("river, slots of half a day", river(0.8, slot_hours=12), 3, 1.0 - (0.8**0.5) ** 4),
    Known("river, discovery while waiting", river(0.8, 0.1), 6, waits(0.8, 0.1, 6)),
    Known("river, no time to wait", river(0.8), 1, 0.0),
    Known("a good day, one left", daily_draw(0.3), 1, 0.5),
    Known("a good day, ten left", daily_draw(0.3), 10, 0.9 - 0.4 * 0.7**9),
    Known("money for three tries", tries(0.6), 20, 1.0 - 0.6**3, budget=3),
    Known("money for seven tries", tries(0.6, 0.1), 20, 0.3 * (1.0 - 0.6**7) / 0.4, budget=7),
    Known("time for two tries", tries(0.6), 2, 1.0 - 0.6**2, budget=7),
    Known("no money", tries(0.6), 20, 0.0, budget=0),
    Known("toll, money for the way only", toll(0.4, 2, BACK), 20, 0.6, budget=1),
    Known("toll, set out twice", toll(0.4, 2, BACK), 20, 1.0 - 0.4**2, budget=2),
    Known("toll, money to pay", toll(0.4, 2, BACK), 20, 1.0, budget=3),
    Known("toll, the long way round", toll(0.4, 2, LONGER), 3, 1.0, budget=1),
    Known("toll, no time for the long way", toll(0.4, 2, LONGER), 2, 0.6, budget=1),
    Known("alone", escorted(), 3, 0.8, budget=9),
    Known("in company", escorted(), 3, 8.0 / 9.0, budget=10),
]


@pytest.mark.parametrize("known", KNOWN, ids=str)
def test_the_planner_finds_the_known_value(known: Known) -> None:
    budget = None if known.budget is None else dollars(known.budget)
    plan = plan_journey(known.network, ALONE, Caps(budget, known.days), START)
    if known.arrive == 0.0:
        assert plan.choice is None
        assert plan.obstacle is not None
        return
    assert plan.choice is not None
    assert plan.choice.evaluation.arrive == pytest.approx(known.arrive, abs=1e-12)
    if budget is not None:
        assert plan.choice.evaluation.cost_max <= budget.minor
        assert plan.budget_curve[-1].arrive == pytest.approx(known.arrive, abs=1e-12)


@pytest.mark.parametrize("known", KNOWN, ids=str)
def test_storm_and_the_reference_find_the_known_value(known: Known, storm: Storm) -> None:
    process = build(known.network, ALONE, START, known.days).process
    grid, money = NO_MONEY, None
    if known.budget is not None:
        grid = choose_grid(process, dollars(known.budget).minor)
        money = reference.Money(grid.step, grid.steps)
    unfolded = reference.unfold(reference.Journey(known.network, ALONE, START, known.days, money))
    assert lexicographic(unfolded)[0].arrive == pytest.approx(known.arrive, abs=1e-12)
    assert storm.ask(to_drn(process, grid)) == [pytest.approx(known.arrive, abs=1e-9)]


@pytest.mark.parametrize("back", [0.3, 0.6])
def test_every_point_of_the_curve_is_the_closed_form(back: float) -> None:
    plan = plan_journey(tries(back), ALONE, Caps(dollars(12), 30.0), START)
    assert len(plan.budget_curve) == 13
    for point in plan.budget_curve:
        assert point.arrive == pytest.approx(1.0 - back ** (point.budget.minor // 100), abs=1e-12)
