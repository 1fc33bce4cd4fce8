"""The journey of a group that remembers conditions region by region, unfolded state by state.

A condition that is not known at a place stands as None in the levels of its states. Who comes to a place where more is known is
in a state ``("coming", slot, place, levels, left)``, whose only choice looks at what was not known: by the forecast of that slot.
"""

from collections.abc import Mapping
from datetime import date

from waystation.engine.model import Group, Network, PlaceKind

from . import reference
from . import reference_numbers as numbers
from .reference import Choice, Levels, Money, State
from .reference_solve import Unfolded


class RegionalJourney(reference.Journey):
    """A journey in which each place knows some conditions only.

    Parameters
    ----------
    known
        Ids of the conditions known at each place, by id.
    """

    def __init__(
        self,
        network: Network,
        group: Group,
        start: date,
        days: float | None,
        money: Money | None,
        known: Mapping[str, frozenset[str]],
    ) -> None:
        super().__init__(network, group, start, days, money)
        self.known = known

    def named(self, levels: Levels) -> dict[str, str]:
        seen = [(c, level) for c, level in zip(self.conditions, levels, strict=True) if c.id not in self.hidden(levels)]
        return {c.id: c.levels[level] for c, level in seen}

    def hidden(self, levels: Levels) -> set[str]:
        """Return the conditions that are not known."""
        unseen: list[int | None] = list(levels)
        return {c.id for c, level in zip(self.conditions, unseen, strict=True) if level is None}

    def spread(self, slot: int, slots: int, levels: Levels) -> dict[Levels, float]:
        shares = [self.after(index, level, slot, slots) for index, level in enumerate(levels)]
        return reference._joint(shares)

    def after(self, index: int, level: int | None, slot: int, slots: int) -> list[tuple[int, float]]:
        """Return the chance of each level of a condition some slots later; what is not known stays so."""
        if level is None:
            return [(None, 1.0)]  # type: ignore[list-item]
        row = self.step(index, slot)[level]
        for later in range(slot + 1, slot + slots):
            row = row @ self.step(index, later)
        return [(k, float(share)) for k, share in enumerate(row) if share > 0]

    def forecast(self, index: int, slot: int) -> list[tuple[int, float]]:
        """Return the chance of each level of a condition at a slot, as the start sees it."""
        row = numbers.start_levels(self.conditions[index], self.network, self.start)
        for earlier in range(slot):
            row = row @ self.step(index, earlier)
        return [(k, float(share)) for k, share in enumerate(row) if share > 0]

    def arrive(self, slot: int, place: str, levels: Levels, left: int | None) -> State:
        if slot > self.slots or self.places[place].kind is PlaceKind.DESTINATION:
            return super().arrive(slot, place, levels, left)
        known = [c.id in self.known[place] for c in self.conditions]
        kept = tuple(level if is_known else None for level, is_known in zip(levels, known, strict=True))
        is_new = any(level is None and is_known for level, is_known in zip(kept, known, strict=True))
        return ("coming" if is_new else "at", slot, place, kept, left)

    def choices(self, state: State) -> list[Choice]:
        if state[0] != "coming":
            return super().choices(state)
        _, slot, place, levels, left = state
        shares = []
        for index, (level, condition) in enumerate(zip(levels, self.conditions, strict=True)):
            looks = level is None and condition.id in self.known[place]
            shares.append(self.forecast(index, slot) if looks else [(level, 1.0)])
        seen = reference._joint(shares)
        return [Choice("look", 0, tuple((("at", slot, place, found, left), p) for found, p in seen.items()))]


def unfold(journey: RegionalJourney) -> Unfolded:
    """Return every state that can be reached, with its choices, each state before its successors."""
    found: Unfolded = {}
    waiting: list[State] = [reference.START]
    while waiting:
        state = waiting.pop()
        if state not in found:
            found[state] = journey.choices(state)
            waiting.extend(later for choice in found[state] for later, _ in choice.outcomes)
    return dict(sorted(found.items(), key=lambda item: _order(item[0])))


def _order(state: State) -> tuple[int, int]:
    return (state[1], -1) if state[0] == "coming" else reference._order(state)
