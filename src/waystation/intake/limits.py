from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of what comes in is looked at. Whatever is larger is refused with a fault, before it is read where possible.

    Attributes
    ----------
    bytes
        Of the file as it came.
    unpacked_bytes, package_files, ratio
        Of a workbook: its parts together, their number, and how many times its packed size a part of a megabyte or more
        may have.
    shared_bytes
        Of a workbook's shared texts, the one part that is kept in memory.
    rows, columns, sheets, cell_characters, line_characters
        Of a table, for each sheet.
    faults
        After so many the rest of a file is not looked at: it is not the table it was taken for.
    """

    bytes: int = 64 * 1024**2
    unpacked_bytes: int = 512 * 1024**2
    package_files: int = 2_000
    ratio: int = 200
    shared_bytes: int = 64 * 1024**2
    rows: int = 200_000
    columns: int = 500
    sheets: int = 50
    cell_characters: int = 32_767
    line_characters: int = 1_000_000
    faults: int = 2_000


TABLES = Limits()
"""For tables of people and for submissions."""

FORMS = Limits(
    bytes=8 * 1024**2,
    unpacked_bytes=64 * 1024**2,
    shared_bytes=16 * 1024**2,
    rows=20_000,
    columns=300,
    line_characters=200_000,
)
"""For a form: it is held whole."""
