"""What leaving on another day changes by itself: the days a leg runs, vetting, the levels at the start, the season."""

import dataclasses
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

import numpy as np

from waystation.engine.journeys.build import Built, build
from waystation.engine.journeys.comparison.arrival import arrival_within
from waystation.engine.journeys.comparison.change import Change, Part
from waystation.engine.journeys.comparison.result import Effect
from waystation.engine.journeys.outlook import Outlook
from waystation.engine.journeys.process import Process
from waystation.engine.journeys.suitability import journey_days
from waystation.engine.model import Caps, DateRange, Group, Leg, Network, Partner

DEPARTURES = "departures"
"""Days on which a leg runs during the journey, as ranges."""

VETTED_DAYS = "vetted_days"
"""Days from the start for which a partner's vetting still holds, at most the whole journey."""

START_LEVELS = "start_levels"
"""Chance of each level of a condition at the start."""

SEASON = "season"
"""Months of the journey."""


@dataclasses.dataclass(frozen=True)
class Departure:
    """A group's journey under its caps, and the two days on which it may leave."""

    network: Network
    group: Group
    caps: Caps
    first: date
    second: date

    def effects(self, base: float) -> tuple[Effect, ...]:
        """Return what each thing that differs on the second day does to the arrival, ``base`` when leaving on the first."""
        here, there = (build(self.network, self.group, day, self.caps.days) for day in (self.first, self.second))
        days = journey_days(self.first, here.process.slots, self.network.slot_hours)
        effects = [Effect(change, self._rebuilt(network) - base) for change, network in self._shifted(len(days))]
        for condition in self.network.conditions:
            effects.extend(self._condition_effects(condition.id, here, there, base))
        return tuple(effects)

    def _arrival(self, process: Process) -> float:
        return arrival_within(self.network, process, self.caps)

    def _rebuilt(self, network: Network) -> float:
        return self._arrival(build(network, self.group, self.first, self.caps.days).process)

    def _shifted(self, days: int) -> Iterator[tuple[Change, Network]]:
        """Yield each leg and partner whose days differ, with the network in which the first day's are the second's."""
        for leg in self.network.legs:
            before, after = (_departures(leg, start, days) for start in (self.first, self.second))
            back = self.first - self.second
            moved = tuple(_moved(dates, back) for dates in after)
            if before == moved:
                continue
            never = (DateRange(last=self.first - timedelta(days=1)),)
            changed = dataclasses.replace(leg, runs_on=moved or never, weekdays=frozenset())
            legs = tuple(changed if each.id == leg.id else each for each in self.network.legs)
            change = Change(Part.LEG, (leg.id,), DEPARTURES, before, after)
            yield change, dataclasses.replace(self.network, legs=legs)
        for partner in self.network.partners:
            here, there = (_vetted_days(partner, start, days) for start in (self.first, self.second))
            if here is None or there is None or here == there:
                continue
            until = self.first + timedelta(days=there - 1)
            partners = tuple(
                dataclasses.replace(each, vetted_until=until) if each.id == partner.id else each
                for each in self.network.partners
            )
            change = Change(Part.PARTNER, (partner.id,), VETTED_DAYS, here, there)
            yield change, dataclasses.replace(self.network, partners=partners)

    def _condition_effects(self, condition: str, here: Built, there: Built, base: float) -> Iterator[Effect]:
        before, after = here.outlooks[condition], there.outlooks[condition]
        chances = _by_level(before), _by_level(after)
        if chances[0] != chances[1]:
            process = _replaced(here, condition, after, "start")
            effect = None if process is None else self._arrival(process) - base
            yield Effect(Change(Part.CONDITION, (condition,), START_LEVELS, *chances), effect)
        if before.steps.shape != after.steps.shape or (before.steps != after.steps).any():
            process = _replaced(here, condition, after, "steps")
            effect = None if process is None else self._arrival(process) - base
            months = (_months(day, here.process) for day in (self.first, self.second))
            yield Effect(Change(Part.CONDITION, (condition,), SEASON, *months), effect)


def _departures(leg: Leg, start: date, days: int) -> tuple[DateRange, ...]:
    """Return the days of a journey on which a leg runs, as ranges."""
    found: list[DateRange] = []
    for day in (start + timedelta(days=offset) for offset in range(days)):
        if not leg.runs(day):
            continue
        if found and found[-1].last == day - timedelta(days=1):
            found[-1] = DateRange(found[-1].first, day)
        else:
            found.append(DateRange(day, day))
    return tuple(found)


def _moved(dates: DateRange, by: timedelta) -> DateRange:
    assert dates.first is not None
    assert dates.last is not None
    return DateRange(dates.first + by, dates.last + by)


def _vetted_days(partner: Partner, start: date, days: int) -> int | None:
    if partner.vetted_until is None:
        return None
    return min(days, max(0, (partner.vetted_until - start).days + 1))


def _by_level(outlook: Outlook) -> Mapping[str, float]:
    return dict(zip(outlook.levels, outlook.start.tolist(), strict=True))


def _months(start: date, process: Process) -> tuple[int, ...]:
    days = journey_days(start, process.slots, process.slot_hours)
    return tuple(dict.fromkeys(day.month for day in days))


def _replaced(built: Built, condition: str, outlook: Outlook, what: str) -> Process | None:
    """Return the process with one condition's start or steps taken from another outlook.

    None where its levels differ, and where conditions are remembered region by region.
    """
    process = built.process
    if built.outlooks[condition].levels != outlook.levels or process.memory is not None:
        return None
    if condition not in process.conditions:
        return process
    if what == "steps":
        k = process.conditions.index(condition)
        return dataclasses.replace(process, steps=(*process.steps[:k], outlook.steps, *process.steps[k + 1 :]))
    chance = np.ones(1)
    for each in process.conditions:
        start = outlook.start if each == condition else built.outlooks[each].start
        chance = np.multiply.outer(chance, start).ravel()
    return dataclasses.replace(process, start_chance=chance)
