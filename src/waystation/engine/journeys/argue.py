"""From a plan to a plan one can argue with: how sure it is, why it is chosen, and what else there is."""

import dataclasses
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from waystation.engine.journeys.argument import (
    Caution,
    CostPoint,
    DeadlinePoint,
    Doubt,
    FrontierPoint,
    Quantile,
    Reasons,
)
from waystation.engine.journeys.build import Built
from waystation.engine.journeys.candidate import Candidate
from waystation.engine.journeys.cautious import guaranteed, solve_cautious
from waystation.engine.journeys.deadlines import arrival_by_deadline
from waystation.engine.journeys.doubt.assumptions import Assumptions, assumptions_of
from waystation.engine.journeys.doubt.bounds import belief_bounds
from waystation.engine.journeys.doubt.posterior import Posterior, doubt_about, evaluate, interval
from waystation.engine.journeys.doubt.spending import spending
from waystation.engine.journeys.doubt.support import Support, support_of
from waystation.engine.journeys.follow import Course, follow
from waystation.engine.journeys.frontier import frontier
from waystation.engine.journeys.inquiry import Inquiry
from waystation.engine.journeys.kernels.arrays import Arrays
from waystation.engine.journeys.layout import earliest_slots, prepare
from waystation.engine.journeys.main_line import legs_of, main_line
from waystation.engine.journeys.parties.arrange import arrangements
from waystation.engine.journeys.plan import BudgetPoint, Choice, ChoiceName, Plan
from waystation.engine.journeys.policy import Policy
from waystation.engine.journeys.process import MoneyGrid, Process
from waystation.engine.journeys.reasons.give import give_reasons
from waystation.engine.journeys.reasons.ground import Ground, Rebuild
from waystation.engine.journeys.solve import Solver
from waystation.engine.journeys.stages import stages
from waystation.engine.model import Group, Network

_THREADS = 2
_ARRIVALS_ASKED = (0.5, 0.8, 0.9, 0.95, 0.99)
_CURVE_POINTS = 6
_CURVE_DRAWS = 100
_DEADLINES = 40
_SAME = 1e-9
_LARGE = 10_000
"""From so many states on, plans that are not the chosen one are looked into with fewer draws."""
_FEWER_DRAWS = 200


@dataclass(frozen=True, eq=False)
class Standing:
    """What a plan stands on, from the network to the policies behind its choices."""

    network: Network
    group: Group
    built: Built
    process: Process
    grid: MoneyGrid
    chosen: Mapping[ChoiceName, Candidate]
    rebuild: Rebuild

    @cached_property
    def assumptions(self) -> Assumptions:
        """The beliefs the process rests on."""
        return assumptions_of(self.network, self.group, dataclasses.replace(self.built, process=self.process))

    @cached_property
    def arrays(self) -> Arrays:
        """The process laid out for its money grid."""
        return prepare(self.process, self.grid, by_region=True)

    def support(self, course: Course) -> Support:
        """Lay out the states that a course passes."""
        return support_of(self.process, self.arrays, course.visits, self.grid.steps)


def argue(plan: Plan, standing: Standing, inquiry: Inquiry) -> Plan:
    """Add to a plan what the inquiry asks for. A plan that does not exist is returned as it is."""
    winner = standing.chosen.get(plan.chosen) if plan.chosen is not None else None
    if winner is None:
        return plan
    plan = dataclasses.replace(plan, quantiles=quantiles(plan.budget_curve))
    support = standing.support(winner.course)
    if inquiry.draws > 0:
        plan = _with_doubt(plan, standing, inquiry, winner, support)
    if inquiry.cautious is not None:
        plan = dataclasses.replace(plan, caution=_caution(standing, inquiry, winner))
    if inquiry.frontier:
        plan = dataclasses.replace(
            plan, frontier=_frontier(standing.process), deadline_curve=_deadline_curve(standing.process)
        )
    if inquiry.parties:
        ways = arrangements(standing.network, standing.group, plan.caps, plan.start, inquiry.seed)
        plan = dataclasses.replace(plan, arrangements=ways)
    if inquiry.reasons:
        plan = dataclasses.replace(plan, reasons=_reasons(plan, standing, winner, support))
    return plan


def quantiles(curve: tuple[BudgetPoint, ...]) -> tuple[Quantile, ...]:
    """Return the least budget on a curve with which each of a few arrivals is reached."""
    if not curve:
        return ()
    reached = [next((point.budget for point in curve if point.arrive >= arrive), None) for arrive in _ARRIVALS_ASKED]
    return tuple(Quantile(arrive, budget) for arrive, budget in zip(_ARRIVALS_ASKED, reached, strict=True))


def _with_doubt(plan: Plan, standing: Standing, inquiry: Inquiry, winner: Candidate, of_winner: Support) -> Plan:
    process, assumptions = standing.process, standing.assumptions  # laid out before the threads ask for them
    distinct = list({id(candidate): candidate for candidate in standing.chosen.values()}.values())

    def look_into(candidate: Candidate) -> tuple[Doubt, Posterior, tuple[CostPoint, ...]]:
        is_winner, expected = candidate is winner, candidate.evaluation
        support = of_winner if is_winner else standing.support(candidate.course)
        draws = inquiry.draws if is_winner or len(support) < _LARGE else min(inquiry.draws, _FEWER_DRAWS)
        doubt, posterior = doubt_about(
            process, assumptions, support, expected, draws, inquiry.seed, inquiry.coverage, keep_states=is_winner
        )
        return doubt, posterior, spending(process, assumptions, support, expected.cost_max, standing.grid)

    with ThreadPoolExecutor(_THREADS) as threads:  # the kernels let go of the interpreter
        found = dict(zip(map(id, distinct), threads.map(look_into, distinct), strict=True))

    def with_doubt(choice: Choice) -> Choice:
        candidate = standing.chosen[choice.name]
        doubt, _, costs = found[id(candidate)]
        described = laid_out if candidate is winner else stages(standing.process, candidate.course)
        return dataclasses.replace(choice, doubt=doubt, costs=costs, stages=described)

    _, posterior, _ = found[id(winner)]
    laid_out = stages(standing.process, winner.course, posterior, inquiry.coverage)
    choices = tuple(with_doubt(choice) for choice in plan.choices)
    curve = _curve_with_doubt(plan, standing, inquiry) if inquiry.curve else plan.budget_curve
    return dataclasses.replace(plan, choices=choices, stages=laid_out, budget_curve=_with_safest(curve, choices))


def _curve_with_doubt(plan: Plan, standing: Standing, inquiry: Inquiry) -> tuple[BudgetPoint, ...]:
    """Return the curve with intervals at a few budgets spread over it: each is of the plan that is best within that budget."""
    curve, step, process = plan.budget_curve, plan.curve_step, standing.process
    if len(curve) < 2 or step is None:
        return curve
    grid = MoneyGrid(step, curve[-1].budget.minor // step)
    policy, _ = Solver(process, grid).likeliest_by_budget()
    shown = np.unique(np.linspace(1, len(curve) - 1, _CURVE_POINTS).round().astype(int)).tolist()
    values = standing.assumptions.draw(min(inquiry.draws, _CURVE_DRAWS), inquiry.seed)

    def look_into(number: int) -> BudgetPoint:
        point = curve[number]
        steps = point.budget.minor // step
        within = MoneyGrid(step, steps)
        arrays = prepare(process, within, by_region=True)
        course = follow(process, Policy(np.ascontiguousarray(policy.actions[..., : steps + 1]), within), arrays)
        support = support_of(process, arrays, course.visits, steps)
        arrive = evaluate(process, standing.assumptions, support, values).arrive
        return dataclasses.replace(point, interval=interval(arrive, inquiry.coverage, point.arrive))

    with ThreadPoolExecutor(_THREADS) as threads:
        found = dict(zip(shown, threads.map(look_into, shown), strict=True))
    return tuple(found.get(number, point) for number, point in enumerate(curve))


def _with_safest(curve: tuple[BudgetPoint, ...], choices: tuple[Choice, ...]) -> tuple[BudgetPoint, ...]:
    """Let the end of the curve have the safest plan's interval where it is that plan's arrival: one number, one interval."""
    safest = choices[0]
    if not curve or safest.doubt is None or abs(curve[-1].arrive - safest.evaluation.arrive) > _SAME:
        return curve
    return (*curve[:-1], dataclasses.replace(curve[-1], interval=safest.doubt.arrive))


def _frontier(process: Process) -> tuple[FrontierPoint, ...]:
    return tuple(
        FrontierPoint(vertex.arrive, vertex.harm, vertex.cost_expected, vertex.days_expected)
        for vertex in frontier(process)
    )


def _deadline_curve(process: Process) -> tuple[DeadlinePoint, ...]:
    """Return the likeliest arrival for deadlines spread between the first day anybody can have arrived and the last."""
    first = int(earliest_slots(process)[process.destination].min(initial=process.slots))
    slots = np.unique(np.linspace(first, process.slots, _DEADLINES).round().astype(int)).tolist()
    arrive = arrival_by_deadline(process, slots)
    return tuple(DeadlinePoint(process.day(slot), float(each)) for slot, each in zip(slots, arrive, strict=True))


def _caution(standing: Standing, inquiry: Inquiry, winner: Candidate) -> Caution | None:
    process, coverage = standing.process, inquiry.cautious
    if coverage is None or process.memory is not None:
        return None
    bounds = belief_bounds(process, standing.assumptions, coverage)
    policy, sure = solve_cautious(process, bounds, standing.grid)
    course = follow(process, policy, standing.arrays)
    doubt = None
    if inquiry.draws > 0:
        support = standing.support(course)
        draws = min(inquiry.draws, _FEWER_DRAWS)
        doubt, _ = doubt_about(
            process, standing.assumptions, support, course.evaluation, draws, inquiry.seed, inquiry.coverage
        )
    return Caution(
        coverage=coverage,
        guaranteed=float(np.ravel(sure)[-1]),
        chosen_guaranteed=guaranteed(process, winner.policy, bounds),
        arrive=course.evaluation.arrive,
        harm=course.evaluation.harm,
        cost_expected=course.evaluation.cost_expected,
        doubt=doubt,
        legs=legs_of(process, main_line(process, course.visits)),
    )


def _reasons(plan: Plan, standing: Standing, winner: Candidate, support: Support) -> Reasons:
    ground = Ground(
        network=standing.network,
        group=standing.group,
        caps=plan.caps,
        process=standing.process,
        grid=standing.grid,
        assumptions=standing.assumptions,
        course=winner.course,
        support=support,
        rebuild=standing.rebuild,
    )
    return give_reasons(ground, plan.ruled_out)
