"""One change taken over into a network."""

import dataclasses
from collections.abc import Iterable
from typing import Any

from waystation.engine.journeys.comparison.change import COLLECTIONS, ORDER, TRAVELLERS, WHOLE, Change, Collection, Part
from waystation.engine.model import Group, Network

_COLLECTION = {each.part: each for each in COLLECTIONS}


def apply(change: Change, network: Network) -> Network:
    """Return the network with one change taken over; a thing that comes is put last.

    What other things say of it is not looked at: a leg may then lead to a place that is not there.
    """
    if change.part is Part.NETWORK:
        return _network(network, change.field, change.after)
    if change.part is Part.SOURCE:
        (changed,) = change.key
        kept = {name: source for name, source in network.sources.items() if name != changed}
        come = {} if change.after is None else {str(changed): str(change.after)}
        return dataclasses.replace(network, sources=kept | come)
    if change.part is Part.TRAVELLER:
        groups = tuple(
            dataclasses.replace(group, travellers=_changed(TRAVELLERS, group.travellers, change, group))
            if group.id == change.key[0]
            else group
            for group in network.groups
        )
        return dataclasses.replace(network, groups=groups)
    collection = _COLLECTION[change.part]
    things = _changed(collection, getattr(network, collection.field), change)
    return _network(network, collection.field, things)


def _network(network: Network, field: str, value: Any) -> Network:
    changed: Network = _with(network, field, value)
    return changed


def _changed(
    collection: Collection, things: Iterable[Any], change: Change, owner: Group | None = None
) -> tuple[Any, ...]:
    keyed = collection.keyed(things, () if owner is None else (owner.id,))
    if change.field == ORDER:
        last = len(change.after)
        position = {key: number for number, key in enumerate(change.after)}
        return tuple(keyed[key] for key in sorted(keyed, key=lambda key: position.get(key, last)))
    if change.field != WHOLE:
        keyed[change.key] = _with(keyed[change.key], change.field, change.after)
    elif change.after is None:
        del keyed[change.key]
    else:
        keyed[change.key] = change.after
    return tuple(keyed.values())


def _with(thing: Any, field: str, value: Any) -> Any:
    """Return frozen data with another value in a field, which may lie inside another (``demand.chance``)."""
    name, _, inside = field.partition(".")
    return dataclasses.replace(thing, **{name: _with(getattr(thing, name), inside, value) if inside else value})
