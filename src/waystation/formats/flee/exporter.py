"""Flee's files made from a network folder: what Flee can say of it, and a list of what it cannot."""

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from waystation.engine.model import Leg, Network, Place, PlaceKind
from waystation.formats.faults import Fault
from waystation.formats.flee.closures import closures_of
from waystation.formats.flee.countries import country_name
from waystation.formats.flee.importer import CONFLICT_DAY, COUNTRY, FIRST_DAY_KEY, FORCED, POPULATION, TYPE, usual_type
from waystation.formats.flee.network import ClosedDays, Closure, FleeNetwork, Location, LocationType, Pair, Route
from waystation.formats.flee.spans import closed_spans, intersection
from waystation.formats.flee.tables import CLOSURES, FLEE_TABLES, LOCATIONS, ROUTES
from waystation.formats.rows import FolderTables, Row

_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


@dataclass(frozen=True, slots=True)
class FleeExport:
    """What became of a network folder.

    Attributes
    ----------
    network
        The Flee network; None if there is any fault.
    faults
        What Flee needs and the folder does not say, sorted.
    lost
        What the folder says and Flee has no words for, a clause each.
    """

    network: FleeNetwork | None
    faults: tuple[Fault, ...] = ()
    lost: tuple[str, ...] = ()


def to_flee(network: Network, tables: FolderTables) -> FleeExport:
    """Return the Flee network of a network folder without faults.

    Origins become conflict zones, destinations camps, places where nobody may wait markers, all others towns; the legs
    between two places one route, which Flee travels in both directions. People who travel are not looked at.
    """
    faults = tuple(sorted(_without_length(tables)))
    if faults:
        return FleeExport(None, faults)
    writer = _Writer(network, tables)
    return FleeExport(writer.flee, (), tuple(writer.lost))


def flee_files(network: FleeNetwork) -> dict[str, bytes]:
    """Return the bytes of ``locations.csv``, ``routes.csv`` and ``closures.csv``."""
    rows: dict[str, Iterable[Iterable[object]]] = {
        LOCATIONS.file: (_location_cells(location) for location in network.locations),
        ROUTES.file: ((each.name1, each.name2, f"{each.km:f}", each.redirection) for each in network.routes),
        CLOSURES.file: (_closure_cells(closure) for closure in network.closures),
    }
    return {table.file: _csv(table.names, rows[table.file]) for table in FLEE_TABLES}


def _without_length(tables: FolderTables) -> Iterable[Fault]:
    for row in tables.rows("legs.csv"):
        if not row["km"]:
            right = "give its length in kilometres; Flee needs one for each route"
            yield row.fault("km", f"the leg {row['id']} has no length", right)


class _Writer:
    def __init__(self, network: Network, tables: FolderTables) -> None:
        self._places = tables.by_id("places.csv")
        self._legs = tables.by_id("legs.csv")
        self._first_day = _first_day(tables, network)
        self.lost: list[str] = []
        self._names = _names(network.places)
        locations = tuple(self._location(place) for place in network.places)
        routes = self._routes(network.legs)
        closed = self._closed(network.legs)
        without_closures = FleeNetwork(locations, routes)
        closures, left = closures_of(without_closures, closed)
        self.flee = FleeNetwork(locations, routes, closures)
        self._tell_of_places(network.places)
        self._tell_of_legs(network, closed, left)

    def _location(self, place: Place) -> Location:
        row = self._places[place.id]
        kind = usual_type(place.kind, may_wait=place.may_wait)
        written = _free(row, TYPE)
        country = _free(row, COUNTRY) or (country_name(place.country) if place.country else "")
        population = (
            place.beds if place.kind is PlaceKind.DESTINATION and place.beds else _number(_free(row, POPULATION))
        )
        return Location(
            name=self._names[place.id],
            region=_one_line(place.region),
            country=_one_line(country),
            latitude=row["lat"],
            longitude=row["lon"],
            type=LocationType(written) if written in set(LocationType) else kind,
            conflict_day=_number(_free(row, CONFLICT_DAY)) or (0 if kind is LocationType.CONFLICT_ZONE else None),
            population=population,
        )

    def _pair(self, leg: Leg) -> Pair:
        return self._names[leg.origin], self._names[leg.target]

    def _routes(self, legs: Iterable[Leg]) -> tuple[Route, ...]:
        lengths: dict[Pair, Decimal] = {}
        forced: dict[Pair, int] = {}
        for leg in legs:
            pair, row = self._pair(leg), self._legs[leg.id]
            key = pair if pair in lengths or pair[::-1] not in lengths else (pair[1], pair[0])
            lengths[key] = min(row["km"], lengths.get(key, row["km"]))
            if _free(row, FORCED):
                forced[key] = 1 if pair == key else 2
        return tuple(Route(*pair, km, forced.get(pair, 0)) for pair, km in lengths.items())

    def _closed(self, legs: Iterable[Leg]) -> ClosedDays:
        """Return when no leg leads from one place to the other, for each direction that has a leg."""
        closed: ClosedDays = {}
        for leg in legs:
            pair, spans = self._pair(leg), closed_spans(leg.runs_on, self._first_day)
            closed[pair] = intersection(closed[pair], spans) if pair in closed else spans
        return closed

    def _tell_of_places(self, places: Iterable[Place]) -> None:
        if not any(location.type.is_fled for location in self.flee.locations):
            self.lost.append("where people are: no place is an origin, so nobody flees from anywhere")
        usual = {PlaceKind.ORIGIN, PlaceKind.HUB, PlaceKind.DESTINATION}
        others = [place.id for place in places if place.kind not in usual]
        if others:
            self._lose("what is neither origin, hub nor destination is a town or a marker", others)

    def _tell_of_legs(self, network: Network, closed: ClosedDays, left: ClosedDays) -> None:
        legs = network.legs
        self._lose("a one-way leg leads both ways", [leg.id for leg in legs if self._pair(leg)[::-1] not in closed])
        first = {self._pair(leg): leg.id for leg in reversed(legs)}
        again = [leg.id for leg in legs if first[self._pair(leg)] != leg.id]
        self._lose("of several legs from place to place the shortest counts", again)
        self._lose("weekdays are not kept", [leg.id for leg in legs if leg.weekdays])
        self._lose("levels that close a leg are not kept", [leg.id for leg in legs if leg.closed_at])
        one_way = [leg.id for leg in legs if self._pair(leg) in left]
        self._lose("a leg that is closed in one direction only is left open", one_way)
        self.lost.append("prices, chances, durations, partners and notes are not kept")

    def _lose(self, what: str, ids: list[str]) -> None:
        if ids:
            self.lost.append(f"{what}: {', '.join(ids[:6])}{', …' if len(ids) > 6 else ''}")


def _names(places: Iterable[Place]) -> dict[str, str]:
    """Return what each place is called in Flee: its name, or its id where the names cannot tell the places apart there."""
    names = {place.id: place.name for place in places}
    fit = all(name and not name.startswith("#") and name == _one_line(name) for name in names.values())
    return names if fit and len(set(names.values())) == len(names) else {name: name for name in names}


def _one_line(text: str) -> str:
    return _CONTROL.sub(" ", text)


def _first_day(tables: FolderTables, network: Network) -> date:
    written = tables.settings.extra.get(FIRST_DAY_KEY)
    return written if type(written) is date else network.as_of


def _free(row: Row, column: str) -> str:
    cell = row.cells.get(column)
    return "" if cell is None else cell.text


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() else None


def _location_cells(location: Location) -> tuple[object, ...]:
    return (
        location.name,
        location.region,
        location.country,
        f"{location.latitude:f}",
        f"{location.longitude:f}",
        location.type.value,
        "" if location.conflict_day is None else location.conflict_day,
        "" if location.population is None else location.population,
    )


def _closure_cells(closure: Closure) -> tuple[object, ...]:
    end = -1 if closure.end is None else closure.end
    return closure.type.value, closure.name1, closure.name2, closure.start, end


def _csv(names: Iterable[str], rows: Iterable[Iterable[object]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([f"#{name}" if index == 0 else name for index, name in enumerate(names)])
    writer.writerows(rows)
    return text.getvalue().encode()
