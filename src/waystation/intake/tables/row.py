from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from waystation.intake.faults import Fault, FaultCode, fault


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its number as a spreadsheet or an editor counts, from 1, and its cells as text.

    Attributes
    ----------
    faults
        What is wrong with single cells; their text is empty.
    """

    number: int
    cells: tuple[str, ...] = field(repr=False)
    faults: tuple[Fault, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether no cell holds anything."""
        return not any(cell.strip() for cell in self.cells) and not self.faults


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of what was opened. ``rows`` begins anew each time and yields a fault where a row could not be read.

    Attributes
    ----------
    name
        As the workbook has it; empty for CSV.
    hidden
        Whether a spreadsheet would not show it.
    """

    name: str
    rows: Callable[[], Iterator[Row | Fault]] = field(repr=False)
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Headed:
    """A sheet with its header read.

    Attributes
    ----------
    columns
        Names as written, without blanks around them; empty for a column that has none.
    faults
        What is wrong with the header; a name that stands twice means that nothing can be used.
    rows
        The rows below, without empty ones.
    """

    sheet: str
    columns: tuple[str, ...]
    faults: tuple[Fault, ...]
    rows: Callable[[], Iterator[Row | Fault]] = field(repr=False)


def headed(sheet: Sheet) -> Headed:
    """Read the header of a sheet: its first row that is not empty."""
    found: list[Fault] = []
    for row in sheet.rows():
        if isinstance(row, Fault):
            found.append(row)
        elif not row.is_empty:
            found.extend(row.faults)
            return _below(sheet, row, found)
    found.append(fault(FaultCode.NO_HEADER, sheet=sheet.name))
    return Headed(sheet.name, (), tuple(found), lambda: iter(()))


def _below(sheet: Sheet, header: Row, found: list[Fault]) -> Headed:
    columns = tuple(cell.strip().strip("\ufeff") for cell in header.cells)
    while columns and not columns[-1]:
        columns = columns[:-1]
    seen: set[str] = set()
    for at, name in enumerate(columns, start=1):
        if not name:
            found.append(
                fault(FaultCode.COLUMN_NAMELESS, sheet=sheet.name, row=header.number, column=column_letters(at))
            )
        elif name in seen:
            found.append(fault(FaultCode.COLUMN_TWICE, sheet=sheet.name, row=header.number, column=name))
        seen.add(name)

    def rows() -> Iterator[Row | Fault]:
        for row in sheet.rows():
            if isinstance(row, Fault):
                yield row
            elif row.number > header.number and not row.is_empty:
                yield _within(row, len(columns), sheet.name)

    return Headed(sheet.name, columns, tuple(found), rows)


def _within(row: Row, width: int, sheet: str) -> Row:
    """Return a row of exactly ``width`` cells; what stands beyond the header is a fault."""
    cells, faults = row.cells, row.faults
    if any(cell.strip() for cell in cells[width:]):
        faults = (*faults, fault(FaultCode.EXTRA_CELLS, sheet=sheet, row=row.number))
    return Row(row.number, (*cells[:width], *("",) * (width - len(cells))), faults)


def column_letters(number: int) -> str:
    """Return what a spreadsheet calls its ``number``-th column, from 1: A, B, ..., Z, AA."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
