"""Every input that differs between two networks, by a walk over their frozen data."""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from waystation.engine.journeys.comparison.change import (
    COLLECTIONS,
    ORDER,
    TRAVELLERS,
    WHOLE,
    Change,
    Collection,
    Key,
    Part,
)
from waystation.engine.model import Company, Condition, Demand, Group, Network

_OPENED = (Demand, Company)
"""Values that are walked into; every other value changes as a whole."""

_ELSEWHERE = {"sources", "travellers", *(each.field for each in COLLECTIONS)}


def differences(first: Network, second: Network, group: str | None = None) -> tuple[Change, ...]:
    """Return every input that differs between two networks, in an order in which they can be applied one after another.

    Parameters
    ----------
    group
        Leave out every other group; None for all groups.

    Notes
    -----
    Applied one after another to the first network (`apply`), the changes of all groups give the second.
    """
    found = [*_fields(Part.NETWORK, (), first, second)]
    for collection in COLLECTIONS:
        before, after = getattr(first, collection.field), getattr(second, collection.field)
        if collection.part is Part.GROUP and group is not None:
            before, after = ([each for each in groups if each.id == group] for groups in (before, after))
        found.extend(_things(collection, before, after))
    found.extend(_sources(first.sources, second.sources))
    return tuple(found)


def _things(collection: Collection, first: Iterable[Any], second: Iterable[Any], owner: Key = ()) -> Iterator[Change]:
    before, after = collection.keyed(first, owner), collection.keyed(second, owner)
    for key in before:
        if key in after:
            yield from _thing(collection.part, key, before[key], after[key])
    kept = [key for key in before if key in after]
    new = [key for key in after if key not in before]
    for key in reversed(before):  # the last of those alike first, so that the numbers of the others stay
        if key not in after:
            yield Change(collection.part, key, WHOLE, before[key], None)
    for key in new:
        yield Change(collection.part, key, WHOLE, None, after[key])
    if [*kept, *new] != list(after):
        yield Change(collection.part, owner, ORDER, tuple(before), tuple(after))


def _thing(part: Part, key: Key, first: Any, second: Any) -> Iterator[Change]:
    if isinstance(first, Condition) and first.levels != second.levels:
        yield Change(part, key, WHOLE, first, second)  # a chain fits its own levels only
        return
    yield from _fields(part, key, first, second)
    if isinstance(first, Group):
        yield from _things(TRAVELLERS, first.travellers, second.travellers, key)


def _fields(part: Part, key: Key, first: Any, second: Any, above: str = "") -> Iterator[Change]:
    for each in dataclasses.fields(first):
        before, after = getattr(first, each.name), getattr(second, each.name)
        if not each.compare or each.name in _ELSEWHERE or before == after:
            continue
        if isinstance(before, _OPENED) and type(before) is type(after):
            yield from _fields(part, key, before, after, f"{above}{each.name}.")
        else:
            yield Change(part, key, above + each.name, before, after)


def _sources(first: Mapping[str, str], second: Mapping[str, str]) -> Iterator[Change]:
    for name in sorted({*first, *second}):
        if first.get(name) != second.get(name):
            yield Change(Part.SOURCE, (name,), WHOLE, first.get(name), second.get(name))
