from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from waystation.engine.model import Fund, Observation, Outcome, Rate

Key = tuple[Hashable, ...]

ORDER = "order"
"""The field of a change that only puts things in another order."""

WHOLE = ""
"""The field of a change by which a thing comes, goes or is replaced as a whole."""


class Part(StrEnum):
    """What of a question an input belongs to: a part of the network, or the caps and the day of the start."""

    NETWORK = "network"
    PLACE = "place"
    LEG = "leg"
    CONDITION = "condition"
    OBSERVATION = "observation"
    PARTNER = "partner"
    GROUP = "group"
    TRAVELLER = "traveller"
    RATE = "rate"
    OUTCOME = "outcome"
    FUND = "fund"
    SOURCE = "source"
    CAPS = "caps"


@dataclass(frozen=True)
class Change:
    """One input that differs between two questions.

    Attributes
    ----------
    part, key
        Where: the kind of thing and what identifies it, such as ``("L3",)``, or group and traveller; empty for the network.
    field
        What: the attribute, with a dot where it lies inside another (``demand.chance``); ``WHOLE``; or ``ORDER``, whose values
        are the keys in order.
    before, after
        Its value in each; for ``WHOLE`` None where the thing is not there.
    """

    part: Part
    key: Key
    field: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Collection:
    """Things of one kind in a network: the field that holds them, and what identifies one beside those alike."""

    part: Part
    field: str
    identify: Callable[[Any], Key]

    def keyed(self, things: Iterable[Any], owner: Key = ()) -> dict[Key, Any]:
        """Return the things by key, in order; those that nothing else tells apart are numbered."""
        found: dict[Key, Any] = {}
        for thing in things:
            key, number = (*owner, *self.identify(thing)), 0
            if self.part in _NUMBERED:
                while (*key, number) in found:
                    number += 1
                key = (*key, number)
            found[key] = thing
        return found


_NUMBERED = {Part.OBSERVATION, Part.RATE, Part.OUTCOME, Part.FUND}


def _by_id(thing: Any) -> Key:
    return (thing.id,)


def _of_observation(seen: Observation) -> Key:
    return (seen.condition, seen.on)


def _of_rate(rate: Rate) -> Key:
    return (rate.on, rate.base, rate.quote)


def _of_outcome(outcome: Outcome) -> Key:
    return (outcome.leg, outcome.on)


def _of_fund(fund: Fund) -> Key:
    return (fund.id, fund.period)


COLLECTIONS = (
    Collection(Part.PLACE, "places", _by_id),
    Collection(Part.LEG, "legs", _by_id),
    Collection(Part.CONDITION, "conditions", _by_id),
    Collection(Part.OBSERVATION, "observations", _of_observation),
    Collection(Part.PARTNER, "partners", _by_id),
    Collection(Part.GROUP, "groups", _by_id),
    Collection(Part.RATE, "rates", _of_rate),
    Collection(Part.OUTCOME, "outcomes", _of_outcome),
    Collection(Part.FUND, "funds", _of_fund),
)
"""The collections of a network."""

TRAVELLERS = Collection(Part.TRAVELLER, "travellers", _by_id)
"""The travellers of a group; their keys begin with the group's."""
