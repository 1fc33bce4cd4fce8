import re
from datetime import date
from pathlib import Path

from waystation.formats.faults import Fault
from waystation.formats.grid import scan
from waystation.formats.kinds import CellError
from waystation.formats.kinds.days import read_day
from waystation.formats.sheets import clean
from waystation.formats.text import read_text

FILE = "sim_period.csv"

PUBLISHED_FIRST_DAYS: dict[str, date] = {"mali2012": date(2012, 2, 29), "ssudan2013": date(2013, 12, 15)}
"""The day from which the days of a published folder are counted, by the folder's name.

From the run files of these conflicts in FabFlee (config_files/mali/run.py and config_files/ssudan/run.py).
"""


def read_first_day(folder: Path) -> tuple[date | None, list[Fault]]:
    """Return the day that a Flee folder counts its days from, as its ``sim_period.csv`` says; None if it has no such file."""
    path = folder / FILE
    try:
        if not path.exists():
            return None, []
    except (OSError, ValueError):
        return None, []
    read = read_text(path)
    if read.text is None or read.faults:
        return None, list(read.faults)
    for row in scan(read.text.replace("#", " "), (), lambda *_: None):
        if len(row.cells) > 1 and re.fullmatch(r"start_?date", clean(row.cells[0].text).casefold()):
            cell = row.cells[1]
            try:
                return read_day(clean(cell.text)), []
            except CellError as error:
                return None, [Fault(FILE, cell.line, cell.column, f"StartDate: {error.what}", error.right)]
    return None, [Fault(FILE, 1, 1, f"{FILE} does not say StartDate", "write a line such as StartDate,2012-02-29")]
