"""What can be offered to each group: adaptive plans that begin in one week or another, and what each is expected to use."""

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from waystation.engine.journeys.build import Built, build
from waystation.engine.journeys.doubt.assumptions import Assumptions, assumptions_of
from waystation.engine.journeys.follow import Course
from waystation.engine.journeys.policy import Policy
from waystation.engine.journeys.process import Process
from waystation.engine.model import Group, Network
from waystation.engine.portfolio.ledger import Ledger
from waystation.engine.portfolio.menu import menu
from waystation.engine.portfolio.use import Timetable, Use, expected_use, timetable

DAYS_A_WEEK = 7


@dataclass(frozen=True, eq=False)
class Setting:
    """One group's journey from one start week: the process, and which limits it can touch.

    Attributes
    ----------
    assumptions
        The beliefs the process rests on.
    safe_until
        Chance of not having been discovered while waiting for the start where the group is.
    """

    group: Group
    week: int
    process: Process
    table: Timetable
    safe_until: float
    assumptions: Assumptions


@dataclass(frozen=True, eq=False)
class Offer:
    """A plan for a group from a start week.

    Attributes
    ----------
    name
        A named choice, ``cautious``, ``cheap`` (gives up more arrival for less money) or ``priced``.
    arrive, harm
        People expected to arrive, and to come to harm on the way.
    """

    setting: Setting
    name: str
    policy: Policy
    course: Course
    use: Use
    arrive: float
    harm: float

    @property
    def start(self) -> date:
        """The day of departure."""
        return self.setting.process.start

    @property
    def spending(self) -> float:
        """Expected spending in minor units."""
        return sum(self.use.money.values())


def settings_of(
    network: Network, groups: Iterable[Group], ledger: Ledger, first: date, weeks: int
) -> dict[str, list[Setting]]:
    """Return each group's journey from every start week in which it may still arrive by its deadline."""
    made: dict[str, list[Setting]] = {}
    built: dict[object, tuple[Built, Assumptions]] = {}
    for group in groups:
        settings, safe = [], 1.0
        for week in range(weeks):
            start = first + timedelta(days=DAYS_A_WEEK * week)
            days = _days(network, group, start)
            if days is None:
                break
            key = (group.place, group.size, group.limit, group.needs, start, days)
            if key not in built:
                one = build(network, group, start, days)
                built[key] = one, assumptions_of(network, group, one)
            process, beliefs = built[key][0].process, built[key][1]
            table = timetable(network, group, process, ledger, week)
            settings.append(Setting(group, week, process, table, safe, beliefs))
            here = process.discovered[process.start_place]
            safe *= (1.0 - float(process.start_chance @ here[: len(process.start_chance)])) ** (
                DAYS_A_WEEK * 24 // network.slot_hours
            )
        made[group.id] = settings
    return made


def _days(network: Network, group: Group, start: date) -> float | None:
    """Return the days a journey may last, or None when the deadline leaves no slot."""
    if group.deadline is None:
        return float(network.horizon_days)
    left = (group.deadline - start).days
    return None if left < 1 else float(min(network.horizon_days, left))


def offers_of(setting: Setting, known: dict[object, list[tuple[str, Policy, Course]]]) -> list[Offer]:
    """Return the plans the planner offers for a setting: named, cautious and cheap ones, each only once.

    Parameters
    ----------
    known
        Plans by process, shared by groups of one kind; filled as they are found.
    """
    process = setting.process
    if id(process) not in known:
        known[id(process)] = menu(process, setting.assumptions)
    return [
        offer
        for name, policy, course in known[id(process)]
        if (offer := make_offer(setting, name, policy, course)).arrive > 0.0
    ]


def make_offer(setting: Setting, name: str, policy: Policy, course: Course) -> Offer:
    """Return an offer with what it is expected to use."""
    size, safe = setting.group.size, setting.safe_until
    found = course.evaluation
    use = expected_use(setting.process, course, setting.table)
    return Offer(setting, name, policy, course, use, size * safe * found.arrive, size * safe * found.harm)


def without_leg(network: Network, leg: str) -> Network:
    """Return the network with one leg closed."""
    return dataclasses.replace(network, legs=tuple(each for each in network.legs if each.id != leg))


Seen = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and of how much."""


def all_offers(settings: Mapping[str, list[Setting]], seen: Seen) -> dict[str, list[Offer]]:
    """Return every group's offers of every start week."""
    known: dict[object, list[tuple[str, Policy, Course]]] = {}
    total, done = sum(map(len, settings.values())), 0
    made: dict[str, list[Offer]] = {}
    for group, each in settings.items():
        made[group] = []
        for setting in each:
            seen("plans", done, total)
            made[group] += offers_of(setting, known)
            done += 1
    return made
