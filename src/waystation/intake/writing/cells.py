from datetime import date, datetime
from decimal import Decimal

from waystation.intake.writing.harmless import harmless

Cell = str | int | Decimal | date | bool | None
"""What may stand in a cell: values only. A text is written as text, whatever it begins with."""

LONGEST = 32_767
"""Characters that a spreadsheet keeps in a cell."""


class CellTooLongError(ValueError):
    """A text has more characters than a spreadsheet's cell keeps. Nothing is cut silently."""


def cell_words(cell: Cell) -> str:
    """Return a cell as text that no spreadsheet runs.

    Raises
    ------
    CellTooLongError
        If it is longer than `LONGEST`.
    """
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, datetime):
        return cell.isoformat(timespec="seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    text = str(cell) if is_number(cell) else harmless(str(cell))
    if len(text) > LONGEST:
        raise CellTooLongError(f"a cell holds at most {LONGEST} characters")
    return text


def is_number(cell: Cell) -> bool:
    """Tell whether a cell is written as a number."""
    return isinstance(cell, int | Decimal) and not isinstance(cell, bool)
