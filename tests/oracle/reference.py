"""The journey unfolded state by state: an independent program that the planner is held against.

Written from the reference semantics alone, in plain dictionaries, without the planner's builder or arrays. Slow and obvious on
purpose. A state is a tuple: ``("at", slot, place, levels, left)``, ``("asked", slot, move, levels, left)`` after a departure on
which more money is demanded, ``("arrived", slot)``, ``("harmed",)``, ``("neither",)`` and ``("start",)``, whose only choice
draws the first levels.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from itertools import product
from math import ceil, floor
from typing import Any

from waystation.engine.model import Group, Leg, Network, Place, PlaceKind

from . import reference_numbers as numbers

State = tuple[Any, ...]
Levels = tuple[int, ...]
START: State = ("start",)
HARMED: State = ("harmed",)
NEITHER: State = ("neither",)


@dataclass(frozen=True)
class Choice:
    """Something that can be done in a state: what it costs (minor units) and where it leads."""

    name: str
    price: int
    outcomes: tuple[tuple[State, float], ...]


@dataclass(frozen=True)
class Money:
    """Money in whole steps: minor units a step, and how many the group starts with."""

    step: int
    steps: int

    def price(self, minor: int) -> int:
        return -(-minor // self.step)


@dataclass(frozen=True)
class Move:
    """A leg as this group would take it: alone or in company."""

    leg: Leg
    in_company: bool
    fee: int
    demand: int
    durations: dict[int, float] = field(hash=False)

    @property
    def name(self) -> str:
        return f"leg_{self.leg.id}" + ("_company" if self.in_company else "")


class Journey:
    """A group's journey through a network, unfolded on demand.

    Parameters
    ----------
    days
        The deadline, or None for the network's horizon.
    money
        The money grid, or None when money is not counted.
    """

    def __init__(self, network: Network, group: Group, start: date, days: float | None, money: Money | None) -> None:
        self.network, self.group, self.start, self.money = network, group, start, money
        self.slot = Fraction(network.slot_hours, 24)
        horizon = Fraction(network.horizon_days) if days is None else numbers.written(days)
        rounding = Fraction(1, 10**9)  # 2.6666666666666665 days mean 8 slots of 8 hours
        self.slots = floor(horizon / self.slot + rounding)
        self.places = {place.id: place for place in network.places}
        self.partners = {partner.id: partner for partner in network.partners}
        self.conditions = network.conditions
        self.moves: dict[str, list[Move]] = {place.id: [] for place in network.places}
        for leg in network.legs:
            if self.can_carry(leg):
                self.moves[leg.origin].extend(self.moves_on(leg))
        self._steps: dict[tuple[int, int], numbers.Matrix] = {}
        self._spread: dict[tuple[int, int, Levels], dict[Levels, float]] = {}

    def can_carry(self, leg: Leg) -> bool:
        """Whether the party, its needs and its effort fit a leg."""
        limit = self.group.limit
        return not (
            (leg.largest_party is not None and self.group.size > leg.largest_party)
            or leg.walk_hours > limit.walk_hours
            or leg.climb_m > limit.climb_m
            or (leg.night and not limit.night)
            or leg.not_for & self.group.needs
        )

    def moves_on(self, leg: Leg) -> list[Move]:
        """Return the leg taken alone and, where staff can go along, in company."""
        size = self.group.size
        fee = numbers.in_minor(leg.cost_group, self.network) + size * numbers.in_minor(leg.cost_person, self.network)
        demand = 0
        if leg.demand is not None:
            each = numbers.in_minor(leg.demand.person, self.network)
            demand = numbers.in_minor(leg.demand.group, self.network) + size * each
        durations = numbers.duration_chances(leg.days, self.network.slot_hours)
        moves = [Move(leg, False, fee, demand, durations)]
        if leg.company is not None:
            dearer = ceil(fee * numbers.written(leg.company.price_factor))
            moves.append(Move(leg, True, dearer, demand, durations))
        return moves

    def date_of(self, slot: int) -> date:
        return self.start + timedelta(days=floor(slot * self.slot))

    def named(self, levels: Levels) -> dict[str, str]:
        return {c.id: c.levels[level] for c, level in zip(self.conditions, levels, strict=True)}

    def step(self, index: int, slot: int) -> numbers.Matrix:
        """Return how condition ``index`` moves from a slot to the next."""
        month = self.date_of(slot).month
        if (index, month) not in self._steps:
            chain = self.conditions[index].chain_in(month)
            self._steps[index, month] = numbers.slot_matrix(chain, self.network.slot_hours)
        return self._steps[index, month]

    def spread(self, slot: int, slots: int, levels: Levels) -> dict[Levels, float]:
        """Return the chance of each joint level some slots later."""
        key = (slot, slots, levels)
        if key not in self._spread:
            shares = []
            for index, level in enumerate(levels):
                row = self.step(index, slot)[level]
                for later in range(slot + 1, slot + slots):
                    row = row @ self.step(index, later)
                shares.append([(k, float(share)) for k, share in enumerate(row) if share > 0])
            self._spread[key] = _joint(shares)
        return self._spread[key]

    def start_outcomes(self) -> tuple[tuple[State, float], ...]:
        """Return where the journey can begin, with chances."""
        shares = []
        for condition in self.conditions:
            at_start = numbers.start_levels(condition, self.network, self.start)
            shares.append([(k, float(share)) for k, share in enumerate(at_start) if share > 0])
        left = None if self.money is None else self.money.steps
        return tuple((self.arrive(0, self.group.place, c, left), p) for c, p in _joint(shares).items())

    def arrive(self, slot: int, place: str, levels: Levels, left: int | None) -> State:
        """Return the state of coming to a place at a slot."""
        if slot > self.slots:
            return NEITHER
        if self.places[place].kind is PlaceKind.DESTINATION:
            return ("arrived", slot)
        return ("at", slot, place, levels, left)

    def pay(self, left: int | None, minor: int) -> tuple[bool, int | None]:
        """Tell whether the money is there, and what is left then."""
        if self.money is None or left is None:
            return True, left
        after = left - self.money.price(minor)
        return after >= 0, after

    def choices(self, state: State) -> list[Choice]:
        """Return what can be done in a state; empty where the journey has ended."""
        if state == START:
            return [Choice("begin", 0, self.start_outcomes())]
        if state[0] == "asked":
            return self.when_asked(state)
        if state[0] != "at":
            return []
        _, slot, place, _, _ = state
        found: list[Choice] = []
        if self.places[place].may_stop:
            found.append(Choice("stop", 0, ((NEITHER, 1.0),)))
        if slot < self.slots:
            found.extend(self.wait(state))
            for move in self.moves[place]:
                found.extend(self.take(move, state))
        return found

    def wait(self, state: State) -> list[Choice]:
        """Return waiting one slot, where it is possible."""
        _, slot, place_id, levels, left = state
        place: Place = self.places[place_id]
        if not place.may_wait or (place.beds is not None and self.group.size > place.beds):
            return []
        price = ceil(self.group.size * numbers.in_minor(place.stay_cost, self.network) * self.slot)
        enough, after = self.pay(left, price)
        if not enough:
            return []
        discovered = self.discovery(place, levels)
        outcomes = {HARMED: discovered}
        for later, chance in self.spread(slot, 1, levels).items():
            _add(outcomes, self.arrive(slot + 1, place_id, later, after), (1 - discovered) * chance)
        return [_choice(f"wait_{place_id}", price, outcomes)]

    def is_open(self, move: Move, slot: int, levels: Levels) -> bool:
        """Whether a leg can begin at a slot: its dates, its weekdays, its partner's vetting, no level that closes it."""
        leg, day, named = move.leg, self.date_of(slot), self.named(levels)
        partner = self.partners.get(leg.partner) if leg.partner else None
        if partner is not None and partner.vetted_until is not None and day > partner.vetted_until:
            return False
        if leg.runs_on and not any(
            (r.first is None or r.first <= day) and (r.last is None or day <= r.last) for r in leg.runs_on
        ):
            return False
        if leg.weekdays and day.weekday() not in leg.weekdays:
            return False
        return not any(named.get(ref.condition) == ref.level for ref in leg.closed_at)

    def take(self, move: Move, state: State) -> list[Choice]:
        """Return departing on a leg, where it is open and the fee is there."""
        _, slot, _, levels, left = state
        enough, after = self.pay(left, move.fee)
        if not enough or not self.is_open(move, slot, levels):
            return []
        asked = self.asking(move, levels)
        outcomes: dict[State, float] = {}
        for later, chance in self.passage(move, slot, levels, after, 0).items():
            _add(outcomes, later, (1 - asked) * chance)
        _add(outcomes, ("asked", slot, (move.leg.id, move.in_company), levels, after), asked)
        return [_choice(move.name, move.fee, outcomes)]

    def risks(self, move: Move, levels: Levels) -> tuple[float, float]:
        """Return the chances of interception and of being turned back, which leave room for each other."""
        intercepted, turned_back = self.chances(move, levels)
        if intercepted + turned_back > 1.0:
            message = f"leg {move.leg.id}: interception and turning back come to more than 1 at {self.named(levels)}"
            raise ValueError(message)
        return intercepted, turned_back

    def chances(self, move: Move, levels: Levels) -> tuple[float, float]:
        """Return the chances of interception and of being turned back, each by itself."""
        leg, named, more = move.leg, self.named(levels), []
        if leg.partner is not None:
            more.append(self.partners[leg.partner].risk_factor)
        if leg.customary_party is not None and self.group.size > leg.customary_party:
            more.append(leg.extra_person_factor ** (self.group.size - leg.customary_party))
        if move.in_company and leg.company is not None:
            more.append(leg.company.risk_factor)
        intercepted = numbers.at_levels(leg.intercepted.mean, leg.intercepted_factors, named, more)
        turned_back = numbers.at_levels(leg.turned_back.mean, leg.turned_back_factors, named)
        return intercepted, turned_back

    def asking(self, move: Move, levels: Levels) -> float:
        """Return the chance that more money is demanded."""
        if move.leg.demand is None:
            return 0.0
        return numbers.at_levels(move.leg.demand.chance.mean, move.leg.demand.factors, self.named(levels))

    def discovery(self, place: Place, levels: Levels) -> float:
        """Return the chance of being discovered in one slot of waiting."""
        daily = numbers.at_levels(place.discovery.mean, place.discovery_factors, self.named(levels))
        return 1.0 - float((1.0 - daily) ** float(self.slot))

    def passage(self, move: Move, slot: int, levels: Levels, left: int | None, longer: int) -> dict[State, float]:
        """Return how a passage ends, every duration ``longer`` slots longer."""
        intercepted, turned_back = self.risks(move, levels)
        outcomes: dict[State, float] = {HARMED: intercepted}
        for duration, weight in move.durations.items():
            total = duration + longer
            if slot + total > self.slots:
                _add(outcomes, NEITHER, weight * (1 - intercepted))
                continue
            for later, chance in self.spread(slot, total, levels).items():
                back = self.arrive(slot + total, move.leg.origin, later, left)
                through = self.arrive(slot + total, move.leg.target, later, left)
                _add(outcomes, back, weight * chance * turned_back)
                _add(outcomes, through, weight * chance * (1 - intercepted - turned_back))
        return outcomes

    def when_asked(self, state: State) -> list[Choice]:
        """Return paying, where the money is there, and refusing."""
        _, slot, (leg_id, in_company), levels, left = state
        move = next(m for ms in self.moves.values() for m in ms if (m.leg.id, m.in_company) == (leg_id, in_company))
        assert move.leg.demand is not None
        found = []
        enough, after = self.pay(left, move.demand)
        if enough:
            found.append(_choice("pay", move.demand, self.passage(move, slot, levels, after, 0)))
        longer = move.leg.demand.refusal.longer_slots
        if longer is not None:
            refused = self.passage(move, slot, levels, left, longer)
        else:
            refused = {}
            for later, chance in self.spread(slot, 1, levels).items():
                _add(refused, self.arrive(slot + 1, move.leg.origin, later, left), chance)
        return [*found, _choice("refuse", 0, refused)]


def unfold(journey: Journey) -> dict[State, list[Choice]]:
    """Return every state that can be reached, with its choices, each state before its successors."""
    found: dict[State, list[Choice]] = {}
    waiting: list[State] = [START]
    while waiting:
        state = waiting.pop()
        if state in found:
            continue
        found[state] = journey.choices(state)
        waiting.extend(later for choice in found[state] for later, _ in choice.outcomes if later not in found)
    return dict(sorted(found.items(), key=lambda item: _order(item[0])))


def _order(state: State) -> tuple[int, int]:
    """Time order: a decision before being asked, both before the next slot, endings last."""
    kinds = {"start": (-1, 0), "harmed": (1 << 30, 1), "neither": (1 << 30, 2)}
    if state[0] in kinds:
        return kinds[state[0]]
    return (state[1], {"at": 0, "asked": 1, "arrived": 2}[state[0]])


def _joint(shares: list[list[tuple[int, float]]]) -> dict[Levels, float]:
    joint: dict[Levels, float] = {}
    for combination in product(*shares):
        chance = 1.0
        for _, share in combination:
            chance *= share
        joint[tuple(level for level, _ in combination)] = chance
    return joint


def _add(outcomes: dict[State, float], state: State, chance: float) -> None:
    if chance > 0.0:
        outcomes[state] = outcomes.get(state, 0.0) + chance


def _choice(name: str, price: int, outcomes: dict[State, float]) -> Choice:
    return Choice(name, price, tuple((state, chance) for state, chance in outcomes.items() if chance > 0.0))
