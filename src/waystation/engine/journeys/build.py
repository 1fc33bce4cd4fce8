"""From the vocabulary to arrays: one group's journey, restricted to what the group can reach and may do."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import compress, product

import numpy as np
from numpy.typing import NDArray

from waystation.engine.journeys import risk
from waystation.engine.journeys.durations import slot_chances
from waystation.engine.journeys.errors import UnusableModelError
from waystation.engine.journeys.outlook import Outlook, outlook
from waystation.engine.journeys.plan import ReasonCode, RuledOut
from waystation.engine.journeys.prices import demand_of, fee_of, slot_fee_of
from waystation.engine.journeys.process import Memory, Moves, Process
from waystation.engine.journeys.regions import conditions_of, known_by_region
from waystation.engine.journeys.suitability import departs_on, journey_days, leg_obstacle, wait_obstacle
from waystation.engine.model import Condition, Group, Leg, LevelRef, Network, Place

MOST_EXACT_LEVELS = 64
"""With more joint levels than this, conditions are remembered region by region."""
MOST_JOINT_LEVELS = 4096
"""The most levels that can be told apart at once, in all regions or in one."""


@dataclass(frozen=True, eq=False)
class Built:
    """A journey's decision process, and what was ruled out on the way to it."""

    process: Process
    ruled_out: tuple[RuledOut, ...]
    outlooks: Mapping[str, Outlook]


def build(
    network: Network,
    group: Group,
    start: date,
    days: float | None = None,
    *,
    most_exact_levels: int = MOST_EXACT_LEVELS,
) -> Built:
    """Build the decision process of a group's journey.

    Parameters
    ----------
    start
        The day on which slot 0 begins.
    days
        Days within which the group must arrive; the network's horizon when None. Cut down to whole slots.
    most_exact_levels
        With more joint levels than this (or than 4096), conditions are remembered region by region.

    Raises
    ------
    UnusableModelError
        If chances exceed 1 after their factors, the group's place is unknown, the deadline is shorter than a slot, or there are
        more than 4096 joint levels in one region.
    MissingRateError
        If a price cannot be converted to the network's currency.
    """
    horizon = network.horizon_days if days is None else days
    slots = math.floor(horizon * 24 / network.slot_hours + 1e-9)
    if slots < 1:
        message = f"a deadline of {horizon:g} days is shorter than one slot of {network.slot_hours} hours; allow at least that"
        raise UnusableModelError(message)
    outlooks = {condition.id: outlook(network, condition, start, slots) for condition in network.conditions}
    usable, ruled_out = _usable_legs(network, group, journey_days(start, slots, network.slot_hours), outlooks)
    places = _reachable_places(network, group, usable)
    legs = [leg for leg in usable if leg.origin in places and places[leg.origin].kind != "destination"]
    unreached = [RuledOut(leg.id, ReasonCode.UNREACHABLE) for leg in usable if leg.origin not in places]
    full = [reason for place in places.values() if (reason := wait_obstacle(place, group))]
    kept = _kept_conditions(network.conditions, legs, places.values(), outlooks)
    memory = _memory(tuple(places.values()), legs, kept, outlooks, most_exact_levels)
    process = _Assembly(network, group, start, slots, tuple(places.values()), legs, kept, outlooks, memory).process()
    return Built(process, (*ruled_out, *full, *unreached), outlooks)


def _usable_legs(
    network: Network, group: Group, days: Sequence[date], outlooks: Mapping[str, Outlook]
) -> tuple[list[Leg], list[RuledOut]]:
    partners = {partner.id: partner for partner in network.partners}
    possible = {condition: each.levels for condition, each in outlooks.items()}
    usable, ruled_out = [], []
    for leg in network.legs:
        reason = leg_obstacle(leg, group, partners.get(leg.partner or ""), days, possible)
        if reason is None:
            usable.append(leg)
        else:
            ruled_out.append(reason)
    return usable, ruled_out


def _reachable_places(network: Network, group: Group, legs: Iterable[Leg]) -> dict[str, Place]:
    """Return the places the group can come to, in breadth-first order: neighbours stay near each other in memory."""
    by_id = {place.id: place for place in network.places}
    if group.place not in by_id:
        message = f"group {group.id} is at {group.place}, which is no place of the network"
        raise UnusableModelError(message)
    onward: dict[str, list[str]] = {}
    for leg in legs:
        onward.setdefault(leg.origin, []).append(leg.target)
    found = {group.place: by_id[group.place]}
    queue = [group.place]
    for here in queue:
        if by_id[here].kind == "destination":
            continue
        for there in onward.get(here, ()):
            if there not in found:
                found[there] = by_id[there]
                queue.append(there)
    return found


def _kept_conditions(
    conditions: Iterable[Condition], legs: Iterable[Leg], places: Iterable[Place], outlooks: Mapping[str, Outlook]
) -> tuple[str, ...]:
    """Return the conditions that touch the reachable network and can still be at more than one level."""
    touched = conditions_of(legs, places)
    return tuple(each.id for each in conditions if each.id in touched and len(outlooks[each.id].levels) > 1)


def _memory(
    places: Sequence[Place],
    legs: Iterable[Leg],
    conditions: Sequence[str],
    outlooks: Mapping[str, Outlook],
    most_exact_levels: int,
) -> Memory | None:
    """Return what is known where, or None where every condition can be known everywhere."""
    sizes = [len(outlooks[condition].levels) for condition in conditions]
    if math.prod(sizes) <= min(most_exact_levels, MOST_JOINT_LEVELS):
        return None
    known = known_by_region(places, legs, conditions)
    largest = max(math.prod(compress(sizes, row)) for row in known)
    if largest > MOST_JOINT_LEVELS:
        message = f"{largest} joint condition levels in one region; at most {MOST_JOINT_LEVELS} can be planned with"
        raise UnusableModelError(message)
    everywhere = all(row.all() for row, place in zip(known, places, strict=True) if place.kind != "destination")
    return None if everywhere else Memory(known, tuple(outlooks[each].forecast for each in conditions))


@dataclass(frozen=True, eq=False)
class _Assembly:
    """The pieces of a process on their way into arrays."""

    network: Network
    group: Group
    start: date
    slots: int
    places: tuple[Place, ...]
    legs: Sequence[Leg]
    conditions: tuple[str, ...]
    outlooks: Mapping[str, Outlook]
    memory: Memory | None

    def process(self) -> Process:
        known = [self._known_at(place) for place in range(len(self.places))]
        by_known = {each: self._levels_of(each) for each in set(known)}
        levels = [by_known[each] for each in known]
        C = max(map(len, levels))
        seen = [
            [risk.discovery(place, at, self.network.slot_hours) for at in levels[i]]
            for i, place in enumerate(self.places)
        ]
        return Process(
            slots=self.slots,
            slot_hours=self.network.slot_hours,
            start=self.start,
            places=tuple(place.id for place in self.places),
            start_place=0,
            start_chance=self._start_chance(C),
            destination=np.array([place.kind == "destination" for place in self.places], dtype=np.bool_),
            may_wait=np.array([self._may_wait(place) for place in self.places], dtype=np.bool_),
            may_stop=np.array([place.may_stop for place in self.places], dtype=np.bool_),
            stay_fee=np.array(
                [slot_fee_of(place, self.group, self.network).minor for place in self.places], dtype=np.int64
            ),
            discovered=_rows(seen, C),
            conditions=self.conditions,
            levels=tuple(self.outlooks[condition].levels for condition in self.conditions),
            steps=tuple(self.outlooks[condition].steps for condition in self.conditions),
            moves=self._moves(levels, C),
            currency=self.network.currency,
            memory=self.memory,
        )

    def _known_at(self, place: int) -> tuple[str, ...]:
        known = self.conditions if self.memory is None else compress(self.conditions, self.memory.known[place])
        return tuple(known)

    def _levels_of(self, known: Sequence[str]) -> list[dict[str, str]]:
        """Return the level of every known condition at each of their levels; where only one is possible, it is known too."""
        settled = {condition: each.levels[0] for condition, each in self.outlooks.items() if len(each.levels) == 1}
        names = [self.outlooks[condition].levels for condition in known]
        return [settled | dict(zip(known, combination, strict=True)) for combination in product(*names)]

    def _start_chance(self, C: int) -> NDArray[np.float64]:
        chance: NDArray[np.float64] = np.ones(1)
        for condition in self._known_at(0):
            chance = np.multiply.outer(chance, self.outlooks[condition].start).ravel()
        start: NDArray[np.float64] = _rows([chance], C)[0]
        return start

    def _may_wait(self, place: Place) -> bool:
        return place.may_wait and place.kind != "destination" and wait_obstacle(place, self.group) is None

    def _moves(self, levels: Sequence[Sequence[Mapping[str, str]]], C: int) -> Moves:
        index = {place.id: number for number, place in enumerate(self.places)}
        partners = {partner.id: partner for partner in self.network.partners}
        dates = [journey_days(self.start, slot + 1, self.network.slot_hours)[-1] for slot in range(self.slots)]
        offered = [
            (leg, in_company)
            for leg in sorted(self.legs, key=lambda leg: index[leg.origin])
            for in_company in ((False, True) if leg.company is not None else (False,))
        ]
        durations = [slot_chances(leg.days, self.network.slot_hours) for leg, _ in offered]
        departing = [(leg, company, levels[index[leg.origin]]) for leg, company in offered]
        moves = Moves(
            leg=tuple(leg.id for leg, _ in offered),
            in_company=tuple(in_company for _, in_company in offered),
            source=np.array([index[leg.origin] for leg, _ in offered], dtype=np.int32),
            target=np.array([index[leg.target] for leg, _ in offered], dtype=np.int32),
            fee=np.array(
                [fee_of(leg, self.group, self.network, in_company=company).minor for leg, company in offered],
                dtype=np.int64,
            ),
            demand=np.array([demand_of(leg, self.group, self.network).minor for leg, _ in offered], dtype=np.int64),
            intercepted=_rows(
                (
                    [
                        risk.interception(leg, at, partners.get(leg.partner or ""), self.group.size, in_company=company)
                        for at in known
                    ]
                    for leg, company, known in departing
                ),
                C,
            ),
            turned_back=_rows(([risk.turning_back(leg, at) for at in known] for leg, _, known in departing), C),
            asked=_rows(([risk.extra_demand(leg, at) for at in known] for leg, _, known in departing), C),
            longer=np.array([_longer(leg) for leg, _ in offered], dtype=np.int32),
            open_level=_rows(([_is_open(leg, at) for at in known] for leg, _, known in departing), C) > 0.0,
            open_slot=np.array(
                [[departs_on(leg, partners.get(leg.partner or ""), day) for day in dates] for leg, _ in offered],
                dtype=np.bool_,
            ).reshape(-1, self.slots),
            duration_start=np.cumsum([0, *map(len, durations)], dtype=np.int32),
            duration_slots=np.array([slots for each in durations for slots in each], dtype=np.int32),
            duration_chance=np.array([chance for each in durations for chance in each.values()], dtype=np.float64),
        )
        _check_chances(moves)
        return moves


def _rows(rows: Iterable[Sequence[float] | NDArray[np.float64]], C: int) -> NDArray[np.float64]:
    """Return rows of numbers by level as one array, ``(., C)``; a row that is shorter ends in zeros."""
    padded = [np.pad(np.asarray(row, dtype=np.float64), (0, C - len(row))) for row in rows]
    return np.array(padded, dtype=np.float64).reshape(-1, C)


def _longer(leg: Leg) -> int:
    if leg.demand is None or leg.demand.refusal.longer_slots is None:
        return -1
    return leg.demand.refusal.longer_slots


def _is_open(leg: Leg, levels: Mapping[str, str]) -> bool:
    return not any(LevelRef(condition, level) in leg.closed_at for condition, level in levels.items())


def _check_chances(moves: Moves) -> None:
    total = moves.intercepted + moves.turned_back
    over = np.argwhere((total > 1.0 + 1e-12) & moves.open_level)
    if len(over):
        leg = moves.leg[int(over[0, 0])]
        message = f"leg {leg}: the chances of interception and of being turned back exceed 1 together after all factors"
        raise UnusableModelError(message)
