"""What must hold beyond a single cell: each check is a function from typed rows to faults."""

from collections.abc import Iterator

from waystation.formats.faults import Fault
from waystation.formats.rows import FolderTables


def faults_across(tables: FolderTables) -> Iterator[Fault]:
    """Yield the faults of every check, in no particular order."""
    return iter(())


def warnings_of(tables: FolderTables) -> Iterator[Fault]:
    """Yield what is no fault but would surprise, of a folder without faults."""
    return iter(())
