from dataclasses import dataclass
from pathlib import Path

from waystation.engine.model import Network
from waystation.formats.checks import faults_across, warnings_of
from waystation.formats.faults import Fault
from waystation.formats.kinds import did_you_mean
from waystation.formats.rows import FolderTables, Settings, Sheet
from waystation.formats.settings_file import blank_settings, read_settings
from waystation.formats.sheets import read_sheet
from waystation.formats.tables import CSV_TABLES, SETTINGS, TABLES
from waystation.formats.text import printable, read_text
from waystation.formats.vocabulary import network_of


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read from a network folder.

    Attributes
    ----------
    network
        The folder in the engine's vocabulary; None if there is any fault.
    faults
        Every mistake found, sorted by file, line and column.
    warnings
        What is no mistake but would surprise, in the form of faults, sorted.
    tables
        The folder as typed rows, with all that the vocabulary does not hold: sources, free columns, notes, comments.
    """

    network: Network | None
    faults: tuple[Fault, ...]
    warnings: tuple[Fault, ...]
    tables: FolderTables


def read_folder(path: Path) -> Reading:
    """Read and check a network folder: tolerant of how it is written, strict in what it means.

    Whatever lies in the folder, mistakes are returned, all at once; nothing is raised.
    """
    faults: list[Fault] = []
    names = _names(path, faults)
    settings = _settings(path, names, faults)
    sheets = {table.file: Sheet(table, whole=not table.required) for table in CSV_TABLES}
    for table in CSV_TABLES:
        if table.file in names:
            read = read_text(path / table.file)
            faults += read.faults
            sheets[table.file] = Sheet(table, whole=False)
            if read.text is not None:
                sheets[table.file], mistakes = read_sheet(table, read.text, settings.numerals)
                faults += mistakes
    tables = FolderTables(settings, sheets)
    if names:
        faults += faults_across(tables)
    if faults:
        return Reading(None, tuple(sorted(set(faults))), (), tables)
    network = network_of(tables)
    return Reading(network, (), tuple(sorted(set(warnings_of(tables, network)))), tables)


def _names(path: Path, faults: list[Fault]) -> frozenset[str]:
    """Return the declared files that are there; complain of missing ones and of tables nobody declares."""
    try:
        found = sorted(entry.name for entry in path.iterdir())
    except OSError as error:
        what = f"this folder cannot be read ({error.strerror or 'unknown reason'})"
        faults.append(Fault(printable(str(path)), 1, 1, what, "give the folder that holds network.toml"))
        return frozenset()
    except ValueError:
        faults.append(
            Fault(
                printable(str(path)),
                1,
                1,
                "this is not the name of a folder",
                "give the folder that holds network.toml",
            )
        )
        return frozenset()
    for table in TABLES.values():
        if table.required and table.file not in found:
            right = "add it; 'waystation new' writes an empty one"
            faults.append(Fault(table.file, 1, 1, f"the file {table.file} is missing", right))
    for name in found:
        if name not in TABLES and name.casefold().endswith((".csv", ".toml")) and not name.startswith("."):
            right = f"{did_you_mean(name, tuple(TABLES))} (or move it elsewhere)"
            faults.append(Fault(printable(name), 1, 1, "the network folder has no file of this name", right))
    return frozenset(found) & frozenset(TABLES)


def _settings(path: Path, names: frozenset[str], faults: list[Fault]) -> Settings:
    if SETTINGS.file not in names:
        return blank_settings(whole=False)
    read = read_text(path / SETTINGS.file)
    faults += read.faults
    if read.text is None:
        return blank_settings(whole=False)
    settings, mistakes = read_settings(read.text)
    faults += mistakes
    return settings
