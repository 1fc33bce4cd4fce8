"""What must hold beyond a single cell: each check is a function from typed rows to faults."""

from collections.abc import Callable, Iterable, Iterator

from waystation.engine.model import Network
from waystation.formats.checks.chances import sums_beyond_one
from waystation.formats.checks.conditions import condition_faults
from waystation.formats.checks.dates import later_than_as_of
from waystation.formats.checks.identity import shared_ids
from waystation.formats.checks.learning import learning_faults
from waystation.formats.checks.legs import leg_faults
from waystation.formats.checks.money import money_faults, rate_faults
from waystation.formats.checks.people import people_faults
from waystation.formats.checks.reach import reach_faults
from waystation.formats.checks.references import unknown_ids, unknown_levels
from waystation.formats.checks.required import missing_cells, missing_rows, missing_settings
from waystation.formats.checks.sources import source_faults
from waystation.formats.checks.surprises import surprises
from waystation.formats.faults import Fault
from waystation.formats.rows import FolderTables

CHECKS: tuple[Callable[[FolderTables], Iterable[Fault]], ...] = (
    missing_settings,
    missing_rows,
    missing_cells,
    shared_ids,
    unknown_ids,
    unknown_levels,
    later_than_as_of,
    leg_faults,
    sums_beyond_one,
    condition_faults,
    money_faults,
    rate_faults,
    people_faults,
    reach_faults,
    source_faults,
    learning_faults,
)
"""Every check across cells. Each looks at what could be read only: what could not is a fault already."""


def faults_across(tables: FolderTables) -> Iterator[Fault]:
    """Yield the faults of every check, in no particular order."""
    for check in CHECKS:
        yield from check(tables)


def warnings_of(tables: FolderTables, network: Network) -> Iterator[Fault]:
    """Yield what is no fault but would surprise, of a folder without faults."""
    yield from surprises(tables, network)
