"""What an import and an export cost by the row, and what of memory they keep.

``python -m benchmarks.exchange 500 2000`` imports so many rows, each time on an emptied encrypted store, and exports them for
statistics. It prints a table: seconds of the processor, milliseconds a row, and by how much the peak of
memory rose. Cost by the row that stays, and a peak that does not rise with the rows, is what is to be seen.
"""

import io
import resource
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from benchmarks.pages import begin

if TYPE_CHECKING:
    from tests.office import Office

HEAD = "| rows | what | processor | a row | peak of memory rose by |\n|---:|---|---:|---:|---:|"


def measured(rows: int, what: str, work: Callable[[], Any]) -> str:
    """Do the work; return a row of the table."""
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, process_time()
    work()
    spent = process_time() - began
    rose = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    return f"| {rows:,} | {what} | {spent:.1f} s | {spent / rows * 1e3:.1f} ms | {rose:.0f} MB |"


def nothing(_name: str, _done: int, _total: int) -> None:
    """Go on."""


def spool() -> BinaryIO:
    """Make a file in memory to put a workbook together in."""
    return cast("BinaryIO", io.BytesIO())


def lines(office: "Office", rows: int, folder: Path) -> list[str]:
    """Import and export so many rows; return the rows of the table."""
    from waystation.exchange.exporting.make import Asked, Typed, make_export
    from waystation.exchange.exporting.purposes import FIELDS, Purpose
    from waystation.exchange.importing.apply import apply_import
    from waystation.exchange.importing.preview import preview
    from waystation.intake.tables.opening import open_table
    from waystation.intake.tables.row import headed
    from waystation.vault import OfficeKeys

    text = "reference,name,region,age\n" + "".join(f"r{n},Invented Person {n},region {n % 9},34\n" for n in range(rows))
    table = headed(open_table(io.BytesIO(text.encode())).sheets[0])
    lead, person = office.keyring("case_lead"), office.person("case_lead")
    found: list[Any] = []

    def look() -> None:
        found.append(preview(keyring=lead, person=person, sheet=table, at=office.later(), steps=nothing))

    def take() -> None:
        apply_import(
            keyring=lead, sheet=table, looked_at=found[0], accepted=range(rows + 2), clock=office.later, steps=nothing
        )

    def give() -> None:
        key = OfficeKeys(bytes(range(32))).age_recipient
        asked = Asked(purpose=Purpose.STATISTICS, recipient="the board", key=key, reason="a year")
        typed = Typed(rows, len(FIELDS[Purpose.STATISTICS]))
        make_export(
            keyring=lead, asked=asked, typed=typed, folder=folder, make_spool=spool, clock=office.later, steps=nothing
        )

    return [
        measured(rows, "preview of an import", look),
        measured(rows, "import", take),
        measured(rows, "preview of the same file again", look),
        measured(rows, "export for statistics", give),
    ]


def main(sizes: list[int]) -> None:
    """Measure each number of rows and print the table."""
    with tempfile.TemporaryDirectory() as name:
        begin(Path(name))
        from django.db import connection
        from tests.office import found_office

        for rows in sizes:
            office = found_office()
            for line in ([HEAD] if rows == sizes[0] else []) + lines(office, rows, Path(name) / "exports"):
                print(line, flush=True)
            from django.core.management import call_command

            call_command("flush", interactive=False, verbosity=0)
            connection.close()


if __name__ == "__main__":
    main([int(each) for each in sys.argv[1:]] or [500])
