"""What legs.csv said before anything was learned, so that no outcome is ever counted twice."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from waystation.engine.learning.evidence import stated_days
from waystation.engine.model import Belief, Days, Experience, Leg, Network, PastBelief, Quantity, Stated, Subject

_SAME = 1e-6
_SAME_DAYS = 2e-3
"""Three durations are rounded each for itself, so their mean is known less exactly than a chance."""

_DAYS_WEIGHT = 10.0
"""Missions' worth of a stated duration, which has no weight of its own: as the default weight of a chance."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What a leg stated of a quantity, and whether somebody has written another value since the last learning."""

    stated: Stated | None
    restated: bool = False


Statements = Mapping[tuple[str, Quantity], Statement]


def statements_of(network: Network, experience: Experience) -> dict[tuple[str, Quantity], Statement]:
    """Return what each leg states of each quantity.

    What the program itself wrote the last time is no statement: then the one from before counts still. What differs from it was
    written by somebody since, and is a new statement.
    """
    past = {(each.id, each.quantity): each for each in experience.past if each.subject is Subject.LEG}
    found = {}
    for leg in network.legs:
        for quantity in Quantity:
            key = (leg.id, quantity)
            written = None if key in experience.unstated else _written(leg, quantity)
            found[key] = _statement(written, past.get(key), quantity)
    return found


def _written(leg: Leg, quantity: Quantity) -> Stated | None:
    belief: Belief | None
    match quantity:
        case Quantity.DAYS:
            return Stated(stated_days(leg), _DAYS_WEIGHT)
        case Quantity.DEMAND:
            belief = leg.demand.chance if leg.demand is not None else None
        case Quantity.TURNED_BACK:
            belief = leg.turned_back
        case _:
            belief = leg.intercepted
    return Stated(belief.mean, belief.weight) if belief is not None else None


def _statement(written: Stated | None, past: PastBelief | None, quantity: Quantity) -> Statement:
    if past is None:
        return Statement(written)
    if written is None or _is_what_was_learned(written, past, quantity):
        return Statement(past.stated)
    return Statement(written, restated=past.stated is None or written != past.stated)


def _is_what_was_learned(written: Stated, past: PastBelief, quantity: Quantity) -> bool:
    same = _SAME_DAYS if quantity is Quantity.DAYS else _SAME
    if abs(written.value - past.value) > same * past.value:
        return False
    return quantity is Quantity.DAYS or abs(written.weight - past.weight) <= same * past.weight


def as_stated(leg: Leg, statements: Statements) -> Leg:
    """Return the leg with the days it stated before anything was learned; their shape stays."""
    stated = statements[leg.id, Quantity.DAYS].stated
    if stated is None:
        return leg
    factor = stated.value / stated_days(leg)
    return replace(leg, days=Days(leg.days.low * factor, leg.days.likely * factor, leg.days.high * factor))
