"""How long the pages of cases take on the server, with 2,000 cases in an encrypted store.

``python -m benchmarks.pages`` prints the table and writes it to ``out/bench/pages.md``; with ``--record`` into
``docs/benchmarks.md`` too. A page is asked for through all of the application's middleware, in one process, without a network;
what a page writes (the log's entry before each opening, a save) is synced to the disk as when people use it.
"""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any

from benchmarks.keeping import keep

if TYPE_CHECKING:
    from django.test import Client
    from tests.office import Office

    from waystation.cases.models import Case

CASES = 2_000
OWN = 40
"""Cases of one caseworker; the rest is another's. The case lead opens all of them."""
ASKED = 40
STORE_KEY = bytes(range(32))
NAMES = ("Pak Un-ju 박은주", "Nguyen Thi Mai", "สมศรี มีสุข", "Kang Hae-won 강해원", "ນາງ ບຸນມີ", "Maria Quispe")

Ask = Callable[[], Any]


@dataclass(frozen=True)
class Measured:
    """One page: what it is, as whom, and of each asking the seconds by the clock and those of the processor."""

    what: str
    who: str
    seconds: list[tuple[float, float]] = field(repr=False)

    @property
    def line(self) -> str:
        """A row of the table: median and 95th percentile by the clock, median of the processor's time."""
        clock, processor = [each[0] for each in self.seconds], [each[1] for each in self.seconds]
        figures = (median(clock), quantiles(clock, n=20)[-1], median(processor))
        return f"| {self.what} | {self.who} | {' | '.join(f'{each * 1e3:.0f} ms' for each in figures)} |"


def begin(folder: Path) -> None:
    """Start the application over a new encrypted store in ``folder``."""
    os.environ |= {"WAYSTATION_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "tests.settings", "DATABASE_URL": ""}
    import django
    from django.core.management import call_command

    django.setup()
    from waystation.store.sqlcipher.key import hold_key

    hold_key(STORE_KEY)
    call_command("migrate", verbosity=0)


def fill(say: Callable[[str], None]) -> "tuple[Office, list[Case]]":
    """Found an office and enter the cases; return them, the caseworker's own last."""
    from tests.office import found_office

    from waystation.accounts.models import Organisation
    from waystation.accounts.roles import Role
    from waystation.cases.services import create_case

    office = found_office(people=["director", "case_lead", "caseworker", "safeguarding"])
    office.admit("other", "Somebody Else", [Role.CASEWORKER])
    Organisation.objects.update(openings_per_hour=1_000)
    keyrings = {key: office.keyring(key) for key in ("other", "caseworker")}
    cases = []
    for number in range(CASES):
        keyring = keyrings["caseworker" if number >= CASES - OWN else "other"]
        values = {
            "name": f"{NAMES[number % len(NAMES)]} {number}",
            "whereabouts": "the northern province",
            "party_size": 1 + number % 5,
            "urgency": "soon",
            "needs": ["medicine"],
            "note": "asks for a quiet room " * 10,
        }
        cases.append(create_case(keyring=keyring, values=values, at=datetime.now(UTC)))
        if number % 500 == 0:
            say(f"{number} of {CASES} cases entered")
    return office, cases


def asked(ask: Ask, status: int = 200, times: int = ASKED) -> list[tuple[float, float]]:
    """Return the seconds of each asking, by the clock and of the processor."""
    seconds = []
    for _ in range(times):
        begun, work = perf_counter(), process_time()
        answer = ask()
        seconds.append((perf_counter() - begun, process_time() - work))
        if answer.status_code != status:
            message = f"the page answered {answer.status_code}, not {status}: no time is worth anything then"
            raise RuntimeError(message)
    return seconds


def measured(office: "Office", cases: "list[Case]", say: Callable[[str], None]) -> Iterator[Measured]:
    """Measure every page, as the caseworker with few cases and as the lead with all of them."""
    own, number = cases[-1], count(1)
    for key, who in (("caseworker", f"caseworker, {OWN} cases"), ("case_lead", f"case lead, {CASES:,} cases")):
        client = office.client(key)
        client.get("/preferences")  # compiles the frame's templates
        first, *rest = pages_of(client, own, number)
        say(who)
        yield Measured("the first list after unlocking", who, asked(first[1], times=1) * 2)
        for what, ask, status in (first, *rest):
            ask()  # compiles its template
            say(f"{who}: {what}")
            yield Measured(what, who, asked(ask, status))
    say("names")
    yield Measured("25 names", "case lead", asked(lambda: client.post("/cases/names"), times=8))


def pages_of(client: "Client", own: "Case", number: "count[int]") -> list[tuple[str, Ask, int]]:
    """Return what is asked of one person's browser: what it is, the asking, and the status that answers it."""
    return [
        ("list", lambda: client.get("/cases"), 200),
        ("search by name", lambda: client.post("/cases/search", {"text": "은주"}), 200),
        ("a case", lambda: client.get(f"/cases/{own.pk}"), 200),
        ("who it is", lambda: client.post(f"/cases/{own.pk}/identity/open"), 200),
        ("save a note", lambda: save(client, own, next(number)), 303),
        ("home", lambda: client.get("/"), 200),
    ]


def save(client: "Client", case: "Case", number: int) -> Any:
    """Save another note on the newest version."""
    from waystation.cases.models import Case

    version = Case.objects.values_list("version", flat=True).get(pk=case.pk)
    data = {"version": version, "note": f"note {number}", "urgency": "soon", "initial-urgency": "soon"}
    return client.post(f"/cases/{case.pk}/welfare", data)


def report(rows: list[Measured]) -> str:
    """Return what was measured as Markdown."""
    lines = [
        "| page | asked by | median | 95 in 100 | processor |",
        "|---|---|---:|---:|---:|",
        *(row.line for row in rows),
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure, print, and write ``out/bench/pages.md``."""

    def say(what: str) -> None:
        print(what, file=sys.stderr, flush=True)

    with tempfile.TemporaryDirectory(prefix="waystation-pages-") as folder:
        begin(Path(folder))
        begun = perf_counter()
        office, cases = fill(say)
        each = (perf_counter() - begun) / CASES
        rows = list(measured(office, cases, say))
    found = f"{report(rows)}\nEntering a case by the service: {each * 1e3:.0f} ms in the mean of {CASES:,}.\n"
    keep("pages", found, recorded="--record" in sys.argv[1:])
    print(found)


if __name__ == "__main__":
    main()
