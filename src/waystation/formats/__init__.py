"""The network folder: read, checked, written and described from one declared table; mistakes are values."""

from waystation.formats.faults import Fault
from waystation.formats.new import new_folder
from waystation.formats.reader import Reading, read_folder
from waystation.formats.rows import FolderTables
from waystation.formats.writer import write_folder

__all__ = ["Fault", "FolderTables", "Reading", "new_folder", "read_folder", "write_folder"]
