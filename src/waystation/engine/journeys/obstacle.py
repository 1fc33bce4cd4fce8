"""When no plan exists: which cap or fact is the obstacle, and the smallest change that would make one exist."""

import dataclasses
import heapq
import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from waystation.engine.journeys.build import Built, build
from waystation.engine.journeys.effort import walk_hours_by_move, with_effort_cap, within_effort
from waystation.engine.journeys.money import choose_grid, finer_grid
from waystation.engine.journeys.plan import Obstacle, ObstacleKind, ReasonCode
from waystation.engine.journeys.process import MoneyGrid, Process
from waystation.engine.journeys.solve import Solver
from waystation.engine.journeys.support import least_spent
from waystation.engine.model import Group, Network
from waystation.kernel import Money

_EXTRA_DAYS = 120
_GROUP_CODES = {
    ReasonCode.PARTY_TOO_LARGE,
    ReasonCode.WALKING,
    ReasonCode.CLIMB,
    ReasonCode.NIGHT,
    ReasonCode.NEED,
    ReasonCode.BEDS,
}


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked when no plan was found. ``budget`` in minor units of the network's currency; None for no cap."""

    network: Network
    group: Group
    start: date
    days: float
    budget: int | None
    walk_hours: float | None = None


def find_obstacle(question: Question, built: Built) -> Obstacle:
    """Name the obstacle of a question to which no plan is an answer, the cap on harm left aside."""
    network, cap = question.network, question.walk_hours
    process = within_effort(network, built.process, cap)
    least = least_spent(process)
    if np.isfinite(least).any():
        return Obstacle(ObstacleKind.BUDGET, smallest_budget=_smallest_budget(process, least))
    if process is not built.process and _affordable(built.process, question.budget):
        return Obstacle(ObstacleKind.WALK_HOURS, smallest_walk_hours=_fewest_hours(question, built.process))
    longer = within_effort(network, _longer(question, question.days + _EXTRA_DAYS), cap)
    least = least_spent(longer)
    if not np.isfinite(least).any():
        if cap is not None:  # another cap or fact stands in the way as well
            return find_obstacle(dataclasses.replace(question, walk_hours=None), built)
        return _blocked(question, built)
    affordable = np.flatnonzero(
        np.isfinite(least) & (least <= (math.inf if question.budget is None else question.budget))
    )
    if len(affordable):
        return Obstacle(ObstacleKind.DAYS, smallest_days=longer.day(int(affordable[0])))
    days = longer.day(int(np.flatnonzero(np.isfinite(least))[0]))
    in_time = within_effort(network, _longer(question, days), cap)
    budget = _smallest_budget(in_time, least_spent(in_time))
    return Obstacle(ObstacleKind.BUDGET_AND_DAYS, smallest_budget=budget, smallest_days=days)


def _longer(question: Question, days: float) -> Process:
    return build(question.network, question.group, question.start, days).process


def _affordable(process: Process, budget: int | None) -> bool:
    """Whether some plan arrives within a budget in minor units, as the planner would find."""
    if budget is None:
        return Solver(process).likeliest_arrival()[1] > 0.0
    return any(_arrives(process, grid) for grid in (choose_grid(process, budget), finer_grid(process, budget)))


def _fewest_hours(question: Question, process: Process) -> float:
    """Return the least cap on the hours walked with which the planner finds a plan, to the hours' greatest common measure."""
    hours = walk_hours_by_move(question.network, process)
    minutes = np.ceil(hours * 60.0 - 1e-9).astype(np.int64)
    nothing = np.zeros_like(minutes)
    moves = dataclasses.replace(process.moves, fee=minutes, demand=nothing)
    on_foot = dataclasses.replace(process, moves=moves, stay_fee=np.zeros_like(process.stay_fee))
    measure = int(np.gcd.reduce(minutes[minutes > 0]))
    enough = int(least_spent(on_foot).min())

    def is_enough(cap: int) -> bool:
        return _affordable(with_effort_cap(process, hours, cap / 60.0), question.budget)

    too_few, stride = enough - measure, measure
    while not is_enough(enough):
        too_few, stride = enough, 2 * stride
        enough += stride
    while enough - too_few > measure:
        half = too_few + (enough - too_few) // measure // 2 * measure
        if is_enough(half):
            enough = half
        else:
            too_few = half
    return enough / 60.0


def _smallest_budget(process: Process, least: NDArray[np.float64]) -> Money:
    """Return the least budget with which the planner finds a plan: the cheapest branch, or a little more for the rounding."""
    budget = int(least.min())
    while not any(_arrives(process, grid) for grid in (choose_grid(process, budget), finer_grid(process, budget))):
        budget += max(1, finer_grid(process, budget).step)
    return Money(budget, process.currency)


def _arrives(process: Process, grid: MoneyGrid) -> bool:
    return bool(Solver(process, grid).arrival_by_budget()[-1] > 0.0)


def _blocked(question: Question, built: Built) -> Obstacle:
    """Say what stands on the way that is least blocked, or that the network has no way at all."""
    reasons = {reason.id: reason for reason in built.ruled_out if reason.code is not ReasonCode.UNREACHABLE}
    way = _least_blocked(question.network, question.group.place, reasons.keys())
    if way is None:
        return Obstacle(ObstacleKind.NO_ROUTE)
    names = [leg for leg in way if leg in reasons] or [
        reason.id for reason in built.ruled_out if reason.code is ReasonCode.BEDS
    ]
    one_is_enough = len(names) == 1 and names[0] in way
    if one_is_enough:
        names = _each_enough(question.network, question.group.place, reasons.keys())
    blocking = tuple(reasons[leg] for leg in names)
    for_group = bool(blocking) and all(reason.code in _GROUP_CODES for reason in blocking)
    kind = ObstacleKind.GROUP if for_group else ObstacleKind.CLOSED
    return Obstacle(kind, blocking=blocking, one_is_enough=one_is_enough)


def _least_blocked(network: Network, origin: str, blocked: Iterable[str]) -> list[str] | None:
    """Return the legs of a way to a destination that passes the fewest blocked legs, then the fewest legs; None if none."""
    barred = set(blocked)
    destinations = {place.id for place in network.places if place.kind == "destination"}
    queue: list[tuple[int, int, str, list[str]]] = [(0, 0, origin, [])]
    settled: set[str] = set()
    while queue:
        bars, length, here, way = heapq.heappop(queue)
        if here in destinations:
            return way
        if here in settled:
            continue
        settled.add(here)
        for leg in network.legs:
            if leg.origin == here and leg.target not in settled:
                heapq.heappush(queue, (bars + (leg.id in barred), length + 1, leg.target, [*way, leg.id]))
    return None


def _each_enough(network: Network, origin: str, blocked: Iterable[str]) -> list[str]:
    """Return every blocked leg that would open a way to a destination if it alone could be used."""
    barred = set(blocked)
    free = [(leg.origin, leg.target) for leg in network.legs if leg.id not in barred]
    reached = _closure({origin}, free)
    ends = {place.id for place in network.places if place.kind == "destination"}
    leading = _closure(ends, [(target, source) for source, target in free])
    return [leg.id for leg in network.legs if leg.id in barred and leg.origin in reached and leg.target in leading]


def _closure(places: set[str], links: Iterable[tuple[str, str]]) -> set[str]:
    """Return every place that links lead to, step by step."""
    onward: dict[str, list[str]] = {}
    for here, there in links:
        onward.setdefault(here, []).append(there)
    found, queue = set(places), list(places)
    for here in queue:
        new = [there for there in onward.get(here, ()) if there not in found]
        found.update(new)
        queue.extend(new)
    return found
