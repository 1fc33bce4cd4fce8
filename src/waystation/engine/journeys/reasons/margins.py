"""What one more unit of something scarce would buy: money, a day, a bed, a person more or fewer, room for a larger party."""

import dataclasses
from collections.abc import Iterator

from waystation.engine.journeys.argument import Margin, MarginKind
from waystation.engine.journeys.money import choose_grid
from waystation.engine.journeys.plan import ReasonCode, RuledOut
from waystation.engine.journeys.process import NO_MONEY, Process
from waystation.engine.journeys.reasons.ground import Ground, best_arrival
from waystation.engine.model import AgeBand, Group, Traveller, usual_effort_limit
from waystation.engine.model.group import Mobility
from waystation.kernel import Money

_MONEY_SHARE = 20
_MOST_OF_A_KIND = 3
_ONE_DAY = 1.0


def margins(ground: Ground, ruled_out: tuple[RuledOut, ...]) -> tuple[Margin, ...]:
    """Return what one more unit of each scarce thing would change in the likeliest arrival, the largest gain first."""
    believed = _arrival(ground, ground.process, ground.caps.budget)
    found = [
        *_money(ground, believed),
        *_days(ground, believed),
        *_people(ground, believed),
        *_room(ground, believed, ruled_out),
    ]
    return tuple(sorted(found, key=lambda margin: -margin.gain))


def _arrival(ground: Ground, process: Process, budget: Money | None) -> float:
    grid = NO_MONEY if budget is None or ground.grid is NO_MONEY else choose_grid(process, budget.minor)
    return best_arrival(process, grid)


def _money(ground: Ground, believed: float) -> Iterator[Margin]:
    """A twentieth of the budget more; nothing where no budget binds."""
    budget = ground.caps.budget
    if budget is None or ground.grid is NO_MONEY:
        return
    more = Money(max(1, budget.minor // _MONEY_SHARE), budget.currency)
    arrive = _arrival(ground, ground.process, Money(budget.minor + more.minor, budget.currency))
    yield Margin(MarginKind.MONEY, more, arrive, arrive - believed)


def _days(ground: Ground, believed: float) -> Iterator[Margin]:
    if ground.caps.days is None:
        return
    process = ground.rebuild(
        ground.network, ground.group, dataclasses.replace(ground.caps, days=ground.caps.days + _ONE_DAY)
    )
    arrive = _arrival(ground, process, ground.caps.budget)
    yield Margin(MarginKind.DAYS, _ONE_DAY, arrive, arrive - believed)


def _people(ground: Ground, believed: float) -> Iterator[Margin]:
    """One adult more, and one person fewer: what the size of the party does, and no word on who should stay behind."""
    group = ground.group
    added = Traveller("+1", AgeBand.ADULT, usual_effort_limit(AgeBand.ADULT, Mobility.FULL))
    larger = dataclasses.replace(group, travellers=(*group.travellers, added))
    yield _by_group(ground, believed, larger, MarginKind.MORE_PEOPLE)
    if group.size > 1:
        yield _by_group(ground, believed, _one_fewer(group), MarginKind.FEWER_PEOPLE)


def _one_fewer(group: Group) -> Group:
    """Return the group without one of those who limit it least, so that the size alone changes as far as it can."""
    leading = {traveller.accompanied_by for traveller in group.travellers}
    free = [each for each in group.travellers if each.id not in leading] or list(group.travellers)
    least = max(free, key=lambda each: (not each.needs, each.limit.walk_hours, each.limit.climb_m, each.limit.night))
    return dataclasses.replace(group, travellers=tuple(each for each in group.travellers if each is not least))


def _by_group(ground: Ground, believed: float, group: Group, kind: MarginKind) -> Margin:
    process = ground.rebuild(ground.network, group, ground.caps)
    arrive = _arrival(ground, process, ground.caps.budget)
    return Margin(kind, 1.0, arrive, arrive - believed)


def _room(ground: Ground, believed: float, ruled_out: tuple[RuledOut, ...]) -> Iterator[Margin]:
    """Beds enough at a place that is too small to wait at, and room enough on a leg that is too small to take."""
    network, size = ground.network, ground.group.size
    full = [each.id for each in ruled_out if each.code is ReasonCode.BEDS][:_MOST_OF_A_KIND]
    small = [each.id for each in ruled_out if each.code is ReasonCode.PARTY_TOO_LARGE][:_MOST_OF_A_KIND]
    for id_ in full:
        had = next(place.beds or 0 for place in network.places if place.id == id_)
        places = tuple(dataclasses.replace(place, beds=size) if place.id == id_ else place for place in network.places)
        process = ground.rebuild(dataclasses.replace(network, places=places), ground.group, ground.caps)
        arrive = _arrival(ground, process, ground.caps.budget)
        yield Margin(MarginKind.BED, float(size - had), arrive, arrive - believed, id_)
    for id_ in small:
        had = next(leg.largest_party or 0 for leg in network.legs if leg.id == id_)
        legs = tuple(dataclasses.replace(leg, largest_party=size) if leg.id == id_ else leg for leg in network.legs)
        process = ground.rebuild(dataclasses.replace(network, legs=legs), ground.group, ground.caps)
        arrive = _arrival(ground, process, ground.caps.budget)
        yield Margin(MarginKind.LARGER_PARTY, float(size - had), arrive, arrive - believed, id_)
