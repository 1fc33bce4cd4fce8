from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from waystation.formats.faults import Fault
from waystation.formats.flee.checks import flee_faults
from waystation.formats.flee.network import Closure, FleeNetwork, Location, Route
from waystation.formats.flee.period import FILE, read_first_day
from waystation.formats.flee.sheet import read_flee_sheet
from waystation.formats.flee.tables import FLEE_TABLES
from waystation.formats.rows import Row
from waystation.formats.text import printable, read_text

READ_FILES: frozenset[str] = frozenset({*(table.file for table in FLEE_TABLES), FILE})
"""The files of a Flee folder that are read; all others are passed over."""


@dataclass(frozen=True, slots=True)
class FleeReading:
    """What was read from a Flee folder.

    Attributes
    ----------
    network
        Its network; None if there is any fault.
    first_day
        The day that its days are counted from, None if the folder does not say it (in ``sim_period.csv``).
    faults
        Every mistake found, sorted by file, line and column.
    """

    network: FleeNetwork | None
    first_day: date | None
    faults: tuple[Fault, ...]


def read_flee(path: Path) -> FleeReading:
    """Read and check ``locations.csv``, ``routes.csv`` and ``closures.csv`` of a folder; other files are passed over.

    Whatever lies in the folder, mistakes are returned, all at once; nothing is raised.
    """
    if not _is_folder(path):
        right = "give the folder that holds locations.csv, routes.csv and closures.csv"
        return FleeReading(None, None, (Fault(printable(str(path)), 1, 1, "there is no folder of this name", right),))
    faults: list[Fault] = []
    rows: dict[str, tuple[Row, ...]] = {}
    for table in FLEE_TABLES:
        if not _is_there(path, table.file):
            faults.append(Fault(table.file, 1, 1, f"the file {table.file} is missing", _where_else(path, table.file)))
            continue
        read = read_text(path / table.file)
        faults += read.faults
        if read.text is not None:
            rows[table.file], mistakes = read_flee_sheet(table, read.text)
            faults += mistakes
            if table.required and not rows[table.file]:
                right = f"add one for each: {table.row}"
                faults.append(Fault(table.file, 1, 1, f"{table.file} has no rows", right))
    if len(rows) == len(FLEE_TABLES):
        faults += flee_faults(rows)
    first_day, mistakes = read_first_day(path)
    faults += mistakes
    network = None if faults else _network(rows)
    return FleeReading(network, first_day, tuple(sorted(set(faults))))


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def _is_there(path: Path, name: str) -> bool:
    try:
        return (path / name).exists()
    except (OSError, ValueError):
        return False


def _where_else(path: Path, name: str) -> str:
    if _is_there(path, f"input_csv/{name}"):
        return "give the folder input_csv inside this one"
    return "give the folder that holds locations.csv, routes.csv and closures.csv"


def _network(rows: Mapping[str, tuple[Row, ...]]) -> FleeNetwork:
    return FleeNetwork(
        tuple(_location(row) for row in rows["locations.csv"]),
        tuple(
            Route(row["name1"], row["name2"], row["distance"], row["forced_redirection"] or 0)
            for row in rows["routes.csv"]
        ),
        tuple(_closure(row) for row in rows["closures.csv"]),
    )


def _location(row: Row) -> Location:
    return Location(
        name=row["name"],
        region=row["region"] or "",
        country=row["country"] or "",
        latitude=row["latitude"],
        longitude=row["longitude"],
        type=row["location_type"],
        conflict_day=row["conflict_date"],
        population=row["population"],
    )


def _closure(row: Row) -> Closure:
    end = row["closure_end"]
    return Closure(
        row["closure_type"], row["name1"], row["name2"] or "", row["closure_start"], None if end == -1 else end
    )
