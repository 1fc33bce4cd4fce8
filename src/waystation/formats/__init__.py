"""The network folder: read, checked, written and described from one declared table; mistakes are values."""

from waystation.formats.faults import Fault
from waystation.formats.reader import Reading, read_folder
from waystation.formats.rows import FolderTables

__all__ = ["Fault", "FolderTables", "Reading", "read_folder"]
