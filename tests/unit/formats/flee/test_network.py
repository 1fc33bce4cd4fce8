from decimal import Decimal

import pytest

from waystation.formats.flee.network import ClosureType, LocationType, Route, reached_from


@pytest.mark.parametrize(("redirection", "forced"), [(0, None), (1, ("Birch", "Alder")), (2, ("Alder", "Birch"))])
def test_a_redirection_has_a_direction(redirection: int, forced: tuple[str, str] | None) -> None:
    assert Route("Birch", "Alder", Decimal(10), redirection).forced == forced


def test_each_type_of_location_is_fled_or_reached_or_passed() -> None:
    fled = {each for each in LocationType if each.is_fled}
    camps = {each for each in LocationType if each.is_camp}
    assert fled == {LocationType.CONFLICT_ZONE, LocationType.CONFLICT, LocationType.FLOOD_ZONE}
    assert camps == {LocationType.CAMP, LocationType.IDPCAMP}


def test_what_the_names_of_a_closure_are() -> None:
    assert {each for each in ClosureType if each.names_a_country} == {ClosureType.COUNTRY}
    links = {ClosureType.LINK, ClosureType.LINKS, ClosureType.REMOVE_FORCED_REDIRECTION}
    assert {each for each in ClosureType if each.names_a_link} == links
    assert {each for each in ClosureType if each.needs_two} == links | {ClosureType.COUNTRY}


def test_what_can_be_reached_either_way() -> None:
    ways = [("a", "b"), ("c", "b"), ("d", "e")]
    assert reached_from(["a"], ways) == {"a", "b", "c"}
    assert reached_from(["e", "f"], ways) == {"d", "e", "f"}
    assert reached_from([], ways) == frozenset()
