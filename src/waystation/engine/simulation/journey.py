"""One group's plan replayed, beside what it was exactly."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from math import sqrt

import numpy as np

from waystation.engine.journeys.build import MOST_JOINT_LEVELS, build
from waystation.engine.journeys.eligibility import require_eligible
from waystation.engine.journeys.money import choose_grid
from waystation.engine.journeys.plan import Evaluation
from waystation.engine.journeys.process import NO_MONEY
from waystation.engine.journeys.solve import Solver
from waystation.engine.model import Caps, Group, Network, convert
from waystation.engine.simulation.replay import Journeys
from waystation.engine.simulation.script import ARRIVED, DISCOVERED, INTERCEPTED, write_script
from waystation.engine.simulation.tasks import ReplayTask, Runner, Told, gather, in_this_process, pieces

JOURNEYS_A_PIECE = 50_000


@dataclass(frozen=True, eq=False)
class Replayed:
    """A plan of the likeliest arrival, replayed.

    Attributes
    ----------
    counts
        Journeys by how they ended.
    exact
        What the forward pass counts for the same policy.
    z
        How many standard errors the simulated arrival, harm and mean cost lie from the exact ones, by name.
    spent
        The money that five, fifty and ninety-five in a hundred journeys keep within, minor units.
    days
        The same of the days of those that arrive; nan when none does.
    turned_back
        Mean times a party is turned back or led back.
    """

    journeys: int
    counts: dict[str, int]
    exact: Evaluation
    z: dict[str, float]
    cost: float
    spent: tuple[int, int, int]
    days: tuple[float, float, float]
    turned_back: float
    currency: str


def replay_plan(
    network: Network,
    group: Group,
    start: date,
    caps: Caps,
    seed: int,
    journeys: int,
    *,
    runner: Runner = in_this_process,
    told: Told | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Replayed:
    """Replay the plan of the likeliest arrival of a group within a budget and a number of days.

    Raises
    ------
    GroupRefusedError
        If a rule forbids planning for the group.
    UnusableModelError
        If the network cannot be made into a decision process with all its conditions kept in mind.
    SimulationCancelledError
        If ``cancelled`` says so.
    """
    require_eligible(group)
    process = build(network, group, start, caps.days, most_exact_levels=MOST_JOINT_LEVELS).process
    grid = NO_MONEY
    if caps.budget is not None:
        budget = convert(caps.budget, network.currency, network.rates, network.as_of, is_budget=True)
        grid = choose_grid(process, budget.minor)
    written = write_script(process, Solver(process, grid).solve().policy)
    tasks = [ReplayTask(0, seed, first, count) for first, count in pieces(journeys, JOURNEYS_A_PIECE)]
    parts = gather(tasks, [written.script], runner, Journeys, told, cancelled)
    end, slot, spent, turned = (
        np.concatenate([getattr(part, name) for part in parts]) for name in ("end", "slot", "spent", "turned")
    )
    exact = written.course.evaluation
    counts = {name: sum(part.counts()[name] for part in parts) for name in parts[0].counts()}
    arrived = slot[end == ARRIVED]
    shares = (0.05, 0.5, 0.95)
    days = [process.day(float(each)) for each in np.quantile(arrived, shares)] if len(arrived) else [float("nan")] * 3
    low, middle, high = np.quantile(spent, shares, method="higher").tolist()
    return Replayed(
        journeys=journeys,
        counts=counts,
        exact=exact,
        z={
            "arrive": _z_of_share(float((end == ARRIVED).mean()), exact.arrive, journeys),
            "harm": _z_of_share(float(np.isin(end, (INTERCEPTED, DISCOVERED)).mean()), exact.harm, journeys),
            "cost": z_score(float(spent.mean()) - exact.cost_expected, float(spent.std()) / sqrt(journeys)),
        },
        cost=float(spent.mean()),
        spent=(low, middle, high),
        days=(days[0], days[1], days[2]),
        turned_back=float(turned.mean()),
        currency=process.currency,
    )


def _z_of_share(found: float, exact: float, journeys: int) -> float:
    return z_score(found - exact, sqrt(max(0.0, exact * (1.0 - exact)) / journeys))


def z_score(difference: float, error: float) -> float:
    """Return a difference in standard errors; 0 where there is neither, infinite where only the error is 0."""
    if abs(difference) <= _ROUNDING * max(1.0, abs(error)):
        return 0.0
    return difference / error if error > 0.0 else float("inf")


_ROUNDING = 1e-9
