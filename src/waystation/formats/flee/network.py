from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from waystation.formats.flee.spans import Spans


class LocationType(StrEnum):
    """What a location is in Flee."""

    CONFLICT_ZONE = "conflict_zone"
    CONFLICT = "conflict"
    FLOOD_ZONE = "flood_zone"
    TOWN = "town"
    MARKER = "marker"
    FORWARDING_HUB = "forwarding_hub"
    CAMP = "camp"
    IDPCAMP = "idpcamp"

    @property
    def is_fled(self) -> bool:
        """Whether people flee from it."""
        return self in {LocationType.CONFLICT_ZONE, LocationType.CONFLICT, LocationType.FLOOD_ZONE}

    @property
    def is_camp(self) -> bool:
        """Whether people are received there."""
        return self in {LocationType.CAMP, LocationType.IDPCAMP}


class ClosureType(StrEnum):
    """What a closure closes: a border, a place (in and out), a camp (in only), one link; or it ends a redirection."""

    COUNTRY = "country"
    LOCATION = "location"
    CAMP = "camp"
    IDPCAMP = "idpcamp"
    LINK = "link"
    LINKS = "links"
    REMOVE_FORCED_REDIRECTION = "remove_forced_redirection"

    @property
    def names_a_country(self) -> bool:
        """Whether its names are countries; else they are locations."""
        return self is ClosureType.COUNTRY

    @property
    def needs_two(self) -> bool:
        """Whether its second name counts."""
        return self not in {ClosureType.LOCATION, ClosureType.CAMP, ClosureType.IDPCAMP}

    @property
    def names_a_link(self) -> bool:
        """Whether its names are the ends of one route."""
        return self.needs_two and not self.names_a_country


@dataclass(frozen=True, slots=True)
class Location:
    """A location of Flee.

    Attributes
    ----------
    latitude, longitude
        Degrees north and east.
    conflict_day
        Day of the simulation on which conflict begins; None where there is none.
    population
        People who live there; of a camp, people it can hold. None where it is not said.
    """

    name: str
    region: str
    country: str
    latitude: Decimal
    longitude: Decimal
    type: LocationType
    conflict_day: int | None = None
    population: int | None = None


@dataclass(frozen=True, slots=True)
class Route:
    """A way between two locations, in both directions.

    Attributes
    ----------
    redirection
        0 for none; 1: who is at ``name1`` is taken to ``name2``; 2: who is at ``name2`` is taken to ``name1``.
    """

    name1: str
    name2: str
    km: Decimal
    redirection: int = 0

    @property
    def forced(self) -> tuple[str, str] | None:
        """The direction in which people are taken on, None if they are not."""
        return {1: (self.name1, self.name2), 2: (self.name2, self.name1)}.get(self.redirection)


@dataclass(frozen=True, slots=True)
class Closure:
    """What is closed from the day ``start`` of the simulation until the day before ``end`` (None: to the end)."""

    type: ClosureType
    name1: str
    name2: str
    start: int
    end: int | None


@dataclass(frozen=True, slots=True)
class FleeNetwork:
    """The three files of a Flee folder: ``locations.csv``, ``routes.csv`` and ``closures.csv``, each in its order."""

    locations: tuple[Location, ...]
    routes: tuple[Route, ...]
    closures: tuple[Closure, ...] = ()


Pair = tuple[str, str]
"""A direction of travel: the names of the location that is left and of the one that is reached."""

ClosedDays = dict[Pair, Spans]
"""For each direction in which a route can be travelled, the days on which nobody can set out."""


def reached_from(starts: Iterable[str], ways: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Return the locations that can be reached by routes, each in both directions, the starts included."""
    onward: dict[str, list[str]] = {}
    for first, second in ways:
        onward.setdefault(first, []).append(second)
        onward.setdefault(second, []).append(first)
    reached = set(starts)
    waiting = list(reached)
    while waiting:
        found = set(onward.get(waiting.pop(), ())) - reached
        reached |= found
        waiting += found
    return frozenset(reached)
