"""The main job: one group's journey, from what is known of the network to a plan or the reason why there is none."""

import dataclasses
import math
from datetime import date

import numpy as np

from waystation.engine.journeys.argue import Standing, argue
from waystation.engine.journeys.build import Built, build
from waystation.engine.journeys.candidate import Candidate
from waystation.engine.journeys.choices import Chosen, choose
from waystation.engine.journeys.effort import within_effort
from waystation.engine.journeys.eligibility import require_eligible
from waystation.engine.journeys.errors import CertificateError, UnusableModelError
from waystation.engine.journeys.follow import follow
from waystation.engine.journeys.harm_cap import safest_within
from waystation.engine.journeys.inquiry import NOTHING_MORE, Inquiry
from waystation.engine.journeys.money import choose_grid, finer_grid
from waystation.engine.journeys.obstacle import Question, find_obstacle
from waystation.engine.journeys.plan import (
    BudgetPoint,
    Certificate,
    Choice,
    ChoiceName,
    Obstacle,
    ObstacleKind,
    Plan,
)
from waystation.engine.journeys.process import NO_MONEY, MoneyGrid, Process
from waystation.engine.journeys.simulate import simulate
from waystation.engine.journeys.solve import Solver
from waystation.engine.journeys.stages import stages
from waystation.engine.model import Caps, Group, Network, convert
from waystation.kernel import Money

MOST_DIFFERENCE = 1e-9
_METHOD = "backward induction over slots; every plan followed forward slot by slot, exact money carried along"
_FLAT = 1e-3


def plan_journey(
    network: Network,
    group: Group,
    caps: Caps,
    start: date,
    prefer: ChoiceName = ChoiceName.SAFEST,
    give: float = 0.05,
    inquiry: Inquiry = NOTHING_MORE,
) -> Plan:
    """Plan a group's journey exactly.

    Parameters
    ----------
    caps
        Hard budget (converted to the network's currency, rounded down), days, cap on the chance of harm, and cap on the
        hours walked.
    prefer
        Which of the named choices to describe stage by stage.
    give
        Part of the safest plan's arrival that the other choices may give up, in [0, 1].
    inquiry
        What is to be looked into beside the plan: how sure it is, why it is chosen, what else there is.

    Returns
    -------
    Plan
        With ``choices`` and ``stages``, or with ``obstacle`` when no plan exists.

    Raises
    ------
    GroupRefusedError
        If a rule forbids planning for the group: no consent, a child procedure missing.
    UnusableModelError
        If the network cannot be made into a decision process.
    CertificateError
        If the forward pass does not confirm an answer within 1e-9. No answer is returned.
    """
    require_eligible(group)
    if not 0.0 <= give <= 1.0:
        message = f"give is a part of the arrival and lies between 0 and 1, not at {give}"
        raise UnusableModelError(message)
    built = build(network, group, start, caps.days)
    process = within_effort(network, built.process, caps.walk_hours)
    caps = dataclasses.replace(
        caps,
        days=process.day(process.slots),
        budget=None
        if caps.budget is None
        else convert(caps.budget, network.currency, network.rates, network.as_of, is_budget=True),
    )
    chosen, grid = _choose(process, caps, give)
    if grid is NO_MONEY and caps.max_harm is None:
        _compare_with_fastest(process, chosen)
    winner = chosen.by_name.get(prefer)
    curve, curve_step = _curve(process, caps.budget, grid, chosen.by_name.get(ChoiceName.SAFEST))
    plan = Plan(
        group=group.id,
        network=network.name,
        as_of=network.as_of,
        start=start,
        caps=caps,
        currency=network.currency,
        budget_curve=curve,
        curve_step=curve_step,
        slot_hours=network.slot_hours,
        choices=tuple(Choice(name, candidate.evaluation) for name, candidate in chosen.by_name.items()),
        chosen=prefer if winner is not None else None,
        stages=stages(process, winner.course) if winner is not None else (),
        ruled_out=built.ruled_out,
        certificate=_certify(chosen, caps.budget),
        obstacle=None if winner is not None else _obstacle(network, group, start, caps, built, chosen),
        money_step=grid.step or None,
        regional=simulate(process, winner.policy) if process.memory is not None and winner is not None else None,
        start_levels={
            condition: dict(zip(each.levels, each.start.tolist(), strict=True))
            for condition, each in built.outlooks.items()
        },
        observed_on={
            condition: each.observed_on for condition, each in built.outlooks.items() if each.observed_on is not None
        },
    )

    def rebuild(other: Network, people: Group, limits: Caps) -> Process:
        return within_effort(other, build(other, people, start, limits.days).process, limits.walk_hours)

    return argue(plan, Standing(network, group, built, process, grid, chosen.by_name, rebuild), inquiry)


def _choose(process: Process, caps: Caps, give: float) -> tuple[Chosen, MoneyGrid]:
    """Find the named choices, with money in the state unless none of them passes the budget without it."""
    if caps.budget is None:
        return choose(process, NO_MONEY, give, caps.max_harm), NO_MONEY
    budget = caps.budget.minor
    if _safest_costs(process, caps.max_harm) <= budget:
        free = choose(process, NO_MONEY, give, caps.max_harm)
        if all(candidate.evaluation.cost_max <= budget for candidate in free.by_name.values()):
            return free, NO_MONEY
    grid = choose_grid(process, budget)
    chosen = choose(process, grid, give, caps.max_harm)
    if not chosen.by_name:
        grid = finer_grid(process, budget)
        chosen = choose(process, grid, give, caps.max_harm)
    return chosen, grid


def _safest_costs(process: Process, max_harm: float | None) -> float:
    """Return the most that the safest plan without a budget can cost, in minor units; inf when there is none."""
    safest = safest_within(Solver(process), max_harm).solution
    return math.inf if safest is None else follow(process, safest.policy).evaluation.cost_max


def _curve(
    process: Process, budget: Money | None, grid: MoneyGrid, safest: Candidate | None
) -> tuple[tuple[BudgetPoint, ...], int | None]:
    """Return the likeliest arrival against the hard budget, up to the budget, or to where more money hardly helps.

    With it the minor units of a step of the curve.
    """
    if budget is None:
        if safest is None or safest.evaluation.cost_max == 0:
            return (), None
        rough = choose_grid(process, safest.evaluation.cost_max)
        curve = Solver(process, rough).arrival_by_budget()
        enough = int(np.argmax(curve >= (1.0 - _FLAT) * curve[-1]))
        grid = choose_grid(process, max(1, enough) * rough.step)
    elif grid is NO_MONEY:
        grid = choose_grid(process, budget.minor)
    curve = Solver(process, grid).arrival_by_budget()
    rises = np.flatnonzero(np.diff(curve) > 0.0)  # the step before each rise; before the first one nothing arrives
    kept = sorted({0, *(rises[:1].tolist()), *(rises + 1).tolist(), len(curve) - 1})
    points = (BudgetPoint(Money(step * grid.step, process.currency), float(curve[step])) for step in kept)
    return tuple(points), grid.step


def _certify(chosen: Chosen, budget: Money | None) -> Certificate:
    """Hold every choice to what is promised: sweep and forward pass agree, no journey is lost, no branch passes the budget."""
    largest = 0.0
    for candidate in chosen.by_name.values():
        found = candidate.evaluation
        lost = abs(found.arrive + found.harm + found.neither - 1.0)
        for difference in (candidate.difference, lost):
            if not difference <= MOST_DIFFERENCE:
                message = f"the forward pass differs from the backward solution by {difference:.3g}; no answer is given"
                raise CertificateError(message)
            largest = max(largest, difference)
        if budget is not None and found.cost_max > budget.minor:
            message = (
                f"a branch costs {Money(found.cost_max, budget.currency)}, more than the budget; no answer is given"
            )
            raise CertificateError(message)
    return Certificate(largest, _METHOD)


def _compare_with_fastest(process: Process, chosen: Chosen) -> None:
    """Hold the safest plan against the sweep that breaks no ties: two programs, one answer."""
    _, likeliest = Solver(process).likeliest_arrival()
    arrive = chosen.by_name[ChoiceName.SAFEST].evaluation.arrive if chosen.by_name else 0.0
    if abs(likeliest - arrive) > MOST_DIFFERENCE:
        message = f"two sweeps differ by {abs(likeliest - arrive):.3g}; no answer is given"
        raise CertificateError(message)


def _obstacle(network: Network, group: Group, start: date, caps: Caps, built: Built, chosen: Chosen) -> Obstacle:
    if chosen.least_harm is not None:
        return Obstacle(ObstacleKind.MAX_HARM, smallest_harm=chosen.least_harm)
    budget = caps.budget.minor if caps.budget is not None else None
    days = built.process.day(built.process.slots)
    return find_obstacle(Question(network, group, start, days, budget, caps.walk_hours), built)
