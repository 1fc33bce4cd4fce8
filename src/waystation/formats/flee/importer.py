"""A network folder made from a Flee network: what Flee says, what is assumed, and which is which."""

import csv
import io
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal

from waystation.engine.model import PlaceKind
from waystation.formats.checks import faults_across
from waystation.formats.flee.assumptions import Assumptions
from waystation.formats.flee.closures import closed_days, forced_ways
from waystation.formats.flee.countries import country_code, country_name
from waystation.formats.flee.network import FleeNetwork, Location, LocationType, Pair, reached_from
from waystation.formats.flee.spans import open_dates
from waystation.formats.kinds import PLAIN, DateRanges
from waystation.formats.rows import FolderTables, Sheet
from waystation.formats.settings_file import read_settings
from waystation.formats.sheets import read_sheet
from waystation.formats.tables import CSV_TABLES
from waystation.kernel import BadInputError, BrokenPromiseError, closest

FIRST_DAY_KEY = "x_flee_first_day"
POPULATION, CONFLICT_DAY, TYPE, COUNTRY = (
    "x_flee_population",
    "x_flee_conflict_day",
    "x_flee_type",
    "x_flee_country",
)
FORCED = "x_flee_forced"
"""Free columns that carry what the network folder has no column for."""

SAMPLE_GROUP = "sample"
_LONGEST_CODE = 32
_MOST_BEDS = 1_000_000
_SOURCE = "FLEE"
_YEARS = (1900, 2999)

Texts = dict[str, str]
"""One row: cells by column."""


@dataclass(frozen=True, slots=True)
class ImportSettings:
    """How a Flee network becomes a network folder, beside the assumptions.

    Attributes
    ----------
    name
        What people call the network.
    first_day
        The day that Flee's days are counted from; the folder is true as of it.
    source
        Where the Flee files were published.
    sample_place
        The name of the location where an invented group waits to be planned for; None for no group.
    """

    name: str
    first_day: date
    source: str
    currency: str = "USD"
    sample_place: str | None = None

    def __post_init__(self) -> None:
        if not _YEARS[0] <= self.first_day.year <= _YEARS[1]:
            message = f"{self.first_day} is no first day; give one from {_YEARS[0]} to {_YEARS[1]}"
            raise BadInputError(message)
        if not self.name.strip() or not self.source.strip():
            raise BadInputError("the network needs a name, and its files a source")


def network_tables(network: FleeNetwork, settings: ImportSettings, assumed: Assumptions) -> FolderTables:
    """Return the network folder of a Flee network, checked: it has no fault.

    Conflict zones become origins, camps destinations, all others hubs; each route two legs, with the dates on which it is not
    closed. Coordinates are rounded to whole degrees, distances are kept.

    Raises
    ------
    BadInputError
        If an assumption gives no durations or chances, or no location is called as the sample group's place.
    """
    maker = _Maker(network, settings, assumed)
    texts = maker.files()
    return _checked(maker.settings_text(), texts)


def _checked(settings_text: str, texts: Mapping[str, str]) -> FolderTables:
    settings, faults = read_settings(settings_text)
    sheets = {table.file: Sheet(table) for table in CSV_TABLES}
    for table in CSV_TABLES:
        if table.file in texts:
            sheets[table.file], mistakes = read_sheet(table, texts[table.file], PLAIN)
            faults += mistakes
    tables = FolderTables(settings, sheets)
    faults += faults_across(tables)
    if faults:
        message = f"the folder made from the Flee files has a fault: {faults[0]}"
        raise BrokenPromiseError(message)
    return tables


class _Maker:
    def __init__(self, network: FleeNetwork, settings: ImportSettings, assumed: Assumptions) -> None:
        self._network = network
        self._settings = settings
        self._assumed = assumed
        self._ids = place_ids([location.name for location in network.locations])
        self._sources: list[Texts] = []

    def files(self) -> dict[str, str]:
        places = [self._place(location) for location in self._network.locations]
        files = {"places.csv": _csv(places), "legs.csv": _csv(self._legs())}
        if self._settings.sample_place is not None:
            files |= self._sample(self._settings.sample_place)
        self._source(
            "network.toml", "as_of", ("",), _SOURCE, "the day that the days of the Flee files are counted from"
        )
        return files | {"sources.csv": _csv(self._sources)}

    def settings_text(self) -> str:
        settings = self._settings
        lines = [
            f"name = {json.dumps(settings.name, ensure_ascii=False)}",
            f"currency = {json.dumps(settings.currency)}",
            f"as_of = {settings.first_day}",
            f"{FIRST_DAY_KEY} = {settings.first_day}",
            "[sources]",
            f"{_SOURCE} = {json.dumps(settings.source, ensure_ascii=False)}",
        ]
        return "\n".join(lines) + "\n"

    def _place(self, location: Location) -> Texts:
        code = country_code(location.country) if location.country else None
        kind = _kind(location.type)
        may_wait = location.type is not LocationType.MARKER
        beds = _beds(location)
        here = self._ids[location.name]
        row = {
            "id": here,
            "kind": kind.value,
            "name": location.name,
            "region": location.region,
            "country": code or "",
            "lat": _whole(location.latitude),
            "lon": _whole(location.longitude),
            "beds": _text(beds),
            "discovery": _plain(self._assumed.discovery) if kind is PlaceKind.ORIGIN else "",
            "discovery_weight": str(self._assumed.weight) if kind is PlaceKind.ORIGIN else "",
            "may_wait": "" if may_wait else "no",
            "may_stop": "no" if kind is PlaceKind.ORIGIN else "",
            "note": "chances assumed" if kind is PlaceKind.ORIGIN else "",
            POPULATION: "" if beds is not None else _text(location.population),
            CONFLICT_DAY: _text(location.conflict_day),
            TYPE: "" if usual_type(kind, may_wait=may_wait) is location.type else location.type.value,
            COUNTRY: "" if code is not None and country_name(code) == location.country else location.country,
        }
        self._source("places.csv", here, ("lat", "lon"), _SOURCE, "rounded to whole degrees on purpose")
        if beds is not None:
            self._source("places.csv", here, ("beds",), _SOURCE, "the capacity of the camp")
        if kind is PlaceKind.ORIGIN:
            why = "nothing is published; the same a day in every conflict zone"
            self._source("places.csv", here, ("discovery", "discovery_weight"), "assumed", why)
        return row

    def _legs(self) -> Iterable[Texts]:
        closed = closed_days(self._network)
        forced = forced_ways(self._network)
        digits = len(str(len(self._network.routes)))
        for number, route in enumerate(self._network.routes, start=1):
            there, back = (route.name1, route.name2), (route.name2, route.name1)
            for pair, name in ((there, f"r{number:0{digits}}"), (back, f"r{number:0{digits}}-back")):
                dates = DateRanges().show(open_dates(closed[pair], self._settings.first_day), PLAIN)
                yield self._leg(name, pair, route.km, dates, is_forced=pair in forced)

    def _leg(self, name: str, pair: Pair, km: Decimal, dates: str, *, is_forced: bool) -> Texts:
        low, likely, high = self._assumed.days(km)
        intercepted, turned_back = self._assumed.chances(km)
        weight = str(self._assumed.weight)
        why = f"{self._assumed.km_per_day:g} km a day, and up to twice as long"
        self._source("legs.csv", name, ("km",), _SOURCE, "the distance of the route")
        self._source("legs.csv", name, ("days_low", "days_likely", "days_high"), "assumed", why)
        for column, chance in (("intercepted", self._assumed.intercepted), ("turned_back", self._assumed.turned_back)):
            why = f"nothing is published; {_plain(chance)} on each 100 km"
            self._source("legs.csv", name, (column, f"{column}_weight"), "assumed", why)
        if dates:
            self._source("legs.csv", name, ("dates",), _SOURCE, "the days on which no closure holds")
        return {
            "id": name,
            "from": self._ids[pair[0]],
            "to": self._ids[pair[1]],
            "mode": "mixed",
            "km": f"{km:f}",
            "days_low": f"{low.normalize():f}",
            "days_likely": f"{likely.normalize():f}",
            "days_high": f"{high.normalize():f}",
            "intercepted": f"{intercepted:f}",
            "intercepted_weight": weight,
            "turned_back": f"{turned_back:f}",
            "turned_back_weight": weight,
            "dates": dates,
            "note": "everybody is taken this way; days and chances assumed"
            if is_forced
            else "days and chances assumed",
            FORCED: "yes" if is_forced else "",
        }

    def _sample(self, name: str) -> dict[str, str]:
        if name not in self._ids:
            meant = closest(name, self._ids)
            hint = f"did you mean {meant}?" if meant else "give the name of a location"
            message = f"locations.csv has no location {name!r} for the sample group; {hint}"
            raise BadInputError(message)
        camps = {location.name for location in self._network.locations if location.type.is_camp}
        reached = reached_from([name], ((route.name1, route.name2) for route in self._network.routes))
        if name in camps or not reached & camps:
            what = "is a camp, where a journey has arrived" if name in camps else "has no routes that lead to a camp"
            message = f"the location {name!r} {what}; give another one for the sample group"
            raise BadInputError(message)
        day = self._settings.first_day.isoformat()
        group = {
            "id": SAMPLE_GROUP,
            "place": self._ids[name],
            "asked_on": day,
            "consent_on": day,
            "note": "invented, to try the network with",
        }
        travellers = [
            {"id": f"{SAMPLE_GROUP}-{letter}", "group": SAMPLE_GROUP, "age_band": "18-59", "note": "invented"}
            for letter in "ab"
        ]
        self._source("groups.csv", SAMPLE_GROUP, ("asked_on", "consent_on"), "assumed", "the group is invented")
        for traveller in travellers:
            self._source("travellers.csv", traveller["id"], ("age_band",), "assumed", "the group is invented")
        return {"groups.csv": _csv([group]), "travellers.csv": _csv(travellers)}

    def _source(self, file: str, row: str, columns: Sequence[str], source: str, note: str) -> None:
        for column in columns:
            self._sources.append({"file": file, "row": row, "column": column, "source": source, "note": note})


def place_ids(names: Sequence[str]) -> dict[str, str]:
    """Return a code for each name: the name itself where it is one, else the nearest, each of its own, capitals or not."""
    ids: dict[str, str] = {}
    taken: set[str] = set()
    for number, name in enumerate(names, start=1):
        folded = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
        base = re.sub(r"[^A-Za-z0-9_-]+", "_", folded).strip("_-")[:_LONGEST_CODE] or f"place{number}"
        code, copy = base, 1
        while code.casefold() in taken:
            copy += 1
            code = f"{base[: _LONGEST_CODE - 1 - len(str(copy))]}-{copy}"
        taken.add(code.casefold())
        ids[name] = code
    return ids


def _beds(location: Location) -> int | None:
    """Return the capacity of a camp; None where the folder's column cannot say it, and elsewhere."""
    capacity = location.population or 0
    return capacity if location.type.is_camp and 0 < capacity <= _MOST_BEDS else None


def _kind(location_type: LocationType) -> PlaceKind:
    if location_type.is_fled:
        return PlaceKind.ORIGIN
    return PlaceKind.DESTINATION if location_type.is_camp else PlaceKind.HUB


def usual_type(kind: PlaceKind, *, may_wait: bool) -> LocationType:
    """Return what a place is in Flee, where nothing more is known of it."""
    if kind is PlaceKind.ORIGIN:
        return LocationType.CONFLICT_ZONE
    if kind is PlaceKind.DESTINATION:
        return LocationType.CAMP
    return LocationType.TOWN if may_wait else LocationType.MARKER


def _whole(degrees: Decimal) -> str:
    return str(int(degrees.to_integral_value(rounding=ROUND_HALF_EVEN)))


def _plain(number: float) -> str:
    return f"{Decimal(str(number)):f}"


def _text(value: int | None) -> str:
    return "" if value is None else str(value)


def _csv(rows: Iterable[Texts]) -> str:
    """Return rows as CSV text; free columns in which nothing stands are left out."""
    listed = list(rows)
    used = [name for name in listed[0] if not name.startswith("x_") or any(row[name] for row in listed)]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(used)
    writer.writerows([row[name] for name in used] for row in listed)
    return text.getvalue()
