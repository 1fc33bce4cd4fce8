"""An import of 20,000 rows and an export of 100,000: what they cost, how the cost and the memory grow, that they can be stopped.

``python -m benchmarks.exchange`` prints the table and writes ``out/bench/exchange.md``; with ``--record`` into
``docs/benchmarks.md``. ``--rows`` and ``--people`` set the sizes; a tenth of each is measured beside them, in processes of
their own, so that the peak of memory is each one's. Names are in no export of this size: a thousand in an hour is the most that
one person opens alone. The same rows are written and read in the clear beside it: what sealing, keys, log and
checks cost is the ratio. Times are the processor's; memory is the resident set's peak above what the filled store's program held.
"""

import argparse
import csv
import io
import json
import resource
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from benchmarks import desk_fill
from benchmarks.keeping import keep
from benchmarks.pages import begin

if TYPE_CHECKING:
    from tests.office import Office

    from waystation.intake.tables.row import Headed

ROWS, PEOPLE, PER_CASE = 20_000, 100_000, 2.5

Figures = dict[str, dict[str, float]]


class Stopwatch:
    """Measures one piece of work after the other."""

    def __init__(self) -> None:
        """Begin with nothing measured."""
        self.figures: Figures = {}

    def time(self, what: str, rows: int, work: Callable[[], Any]) -> Any:
        """Do the work; keep its seconds and by how much the peak of memory rose."""
        before, began, clock = peak(), process_time(), perf_counter()
        result = work()
        spent, passed = process_time() - began, perf_counter() - clock
        self.figures[what] = {"rows": rows, "processor": spent, "clock": passed, "rose": peak() - before}
        print(f"{what}: {rows:,} rows, {spent:.1f} s, memory {peak():.0f} MB", file=sys.stderr, flush=True)
        return result


def peak() -> float:
    """Return the largest resident set so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


class Told:
    """Counts how often progress was told; stops the work at a row, if one is given."""

    def __init__(self, stop_at: int | None = None) -> None:
        """Stop at ``stop_at``, or never."""
        self.times, self._stop_at = 0, stop_at

    def __call__(self, _name: str, done: int, _total: int) -> None:
        """Be told."""
        from waystation.continuity.errors import StoppedError

        self.times += 1
        if self._stop_at is not None and done >= self._stop_at:
            raise StoppedError("enough")


def table(rows: int) -> "Headed":
    """Return so many people of as many first calls, as a table that came in."""
    from waystation.intake.tables.opening import open_table
    from waystation.intake.tables.row import headed

    return headed(open_table(io.BytesIO(text_of(rows).encode())).sheets[0])


def text_of(rows: int) -> str:
    """Return the same as the text of a CSV file."""
    return "reference,name,region,age,danger\n" + "".join(
        f"r{n},{desk_fill._name(n)},region {n % 9},{n % 80},asked about by name\n" for n in range(rows)
    )


def imports(office: "Office", rows: int, folder: Path) -> Figures:
    """Look a table over, stop in the middle, take it back, take it in whole, look again, take it back."""
    from waystation.exchange.importing.apply import Applied, apply_import
    from waystation.exchange.importing.preview import preview
    from waystation.exchange.importing.undo import undo_import

    watch, lead, person, sheet = Stopwatch(), office.keyring("case_lead"), office.person("case_lead"), table(rows)
    told = Told()

    def look() -> Any:
        return preview(keyring=lead, person=person, sheet=sheet, at=office.later(), steps=told)

    seen = watch.time("preview", rows, look)

    def take(steps: Told) -> Applied:
        accepted = range(rows + 2)
        return apply_import(
            keyring=lead, sheet=sheet, looked_at=seen, accepted=accepted, clock=office.later, steps=steps
        )

    half = watch.time("import, stopped in the middle", rows // 2, lambda: take(Told(rows // 2)))
    assert (half.source.stopped, half.source.created) == (True, rows // 2), "a stopped import keeps whole rows"
    watch.time(
        "undo",
        rows // 2,
        lambda: undo_import(keyring=lead, source=half.source, at=office.later(), steps=told),
    )
    told.times = 0
    done = watch.time("import", rows, lambda: take(told))
    assert (done.source.created, told.times) == (rows, rows), "every row is in, and was told of"
    again = watch.time("preview again", rows, look)
    assert not again.counts["create"], "the same file twice changes nothing"
    watch.time("plain import", rows, lambda: plain_import(rows, folder / "plain.db"))
    return watch.figures


def plain_import(rows: int, path: Path) -> None:
    """Read the same table and put each row into one table of a plain database, a transaction for each hundred."""
    database = sqlite3.connect(path)
    database.execute("CREATE TABLE people (reference TEXT, name TEXT, region TEXT, age INTEGER, danger TEXT)")
    for number, row in enumerate(csv.reader(io.StringIO(text_of(rows)))):
        database.execute("INSERT INTO people VALUES (?, ?, ?, ?, ?)", row)
        if number % 100 == 0:
            database.commit()
    database.commit()
    database.close()


def exports(office: "Office", people: int, folder: Path) -> Figures:
    """Fill a store with people and export them all, as CSV and as a workbook; stop one in the middle."""
    from waystation.cases.models import Traveller
    from waystation.continuity.errors import StoppedError
    from waystation.exchange.exporting.make import Asked, Typed, make_export
    from waystation.exchange.exporting.purposes import FIELDS, Purpose, What
    from waystation.vault import OfficeKeys

    watch = Stopwatch()
    desk_fill.fill(office, round(people / PER_CASE), lambda _: None)
    rows, lead = Traveller.objects.count(), office.keyring("case_lead")

    def give(purpose: Purpose, form: str, steps: Told) -> Any:
        key = OfficeKeys(bytes(range(32))).age_recipient
        asked = Asked(purpose=purpose, recipient="a board", key=key, reason="a year", form=form, what=What.PEOPLE)
        typed = Typed(rows, len(FIELDS[purpose, What.PEOPLE]))
        return make_export(
            keyring=lead, asked=asked, typed=typed, folder=folder, make_spool=spool, clock=office.later, steps=steps
        )

    told = Told()
    watch.time("export, people for transport, CSV", rows, lambda: give(Purpose.TRANSPORT, "csv", told))
    assert told.times >= people / PER_CASE // 400, "progress was told"
    watch.time("export, people for statistics, XLSX", rows, lambda: give(Purpose.STATISTICS, "xlsx", told))
    made = set(folder.iterdir())
    try:
        give(Purpose.TRANSPORT, "csv", Told(round(people / PER_CASE / 2) // 400 * 400))
    except StoppedError:
        assert set(folder.iterdir()) == made, "a stopped export leaves no file"
    else:
        raise AssertionError("it was not stopped")
    cells = [["amber-lantern", "18-59", "full", "medicine", "ko"]]
    watch.time("plain export, CSV", rows, lambda: plain_csv(cells * rows, folder / "plain.csv"))
    watch.time(
        "plain export, XLSX", rows, lambda: plain_xlsx((each[:4] for each in cells * rows), folder / "plain.xlsx")
    )
    return watch.figures


def spool() -> BinaryIO:
    """Make a sealed file to put a workbook together in, as the desk does."""
    from waystation.cases.spool import SealedSpool

    return cast("BinaryIO", SealedSpool(cast("BinaryIO", tempfile.TemporaryFile())))


def plain_csv(rows: Iterable[list[str]], path: Path) -> None:
    """Write the same number of cells in the clear."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def plain_xlsx(rows: Iterable[list[str]], path: Path) -> None:
    """Write the same number of cells in the clear with openpyxl, which streams."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        sheet.append(row)
    book.save(path)


def measure(what: str, size: int) -> Figures:
    """Measure one size over a new store."""
    with tempfile.TemporaryDirectory(prefix="waystation-exchange-") as name:
        begin(Path(name))
        from tests.office import found_office

        from waystation.accounts.roles import Role

        office = found_office(people=["director", "case_lead", "caseworker", "safeguarding", "auditor"])
        office.admit("other", "Somebody Else", [Role.CASEWORKER])
        folder = Path(name) / "given"
        folder.mkdir()
        return (imports if what == "import" else exports)(office, size, folder)


def lines(small: Figures, large: Figures) -> list[str]:
    """Return rows of the table."""
    found = []
    for what, figures in large.items():
        if what.startswith("plain"):
            continue
        plain = large.get(f"plain {what.partition(',')[0]}{what[what.rindex(',') :] if ',' in what else ''}")
        before = small[what]
        per, per_before = (each["processor"] / each["rows"] * 1e3 for each in (figures, before))
        ratio = f"{figures['processor'] / plain['processor']:.0f}" if plain else ""
        found.append(
            f"| {what} | {int(figures['rows']):,} | {figures['processor']:.0f} s | {per:.2f} ms | {per / per_before:.2f} |"
            f" {before['rose']:.0f} MB | {figures['rose']:.0f} MB | {ratio} |"
        )
    return found


def _in_process(what: str, size: int) -> Figures:
    """Measure in a process of its own: a process has one store, and one peak."""
    command = [sys.executable, "-m", "benchmarks.exchange", "--only", what, "--size", str(size)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    found: Figures = json.loads(done.stdout)
    return found


def main() -> None:
    """Measure, print, and write ``out/bench/exchange.md``."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--rows", type=int, default=ROWS, help="rows of the import")
    ask.add_argument("--people", type=int, default=PEOPLE, help="people of the export")
    ask.add_argument("--only", choices=["import", "export"], help="one of both, at --size, as JSON")
    ask.add_argument("--size", type=int, default=1_000)
    ask.add_argument("--record", action="store_true", help="write the table into docs/benchmarks.md")
    given = ask.parse_args()
    if given.only:
        print(json.dumps(measure(given.only, given.size)))
        return
    found = [
        "| work | rows | processor | a row | a row / at a tenth | peak rose, a tenth | peak rose | times in the clear |",
        "|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for what, size in (("import", given.rows), ("export", given.people)):
        found += lines(_in_process(what, size // 10), _in_process(what, size))
    text = "\n".join(found) + "\n"
    keep("exchange", text, recorded=given.record)
    print(text)


if __name__ == "__main__":
    main()
