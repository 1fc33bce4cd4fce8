import dataclasses

from tests.oracle.small_journeys import START, place
from waystation.engine.journeys.comparison.change import COLLECTIONS, TRAVELLERS, Part
from waystation.engine.model import Network, Observation


def collection(part: Part):  # type: ignore[no-untyped-def]
    return next(each for each in COLLECTIONS if each.part is part)


def test_every_collection_of_a_network_is_known() -> None:
    plural = {each.name for each in dataclasses.fields(Network) if "tuple" in str(each.type)}
    assert {each.field for each in COLLECTIONS} == plural


def test_things_are_found_by_their_id() -> None:
    assert list(collection(Part.PLACE).keyed([place("b"), place("a")])) == [("b",), ("a",)]


def test_those_that_nothing_tells_apart_are_numbered() -> None:
    seen = Observation("river", START, "low")
    assert list(collection(Part.OBSERVATION).keyed([seen, seen])) == [("river", START, 0), ("river", START, 1)]


def test_the_key_of_a_traveller_begins_with_the_group() -> None:
    assert list(TRAVELLERS.keyed([place("T1")], ("A",))) == [("A", "T1")]
