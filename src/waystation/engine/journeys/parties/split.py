"""The ways in which a group may be divided into parties.

Who looks after somebody stays with them. A party with a child, somebody of 75 or more, or somebody who needs help to move has an
adult who can give it. A division is shown, never chosen: who travels with whom is for the travellers and the lead to say.
"""

import dataclasses
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import islice

from waystation.engine.model import AgeBand, Group, Mobility, Traveller

MOST_PARTIES = 3
MOST_WAYS = 12

Parties = tuple[tuple[str, ...], ...]
"""Codes of the travellers of each party."""

_HELPED = frozenset({Mobility.ASSISTED, Mobility.CARRIED})
_Counts = tuple[int, ...]


def splits(group: Group, most_parties: int = MOST_PARTIES, most_ways: int = MOST_WAYS) -> tuple[Parties, ...]:
    """Return the ways to divide a group that the rules allow, together first.

    Parameters
    ----------
    most_parties
        How many parties at most.
    most_ways
        How many ways at most. When there are more, the fewest parties come first, and of so many the most even: the smallest
        difference between the largest and the smallest, then the smallest largest.

    Returns
    -------
    tuple
        Ways that differ only in which of two alike travellers goes where are given once. Going together is always among them.

    Notes
    -----
    Ways are made in the order in which they are wanted, and no more than are wanted. Where the rules forbid nearly all of them
    the time still grows with the number of different people to the power of the parties: groups are families, not crowds.
    """
    together = (tuple(traveller.id for traveller in group.travellers),)
    kind = _kinds(group.travellers)
    kinds: dict[Hashable, list[list[Traveller]]] = defaultdict(list)
    for unit in _units(group.travellers):
        kinds[frozenset(Counter(kind[each.id] for each in unit).items())].append(unit)
    people = [len(alike[0]) for alike in kinds.values()]
    every = tuple(len(alike) for alike in kinds.values())
    examples = [alike[0] for alike in kinds.values()]
    ways = (
        _named(list(kinds.values()), way, group)
        for parties in range(2, most_parties + 1)
        for sizes in _sizes(group.size, parties)
        for way in _divide(every, people, sizes, examples)
    )
    return (together, *islice(ways, max(0, most_ways - 1)))


def party_of(group: Group, travellers: Iterable[str]) -> Group:
    """Return some of a group as a group of its own, at the same place and with the same consent."""
    codes = set(travellers)
    return dataclasses.replace(group, travellers=tuple(each for each in group.travellers if each.id in codes))


def may_travel(travellers: Iterable[Traveller]) -> bool:
    """Return whether a party has somebody who can look after those who need it."""
    travellers = tuple(travellers)
    return any(map(_can_look_after, travellers)) or not any(map(_needs_looking_after, travellers))


def _needs_looking_after(traveller: Traveller) -> bool:
    return traveller.age.is_child or traveller.age is AgeBand.ELDER or traveller.mobility in _HELPED


def _can_look_after(traveller: Traveller) -> bool:
    return traveller.age in {AgeBand.ADULT, AgeBand.OLDER} and traveller.mobility not in _HELPED


def _units(travellers: Sequence[Traveller]) -> list[list[Traveller]]:
    """Return those who may not be parted: everybody with who looks after them, and with whom that person is bound."""
    unit_of = {traveller.id: [traveller] for traveller in travellers}
    for traveller in travellers:
        ours, theirs = unit_of[traveller.id], unit_of.get(traveller.accompanied_by or "")
        if theirs is None or theirs is ours:
            continue
        ours.extend(theirs)
        unit_of.update({other.id: ours for other in theirs})
    order = {traveller.id: number for number, traveller in enumerate(travellers)}
    units = {id(unit): sorted(unit, key=lambda each: order[each.id]) for unit in unit_of.values()}
    return sorted(units.values(), key=lambda unit: order[unit[0].id])


def _kinds(travellers: Sequence[Traveller]) -> dict[str, int]:
    """Return a number for each traveller, the same for those who are alike but for their codes.

    Everybody is told apart by their attributes, then again and again by what their companion and those they look after are. As
    each has one companion at most, that tells all apart that can be.
    """
    kind: dict[str, int] = {}
    signature: dict[str, Hashable] = {
        each.id: dataclasses.replace(each, id="", accompanied_by=None) for each in travellers
    }
    for _ in range(len(travellers) + 1):
        numbers: dict[Hashable, int] = {}
        kind = {code: numbers.setdefault(signature[code], len(numbers)) for code in signature}
        looked_after: dict[str, Counter[int]] = defaultdict(Counter)
        for each in travellers:
            looked_after[each.accompanied_by or ""][kind[each.id]] += 1
        signature = {
            each.id: (kind[each.id], kind.get(each.accompanied_by or ""), frozenset(looked_after[each.id].items()))
            for each in travellers
        }
    return kind


def _sizes(people: int, parties: int) -> list[_Counts]:
    """Return every way to share people out, in falling sizes, the most even first."""

    def falling(left: int, parts: int, most: int) -> Iterator[_Counts]:
        if parts == 1:
            if 1 <= left <= most:
                yield (left,)
            return
        for size in range(min(most, left - parts + 1), 0, -1):
            for rest in falling(left - size, parts - 1, size):
                yield (size, *rest)

    return sorted(falling(people, parties, people), key=lambda sizes: (sizes[0] - sizes[-1], sizes[0]))


def _divide(
    left: _Counts,
    people: Sequence[int],
    sizes: _Counts,
    examples: Sequence[Sequence[Traveller]],
    before: _Counts | None = None,
) -> Iterator[tuple[_Counts, ...]]:
    """Yield the ways to make parties of these sizes from so many units of each kind; parties of a size in falling order."""
    if not sizes:
        yield ()
        return
    for party in _fill(left, people, sizes[0]):
        if before is not None and party > before:
            continue
        if not may_travel(each for example, count in zip(examples, party, strict=True) if count for each in example):
            continue
        rest = tuple(had - taken for had, taken in zip(left, party, strict=True))
        same_size = party if len(sizes) > 1 and sizes[1] == sizes[0] else None
        for others in _divide(rest, people, sizes[1:], examples, same_size):
            yield (party, *others)


def _fill(left: _Counts, people: Sequence[int], size: int) -> Iterator[_Counts]:
    """Yield how many units of each kind make a party of a size, the most of the first kinds first."""
    if not left:
        if size == 0:
            yield ()
        return
    for count in range(min(left[0], size // people[0]), -1, -1):
        for rest in _fill(left[1:], people[1:], size - count * people[0]):
            yield (count, *rest)


def _named(kinds: Sequence[Sequence[Sequence[Traveller]]], way: Iterable[_Counts], group: Group) -> Parties:
    """Return a way with the codes of the travellers, everybody in the group's order."""
    order = {traveller.id: number for number, traveller in enumerate(group.travellers)}
    waiting = [iter(kind) for kind in kinds]
    parties = [
        sorted(
            (
                each.id
                for units, count in zip(waiting, party, strict=True)
                for unit in islice(units, count)
                for each in unit
            ),
            key=order.__getitem__,
        )
        for party in way
    ]
    return tuple(tuple(party) for party in parties)
