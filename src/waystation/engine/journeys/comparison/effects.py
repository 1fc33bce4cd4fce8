"""What each of many changes does to the arrival, taken over alone."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from waystation.engine.journeys.comparison.apply import apply
from waystation.engine.journeys.comparison.arrival import likeliest_arrival
from waystation.engine.journeys.comparison.change import COLLECTIONS, Change, Key, Part
from waystation.engine.journeys.comparison.result import Effect
from waystation.engine.model import Caps, Network
from waystation.kernel import BadInputError, RuleRefusedError

_UNREAD = {Part.OUTCOME, Part.FUND, Part.SOURCE}
"""What no journey is planned from: it changes the arrival through the beliefs made of it only."""

_OBSERVATIONS = next(each for each in COLLECTIONS if each.part is Part.OBSERVATION)


def effect_of(
    change: Change, changes: Iterable[Change], network: Network, arrival: Callable[[Network], float], base: float
) -> Effect:
    """Return what one of the changes does to a network's arrival, together with those it cannot do without.

    Parameters
    ----------
    arrival
        Asks the planner for the likeliest arrival of a network.
    base
        Its answer for the network as it is.
    """
    if change.part in _UNREAD:
        return Effect(change, 0.0)
    taken = [change]
    while True:
        changed = network
        for each in taken:
            changed = apply(each, changed)
        broken = set(_broken(changed))
        if not broken:
            break
        more = [each for each in changes if each not in taken and (each.part, each.key) in broken]
        if not more:
            return Effect(change, None)
        taken = [each for each in changes if each in taken or each in more]
    along = tuple(each for each in taken if each != change)
    try:
        return Effect(change, arrival(changed) - base, along)
    except (BadInputError, RuleRefusedError, ValueError):  # the last: a daily chain that has no step of the new slot
        return Effect(change, None)


def asking(group: str, caps: Caps, start: date) -> Callable[[Network], float]:
    """Return the question for one group's likeliest arrival in a network."""

    def arrival(network: Network) -> float:
        return likeliest_arrival(network, next(each for each in network.groups if each.id == group), caps, start)

    return arrival


def _broken(network: Network) -> Iterator[tuple[Part, Key]]:
    """Yield both sides of every reference that leads nowhere."""
    places = {place.id for place in network.places}
    for leg in network.legs:
        for end in {leg.origin, leg.target} - places:
            yield from ((Part.LEG, (leg.id,)), (Part.PLACE, (end,)))
    for group in network.groups:
        if group.place not in places:
            yield from ((Part.GROUP, (group.id,)), (Part.PLACE, (group.place,)))
    levels = {condition.id: condition.levels for condition in network.conditions}
    for key, seen in _OBSERVATIONS.keyed(network.observations).items():
        if seen.level not in levels.get(seen.condition, (seen.level,)):
            yield from ((Part.OBSERVATION, key), (Part.CONDITION, (seen.condition,)))
