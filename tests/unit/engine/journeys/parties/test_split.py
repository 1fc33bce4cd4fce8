from collections.abc import Iterator, Sequence
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.engine.processes import few
from waystation.engine.journeys.parties.split import may_travel, party_of, splits
from waystation.engine.model import AgeBand, Group, Mobility, Traveller, usual_effort_limit

Parties = tuple[tuple[str, ...], ...]


def person(
    code: str, age: AgeBand = AgeBand.ADULT, with_: str | None = None, mobility: Mobility = Mobility.FULL
) -> Traveller:
    return Traveller(code, age, usual_effort_limit(age, mobility), mobility, accompanied_by=with_)


def group_of(*travellers: Traveller) -> Group:
    return Group("G", "here", travellers)


def random_group(seed: int) -> Group:
    rng = np.random.default_rng([seed, 23])
    ages = (AgeBand.ADULT, AgeBand.ADULT, AgeBand.OLDER, AgeBand.CHILD, AgeBand.ELDER)
    ways = (Mobility.FULL, Mobility.FULL, Mobility.FULL, Mobility.ASSISTED)
    count = int(rng.integers(1, 7))
    people = []
    for number in range(count):
        companion = f"t{int(rng.integers(count))}" if rng.random() < 0.4 else None
        people.append(
            person(
                f"t{number}",
                ages[int(rng.integers(len(ages)))],
                None if companion == f"t{number}" else companion,
                ways[int(rng.integers(len(ways)))],
            )
        )
    return group_of(*people)


def set_partitions(codes: Sequence[str]) -> Iterator[list[list[str]]]:
    if not codes:
        yield []
        return
    for rest in set_partitions(codes[1:]):
        yield [[codes[0]], *rest]
        for which in range(len(rest)):
            yield [[codes[0], *rest[which]] if number == which else part for number, part in enumerate(rest)]


def allowed(group: Group, parts: Sequence[Sequence[str]]) -> bool:
    """Say the rules once more, plainly."""
    by_code = {each.id: each for each in group.travellers}
    if len(parts) == 1:
        return True
    for part in parts:
        people = [by_code[code] for code in part]
        if any(each.accompanied_by in by_code and each.accompanied_by not in part for each in people):
            return False
        helped = {Mobility.ASSISTED, Mobility.CARRIED}
        adults = [p for p in people if p.age in {AgeBand.ADULT, AgeBand.OLDER} and p.mobility not in helped]
        weak = [p for p in people if p.age.is_child or p.age is AgeBand.ELDER or p.mobility in helped]
        if weak and not adults:
            return False
    return True


def symmetries(group: Group) -> list[dict[str, str]]:
    """Return every exchange of travellers after which the group reads the same."""
    people = {each.id: each for each in group.travellers}
    found = []
    for order in permutations(people):
        to = dict(zip(people, order, strict=True))
        alike = all(
            (people[a].age, people[a].mobility) == (people[b].age, people[b].mobility)
            and to.get(people[a].accompanied_by or "") == people[b].accompanied_by
            for a, b in to.items()
        )
        if alike:
            found.append(to)
    return found


def canonical(parts: Sequence[Sequence[str]], exchanges: Sequence[dict[str, str]]) -> Parties:
    return min(tuple(sorted(tuple(sorted(to[code] for code in part)) for part in parts)) for to in exchanges)


@pytest.mark.parametrize("most", [1, 2, 3])
@given(seed=st.integers(0, 10_000))
@few
def test_every_allowed_way_is_found_once(seed: int, most: int) -> None:
    group = random_group(seed)
    exchanges = symmetries(group)
    codes = [each.id for each in group.travellers]
    wanted = {canonical(p, exchanges) for p in set_partitions(codes) if len(p) <= most and allowed(group, p)}
    found = splits(group, most, most_ways=10_000)
    assert len(found) == len(wanted)
    assert {canonical(way, exchanges) for way in found} == wanted


@given(st.integers(0, 10_000))
@few
def test_the_fewest_parties_and_the_most_even_come_first(seed: int) -> None:
    every = splits(random_group(seed), 3, most_ways=10_000)
    sizes = [sorted(map(len, way), reverse=True) for way in every]
    assert sizes == sorted(sizes, key=lambda each: (len(each), each[0] - each[-1], each[0]))
    assert splits(random_group(seed), 3, most_ways=4) == every[:4]


def test_a_family_of_five_can_be_divided_in_one_way() -> None:
    """The grandmother goes with one parent, each child with its own; the parents are alike, so one way says it all."""
    family = group_of(
        person("t1", AgeBand.ELDER),
        person("t2"),
        person("t3"),
        person("t4", AgeBand.CHILD, "t2"),
        person("t5", AgeBand.CHILD, "t3"),
    )
    assert splits(family) == ((("t1", "t2", "t3", "t4", "t5"),), (("t1", "t2", "t4"), ("t3", "t5")))


def test_who_looks_after_somebody_stays_whoever_else_looks_after_them() -> None:
    chain = group_of(person("a"), person("b", with_="a"), person("c", AgeBand.CHILD, "b"), person("d"))
    assert splits(chain) == ((("a", "b", "c", "d"),), (("a", "b", "c"), ("d",)))


@pytest.mark.parametrize(
    "weak", [person("w", AgeBand.ELDER), person("w", AgeBand.DISPUTED), person("w", mobility=Mobility.CARRIED)]
)
def test_nobody_who_needs_an_adult_travels_without(weak: Traveller) -> None:
    assert splits(group_of(weak, person("a"))) == ((("w", "a"),),)
    assert not may_travel([weak, weak])
    assert may_travel([weak, person("a", AgeBand.OLDER)])
    assert not may_travel([weak, person("a", mobility=Mobility.ASSISTED)])


def test_many_who_are_alike_are_divided_by_number() -> None:
    crowd = group_of(*(person(f"t{number:02}") for number in range(20)))
    sizes = [tuple(map(len, way)) for way in splits(crowd)]
    assert sizes[:4] == [(20,), (10, 10), (11, 9), (12, 8)]
    assert len(sizes) == 12


def test_a_party_is_a_group_of_its_own() -> None:
    family = group_of(person("a"), person("b"), person("c"))
    assert party_of(family, ("c", "a")).travellers == (family.travellers[0], family.travellers[2])
    assert party_of(family, ("a",)).place == "here"
