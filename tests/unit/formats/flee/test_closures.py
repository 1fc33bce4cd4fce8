from dataclasses import replace
from decimal import Decimal

from waystation.formats.flee.closures import closed_days, closures_of, forced_ways
from waystation.formats.flee.network import Closure, ClosureType, FleeNetwork, Location, LocationType, Route
from waystation.formats.flee.spans import FOREVER


def place(name: str, country: str = "Arden", kind: LocationType = LocationType.TOWN) -> Location:
    return Location(name, "", country, Decimal(0), Decimal(0), kind)


def network(*closures: Closure, redirection: int = 0) -> FleeNetwork:
    """Return A - B - C - D, with C and D across the border and D a camp."""
    locations = (place("A"), place("B"), place("C", "Weir"), place("D", "Weir", LocationType.CAMP))
    routes = (
        Route("A", "B", Decimal(1)),
        Route("B", "C", Decimal(1)),
        Route("C", "D", Decimal(1), redirection),
    )
    return FleeNetwork(locations, routes, closures)


def closed(*closures: Closure, redirection: int = 0) -> dict[str, tuple[tuple[int, int], ...]]:
    found = closed_days(network(*closures, redirection=redirection))
    return {f"{a}{b}": spans for (a, b), spans in found.items() if spans}


def test_a_border_closes_both_ways_until_the_day_before_its_end() -> None:
    assert closed(Closure(ClosureType.COUNTRY, "Weir", "Arden", 3, 7)) == {"BC": ((3, 7),), "CB": ((3, 7),)}


def test_a_location_closes_in_and_out() -> None:
    spans = ((2, FOREVER),)
    assert closed(Closure(ClosureType.LOCATION, "B", "Arden", 2, None)) == dict.fromkeys(
        ("AB", "BA", "BC", "CB"), spans
    )


def test_a_closed_camp_may_be_left() -> None:
    assert closed(Closure(ClosureType.CAMP, "D", "", 0, 5)) == {"CD": ((0, 5),)}


def test_closures_join() -> None:
    link = Closure(ClosureType.LINK, "B", "A", 3, 6)
    assert closed(link, Closure(ClosureType.LINK, "A", "B", 5, 9)) == dict.fromkeys(("AB", "BA"), ((3, 9),))


def test_who_is_taken_on_cannot_go_elsewhere_until_that_ends() -> None:
    assert forced_ways(network(redirection=1)) == {("C", "D")}
    assert closed(redirection=1) == {"CB": ((0, FOREVER),)}
    removal = Closure(ClosureType.REMOVE_FORCED_REDIRECTION, "C", "D", 40, 0)
    assert closed(removal, redirection=1) == {"CB": ((0, 40),)}
    assert closed(removal, redirection=2) == {}


def test_what_was_read_is_written() -> None:
    closures = (
        Closure(ClosureType.REMOVE_FORCED_REDIRECTION, "C", "D", 40, None),
        Closure(ClosureType.COUNTRY, "Arden", "Weir", 41, 44),
        Closure(ClosureType.LOCATION, "A", "Arden", 2, None),
        Closure(ClosureType.CAMP, "D", "Weir", 3, 5),
        Closure(ClosureType.LINK, "C", "D", 9, 11),
    )
    given = network(*closures, redirection=1)
    given = replace(given, routes=(*given.routes, Route("B", "D", Decimal(1))))
    written, left = closures_of(given, closed_days(given))
    assert written == closures
    assert left == {}


def test_a_redirection_removed_on_the_first_day_is_removed() -> None:
    removal = Closure(ClosureType.REMOVE_FORCED_REDIRECTION, "C", "D", 0, None)
    assert closed(removal, redirection=1) == {}
    given = network(removal, redirection=1)
    assert closures_of(given, closed_days(given)) == ((removal,), {})


def test_the_only_way_to_a_place_closes_with_the_place() -> None:
    given = network(Closure(ClosureType.LINK, "C", "D", 9, 11))
    written, left = closures_of(given, closed_days(given))
    assert written == (Closure(ClosureType.LOCATION, "D", "Weir", 9, 11),)
    assert left == {}


def test_a_place_at_the_end_of_a_closed_road_needs_no_closure_of_its_own() -> None:
    inner = Closure(ClosureType.LOCATION, "B", "Arden", 9, 11)
    given = network(inner)
    assert closures_of(given, closed_days(given)) == ((inner,), {})


def test_what_has_no_words_is_left() -> None:
    open_ways = dict.fromkeys([("A", "B"), ("B", "A"), ("C", "D"), ("D", "C")], ())
    days = {**open_ways, ("B", "C"): ((1, 4),), ("C", "B"): ((2, 3),)}
    inland = replace(network(), locations=tuple(replace(each, country="Arden") for each in network().locations))
    written, left = closures_of(inland, days)
    assert written == (Closure(ClosureType.LINK, "B", "C", 2, 3),)
    assert left == {("B", "C"): ((1, 2), (3, 4))}
