"""Flee's folders of locations, routes and closures: read with all their faults, made into a network folder, and back."""

from waystation.formats.flee.assumptions import Assumptions
from waystation.formats.flee.exporter import FleeExport, flee_files, to_flee
from waystation.formats.flee.importer import ImportSettings, network_tables
from waystation.formats.flee.network import FleeNetwork
from waystation.formats.flee.period import PUBLISHED_FIRST_DAYS
from waystation.formats.flee.reader import READ_FILES, FleeReading, read_flee

__all__ = [
    "PUBLISHED_FIRST_DAYS",
    "READ_FILES",
    "Assumptions",
    "FleeExport",
    "FleeNetwork",
    "FleeReading",
    "ImportSettings",
    "flee_files",
    "network_tables",
    "read_flee",
    "to_flee",
]
