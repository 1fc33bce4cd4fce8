"""Published arrivals by year, with their sources: what the simulation is held against."""

import csv
import io

from waystation.engine.simulation.hindcast import Shock
from waystation.formats.faults import Fault

COLUMNS = ("year", "people", "shock", "factor", "source")


def read_arrivals(text: str, file: str) -> tuple[dict[int, int], tuple[Shock, ...], list[Fault]]:
    """Read arrivals.csv: people by year, the known shocks, and every fault.

    ``shock`` names what befell in a year and ``factor`` is what the simulation is told of it: this year's arrivals over last
    year's. Both are blank in other years. Every row names its source.
    """
    rows = list(csv.reader(io.StringIO(text)))
    if not rows or tuple(rows[0]) != COLUMNS:
        return {}, (), [Fault(file, 1, 1, "these are not the columns of arrivals", f"begin with {','.join(COLUMNS)}")]
    arrivals: dict[int, int] = {}
    shocks: list[Shock] = []
    faults: list[Fault] = []
    for line, row in enumerate(rows[1:], 2):
        if len(row) != len(COLUMNS):
            faults.append(Fault(file, line, 1, f"{len(row)} cells", f"write {len(COLUMNS)}: {','.join(COLUMNS)}"))
            continue
        year, people, shock, factor, source = (cell.strip() for cell in row)
        if not year.isdecimal() or not people.isdecimal() or int(people) < 1:
            faults.append(
                Fault(
                    file, line, 1, f"{year!r} and {people!r} are no year and people", "write whole numbers: 2012,1502"
                )
            )
            continue
        if not source:
            faults.append(Fault(file, line, 1, "no source is named", "name where the figure was published"))
        if int(year) in arrivals:
            faults.append(Fault(file, line, 1, f"{year} stands there twice", "keep one row for each year"))
        arrivals[int(year)] = int(people)
        if shock:
            if _factor(factor) is None:
                faults.append(Fault(file, line, 1, f"{factor!r} is no factor", "write a number above 0 such as 0.5"))
            shocks.append(Shock(int(year), shock, _factor(factor) or 1.0))
    return arrivals, tuple(shocks), faults


def _factor(cell: str) -> float | None:
    try:
        value = float(cell)
    except ValueError:
        return None
    return value if 0.0 < value < 1e6 else None
