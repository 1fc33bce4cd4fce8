"""Cautious plans on random networks: the planner, a plain recursion and Storm's interval decision processes agree."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from waystation.engine.journeys.build import build
from waystation.engine.journeys.cautious import Bounds, guaranteed, solve_cautious
from waystation.engine.journeys.policy import Policy
from waystation.engine.journeys.process import NO_MONEY, MoneyGrid, Process
from waystation.engine.journeys.solve import Solver
from waystation.engine.model import DateRange, PlaceKind

from . import reference
from .random_networks import random_case
from .reference_cautious import CautiousJourney, Interval, Unfolded, Widen, guaranteed_arrival, to_drn, unfold
from .reference_following import following
from .small_journeys import ALONE, START, leg, network, place
from .storm import MISSING, Storm, is_here

SEEDS = range(40)
EXACT = 1e-12
STORM = 1e-9
TAME = (0.0, 0.2, 0.7), (0.0, 0.02, 0.1)
KINDS = ("intercepted", "turned_back", "asked", "discovered")
ROBUST_ARRIVAL = 'Pmax=? [F "target"]'

pytestmark = pytest.mark.oracle


@dataclass(frozen=True)
class Doubts:
    """How far nature may go, drawn from a seed for every kind of chance and every leg and place.

    Attributes
    ----------
    below, above
        Down by one of these parts of the chance, and up by one of these parts of what is missing to 1.
    """

    seed: int
    below: tuple[float, ...]
    above: tuple[float, ...]

    def __call__(self, kind: str, code: str, chance: float) -> Interval:
        drawn = hashlib.sha256(f"{self.seed} {kind} {code}".encode()).digest()
        below, above = self.below[drawn[0] % len(self.below)], self.above[drawn[1] % len(self.above)]
        return chance * (1.0 - below), chance + above * (1.0 - chance)


def bounds_of(process: Process, widen: Widen) -> Bounds:
    """Return the bounds around the chances of a process."""
    found: dict[str, Any] = {}
    for kind in KINDS:
        chances = process.discovered if kind == "discovered" else getattr(process.moves, kind)
        codes = process.places if kind == "discovered" else process.moves.leg
        both = [[widen(kind, code, float(p)) for p in row] for code, row in zip(codes, chances, strict=True)]
        low, high = np.moveaxis(np.array(both).reshape(*chances.shape, 2), -1, 0)
        found |= {f"{kind}_low": np.ascontiguousarray(low), f"{kind}_high": np.ascontiguousarray(high)}
    return Bounds(**found)


@dataclass(frozen=True)
class Question:
    """One random case under doubts: as arrays with bounds, and unfolded without and with money in the state."""

    process: Process
    bounds: Bounds
    grid: MoneyGrid
    journeys: dict[MoneyGrid, CautiousJourney]
    unfolded: dict[MoneyGrid, Unfolded]


def ask(seed: int, widen: Widen) -> Question:
    """A random case; a coarse money grid for every other one."""
    case, steps = random_case(seed), 8 if seed % 2 else 16
    grid = MoneyGrid(step=-(-case.budget.minor // steps), steps=steps)
    money = {NO_MONEY: None, grid: reference.Money(grid.step, grid.steps)}
    process = build(case.network, case.group, case.start, case.days).process
    journeys = {
        each: CautiousJourney(case.network, case.group, case.start, case.days, counted, widen)
        for each, counted in money.items()
    }
    unfolded = {each: unfold(journey) for each, journey in journeys.items()}
    return Question(process, bounds_of(process, widen), grid, journeys, unfolded)


@pytest.fixture(scope="module", params=SEEDS)
def tame(request: pytest.FixtureRequest) -> Question:
    """A case in which nature stays near to what is believed."""
    return ask(request.param, Doubts(request.param, *TAME))


@pytest.fixture(scope="module", params=SEEDS)
def wild(request: pytest.FixtureRequest) -> Question:
    """A case in which nature may go very far: what was impossible may happen, and what was possible may not."""
    return ask(request.param, Doubts(request.param, (0.0, 0.3, 1.0), (0.0, 0.2, 0.9)))


def promised(process: Process, bounds: Bounds, grid: MoneyGrid) -> tuple[Policy, float]:
    policy, arrive = solve_cautious(process, bounds, grid)
    return policy, float(np.atleast_1d(arrive)[-1])


def test_the_planner_agrees_with_the_recursion(wild: Question) -> None:
    for grid, unfolded in wild.unfolded.items():
        _, arrive = promised(wild.process, wild.bounds, grid)
        assert arrive == pytest.approx(guaranteed_arrival(unfolded), abs=EXACT)


def test_what_a_policy_is_sure_of(wild: Question) -> None:
    """Of the cautious plan what it promises, and of the likeliest plan, which does not look at bounds, what is left of it."""
    for grid, unfolded in wild.unfolded.items():
        cautious, promise = promised(wild.process, wild.bounds, grid)
        likeliest = Solver(wild.process, grid).solve().policy
        for policy in (cautious, likeliest):
            followed = following(unfolded, wild.journeys[grid], wild.process, policy)
            sure = guaranteed(wild.process, policy, wild.bounds)
            assert sure == pytest.approx(guaranteed_arrival(followed), abs=EXACT)
            assert sure <= promise + EXACT
        assert guaranteed(wild.process, cautious, wild.bounds) == pytest.approx(promise, abs=EXACT)


def test_storm_agrees_near_to_what_is_believed(tame: Question, storm: Storm) -> None:
    agree(tame, storm)


def test_storm_agrees_far_from_what_is_believed(wild: Question, storm: Storm) -> None:
    agree(wild, storm)


def agree(asked: Question, storm: Storm) -> None:
    """Hold the planner against the recursion and Storm, without and with money in the state."""
    for grid, unfolded in asked.unfolded.items():
        _, arrive = promised(asked.process, asked.bounds, grid)
        assert guaranteed_arrival(unfolded) == pytest.approx(arrive, abs=EXACT)
        assert storm.ask(to_drn(unfolded), form="intervals") == [pytest.approx(arrive, abs=STORM)]


def test_storm_agrees_on_what_the_likeliest_plan_is_sure_of(tame: Question, storm: Storm) -> None:
    policy, _ = Solver(tame.process).likeliest_arrival()
    followed = following(tame.unfolded[NO_MONEY], tame.journeys[NO_MONEY], tame.process, policy)
    sure = guaranteed(tame.process, policy, tame.bounds)
    assert storm.ask(to_drn(followed), form="intervals") == [pytest.approx(sure, abs=STORM)]


def test_the_cases_are_worth_asking() -> None:
    """Nature costs arrival in most of them, money in some, and in some she turns the cautious to another plan."""
    nature = money = other = 0
    for seed in SEEDS:
        case = random_case(seed)
        process = build(case.network, case.group, case.start, case.days).process
        bounds = bounds_of(process, Doubts(seed, *TAME))
        policy, likeliest = Solver(process).likeliest_arrival()
        _, sure = promised(process, bounds, NO_MONEY)
        nature += sure < likeliest - 1e-3
        money += promised(process, bounds, MoneyGrid(-(-case.budget.minor // 16), 16))[1] < sure - 1e-3
        other += guaranteed(process, policy, bounds) < sure - 1e-6
    assert (nature > 20, money > 6, other > 3) == (True, True, True), (nature, money, other)


def test_who_must_be_turned_back_cannot_be_caught() -> None:
    """Nature may catch everybody, but at least four in ten are turned back, and go on the next day by a way that is sure."""
    tomorrow = START + timedelta(days=1)
    risky = leg("risky", "origin", "goal", intercepted=0.5, turned_back=0.4, runs_on=(DateRange(last=START),))
    sure = leg("sure", "origin", "goal", runs_on=(DateRange(tomorrow),))
    origin = place("origin", PlaceKind.ORIGIN, may_wait=False)
    world = network([risky, sure], places=[origin])

    def widen(kind: str, code: str, chance: float) -> Interval:
        return (0.0, 1.0) if (kind, code) == ("intercepted", "risky") else (chance, chance)

    process = build(world, ALONE, START, 2).process
    _, arrive = promised(process, bounds_of(process, widen), NO_MONEY)
    assert arrive == pytest.approx(0.4, abs=EXACT)
    assert guaranteed_arrival(unfold(CautiousJourney(world, ALONE, START, 2, None, widen))) == pytest.approx(0.4)


@pytest.mark.skipif(not is_here(), reason=MISSING)
def test_the_interval_model_that_storm_ships(storm: Storm) -> None:
    """One step to the target with [0.4, 0.9], else lost with [0.5, 0.8]: a leg intercepted with 0.5 to 1 - 0.4."""
    spec = find_spec("stormpy")
    assert spec is not None
    assert spec.origin is not None
    shipped = Path(spec.origin).parent / "examples" / "files" / "imdp" / "tiny-01.drn"
    world = network([leg("step", "origin", "goal", intercepted=0.5)])
    process = build(world, ALONE, START, 1).process
    bounds = bounds_of(process, lambda kind, code, chance: (chance, 0.6 if kind == "intercepted" else chance))
    _, arrive = promised(process, bounds, NO_MONEY)
    text = [shipped.read_text("utf-8")]
    assert storm.ask(text, ROBUST_ARRIVAL, form="intervals") == [pytest.approx(arrive, abs=STORM)]
    assert arrive == pytest.approx(0.4, abs=EXACT)
