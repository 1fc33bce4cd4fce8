"""The cautious value by plain recursion: the journey unfolded with intervals, nature's worst found greedily.

Written from the reference semantics and from what an interval decision process is, without the planner's kernels. Each draw of
nature is a state of its own: whether more is demanded, then how the passage ends, then (exact) how long it lasts and how the
levels move. So nature picks for each of them by itself, as the planner promises.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from waystation.engine.model import Group, Network, Place

from .reference import HARMED, NEITHER, START, Journey, Levels, Money, Move, State

Interval = tuple[float, float]
Widen = Callable[[str, str, float], Interval]
"""Kind of a chance, code of the leg or place, chance as believed -> between what bounds nature picks it."""


@dataclass(frozen=True)
class Draw:
    """Something that can be done in a state: where it leads, each outcome with the bounds of its chance."""

    name: str
    outcomes: tuple[tuple[State, float, float], ...]


Unfolded = dict[State, list[Draw]]


class CautiousJourney(Journey):
    """A group's journey in which nature picks chances within bounds."""

    def __init__(
        self, network: Network, group: Group, start: date, days: float | None, money: Money | None, widen: Widen
    ) -> None:
        super().__init__(network, group, start, days, money)
        self.widen = widen
        self.move_of = {(m.leg.id, m.in_company): m for moves in self.moves.values() for m in moves}

    def discovered(self, place: Place, levels: Levels) -> Interval:
        """Return the bounds of the chance of being discovered in one slot of waiting."""
        return self.widen("discovered", place.id, self.discovery(place, levels))

    def asked(self, move: Move, levels: Levels) -> Interval:
        """Return the bounds of the chance that more is demanded."""
        return self.widen("asked", move.leg.id, self.asking(move, levels))

    def caught_and_turned(self, move: Move, levels: Levels) -> tuple[Interval, Interval]:
        """Return the bounds of the chances of being intercepted and of being turned back."""
        intercepted, turned_back = self.risks(move, levels)
        return self.widen("intercepted", move.leg.id, intercepted), self.widen("turned_back", move.leg.id, turned_back)

    def draws(self, state: State) -> list[Draw]:
        """Return what can be done in a state, or what nature draws there; empty where the journey has ended."""
        if state == START:
            return [_exact("begin", dict(self.start_outcomes()))]
        kind = state[0]
        if kind == "at":
            return self.at(state)
        if kind == "wanted":
            return self.wanted(state)
        if kind == "passing":
            return [self.passing(state)]
        if kind == "travelling":
            return [_exact("travel", self.travelling(state))]
        return []

    def at(self, state: State) -> list[Draw]:
        """Return waiting and every leg that can be taken."""
        _, slot, place, levels, left = state
        if slot >= self.slots:
            return []
        found = self.waiting(state)
        for move in self.moves[place]:
            enough, after = self.pay(left, move.fee)
            if enough and self.is_open(move, slot, levels):
                found.append(self.departing(move, slot, levels, after))
        return found

    def waiting(self, state: State) -> list[Draw]:
        """Return waiting one slot: discovered or not, then the levels move."""
        _, slot, place_id, levels, left = state
        if not self.wait(state):  # where there is no waiting, or no money for it
            return []
        low, high = self.discovered(self.places[place_id], levels)
        price = self.wait(state)[0].price
        stays = ("travelling", slot, place_id, levels, self.pay(left, price)[1], ((1, 1.0),))
        return [_draw("wait", {HARMED: (low, high), stays: (1.0 - high, 1.0 - low)})]

    def departing(self, move: Move, slot: int, levels: Levels, left: int | None) -> Draw:
        """Return setting out: more is demanded or not."""
        low, high = self.asked(move, levels)
        name = (move.leg.id, move.in_company)
        unasked: State = ("passing", slot, name, levels, left, 0)
        wanted: State = ("wanted", slot, name, levels, left)
        return _draw(move.name, {unasked: (1.0 - high, 1.0 - low), wanted: (low, high)})

    def wanted(self, state: State) -> list[Draw]:
        """Return paying, where the money is there, and refusing."""
        _, slot, name, levels, left = state
        move, found = self.move_of[name], []
        enough, after = self.pay(left, move.demand)
        if enough:
            found.append(_exact("pay", {("passing", slot, name, levels, after, 0): 1.0}))
        longer = None if move.leg.demand is None else move.leg.demand.refusal.longer_slots
        back: State = ("travelling", slot, move.leg.origin, levels, left, ((1, 1.0),))
        onward: State = ("passing", slot, name, levels, left, longer)
        return [*found, _exact("refuse", {back if longer is None else onward: 1.0})]

    def passing(self, state: State) -> Draw:
        """Return how a passage ends: intercepted, turned back or through."""
        _, slot, name, levels, left, longer = state
        move = self.move_of[name]
        caught, turned = self.caught_and_turned(move, levels)
        through = max(0.0, 1.0 - caught[1] - turned[1]), 1.0 - caught[0] - turned[0]
        durations = tuple((slots + longer, chance) for slots, chance in move.durations.items())
        at_origin: State = ("travelling", slot, move.leg.origin, levels, left, durations)
        at_target: State = ("travelling", slot, move.leg.target, levels, left, durations)
        return _draw("pass", {HARMED: caught, at_origin: turned, at_target: through})

    def travelling(self, state: State) -> dict[State, float]:
        """Return when the group comes to a place, and how the conditions stand then."""
        _, slot, place, levels, left, durations = state
        found: dict[State, float] = {}
        for slots, chance in durations:
            if slot + slots > self.slots:
                found[NEITHER] = found.get(NEITHER, 0.0) + chance
                continue
            for later, share in self.spread(slot, slots, levels).items():
                there = self.arrive(slot + slots, place, later, left)
                found[there] = found.get(there, 0.0) + chance * share
        return found


def unfold(journey: CautiousJourney) -> Unfolded:
    """Return every state that can be reached, with what can be done there."""
    found: Unfolded = {}
    waiting: list[State] = [START]
    while waiting:
        state = waiting.pop()
        if state not in found:
            found[state] = journey.draws(state)
            waiting.extend(later for draw in found[state] for later, _, _ in draw.outcomes if later not in found)
    return found


def guaranteed_arrival(unfolded: Unfolded) -> float:
    """Return the best arrival that holds whatever nature picks, state by state from the last slot back."""
    value: dict[State, float] = {}
    for state in sorted(unfolded, key=_order, reverse=True):
        offers = (worst(draw, value) for draw in unfolded[state])
        value[state] = 1.0 if state[0] == "arrived" else max(offers, default=0.0)
    return value[START]


def _order(state: State) -> tuple[int, int]:
    """Time order: a decision, then what nature draws after it, all before the next slot; endings last."""
    if state == START:
        return -1, 0
    if state in {HARMED, NEITHER}:
        return 1 << 30, 0
    return state[1], ("at", "wanted", "passing", "travelling", "arrived").index(state[0])


def worst(draw: Draw, value: Mapping[State, float]) -> float:
    """Return the least mean value of a draw: every outcome gets its least chance, the worst ones what is left over."""
    worths = sorted((value[state], low, high) for state, low, high in draw.outcomes)
    left = 1.0 - sum(low for _, low, _ in worths)
    total = 0.0
    for worth, low, high in worths:
        more = min(left, high - low)
        total += worth * (low + more)
        left -= more
    return total


LEAST = 1e-13


def to_drn(unfolded: Unfolded) -> Iterator[str]:
    """Write the unfolded journey as Storm's explicit text for interval models, with the label ``arrived``.

    Storm asks that nature cannot make impossible what is possible; a lower bound of 0 becomes `LEAST`, which moves the value by
    less than `LEAST` for each draw on the way.
    """
    unfolded = {**unfolded, ("arrived", -1): []}  # so that the label is known even where nobody comes
    number = {state: index for index, state in enumerate(unfolded)}
    choices = sum(max(1, len(found)) for found in unfolded.values())
    yield "@type: MDP\n@parameters\n\n@reward_models\n\n"
    yield f"@nr_states\n{len(number)}\n@nr_choices\n{choices}\n@model\n"
    for state, found in unfolded.items():
        label = {"start": " init", "arrived": " arrived"}.get(state[0], "")
        yield f"state {number[state]}{label}\n"
        for index, draw in enumerate(found or [_exact("stay", {state: 1.0})]):
            yield f"\taction {index}\n"
            together = sorted((number[later], low, high) for later, low, high in draw.outcomes)
            yield "".join(f"\t\t{later} : [{_above_zero(low, high)!r}, {high!r}]\n" for later, low, high in together)


def _above_zero(low: float, high: float) -> float:
    return max(low, min(high, LEAST))


def _exact(name: str, outcomes: dict[Any, float]) -> Draw:
    return _draw(name, {state: (chance, chance) for state, chance in outcomes.items()})


def _draw(name: str, outcomes: dict[Any, Interval]) -> Draw:
    return Draw(name, tuple((state, low, high) for state, (low, high) in outcomes.items() if high > 0.0))
