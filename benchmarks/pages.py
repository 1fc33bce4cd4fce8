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
from time import perf_counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.test import Client
    from tests.office import Office

    from waystation.cases.models import Case

CASES = 2_000
OWN = 40
"""Cases of one caseworker; the rest is another's. The case lead opens all of them."""
ASKED = 60
BEGIN, END = "<!-- pages -->", "<!-- end of pages -->"
STORE_KEY = bytes(range(32))
NAMES = ("Pak Un-ju 박은주", "Nguyen Thi Mai", "สมศรี มีสุข", "Kang Hae-won 강해원", "ນາງ ບຸນມີ", "Maria Quispe")

Ask = Callable[[], Any]


@dataclass(frozen=True)
class Measured:
    """One page: what it is, as whom, and the seconds of each asking."""

    what: str
    who: str
    seconds: list[float] = field(repr=False)

    @property
    def line(self) -> str:
        """A row of the table: median and 95th percentile."""
        tail = quantiles(self.seconds, n=20)[-1]
        return f"| {self.what} | {self.who} | {median(self.seconds) * 1e3:.0f} ms | {tail * 1e3:.0f} ms |"


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


def asked(ask: Ask, status: int) -> list[float]:
    """Return the seconds of each asking, the first left out: it compiles templates and opens keys."""
    seconds = []
    for _ in range(ASKED + 1):
        begun = perf_counter()
        answer = ask()
        seconds.append(perf_counter() - begun)
        if answer.status_code != status:
            message = f"the page answered {answer.status_code}, not {status}: no time is worth anything then"
            raise RuntimeError(message)
    return seconds[1:]


def measured(office: "Office", cases: "list[Case]", say: Callable[[str], None]) -> Iterator[Measured]:
    """Measure every page, as the caseworker with few cases and as the lead with all of them."""
    from django.urls import reverse

    own, number = cases[-1], count(1)
    for key, who in (("caseworker", f"caseworker, {OWN} cases"), ("case_lead", f"case lead, {CASES:,} cases")):
        client = office.client(key)
        begun = perf_counter()
        client.get(reverse("cases.list"))
        yield Measured("the first list after unlocking", who, [perf_counter() - begun] * 2)
        pages: list[tuple[str, Ask, int]] = [
            ("list", lambda: client.get(reverse("cases.list")), 200),  # noqa: B023 # asked before the next client
            ("search by name", lambda: client.post(reverse("cases.search"), {"text": "은주"}), 200),  # noqa: B023 # as above
            ("a case", lambda: client.get(reverse("cases.page", args=[own.pk])), 200),  # noqa: B023 # as above
            ("who it is", lambda: client.post(reverse("cases.reveal.identity", args=[own.pk])), 200),  # noqa: B023 # as above
            ("save a note", lambda: save(client, own, next(number)), 303),  # noqa: B023 # as above
            ("home", lambda: client.get("/"), 200),  # noqa: B023 # as above
        ]
        for what, ask, status in pages:
            say(f"{who}: {what}")
            yield Measured(what, who, asked(ask, status))
    lead = office.client("case_lead")
    say("names")
    yield Measured("25 names", "case lead", [once(lead) for _ in range(8)])


def once(client: "Client") -> float:
    """Return the seconds of showing one page of names."""
    begun = perf_counter()
    answer = client.post("/cases/names")
    if answer.status_code != 200:
        raise RuntimeError("the names were not shown")
    return perf_counter() - begun


def save(client: "Client", case: "Case", number: int) -> Any:
    """Save another note on the newest version."""
    from waystation.cases.models import Case

    version = Case.objects.values_list("version", flat=True).get(pk=case.pk)
    data = {"version": version, "note": f"note {number}", "urgency": "soon", "initial-urgency": "soon"}
    return client.post(f"/cases/{case.pk}/welfare", data)


def report(rows: list[Measured]) -> str:
    """Return what was measured as Markdown."""
    lines = ["| page | asked by | median | 95 in 100 |", "|---|---|---:|---:|", *(row.line for row in rows)]
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
    out = Path("out/bench")
    out.mkdir(parents=True, exist_ok=True)
    (out / "pages.md").write_text(found, encoding="utf-8")
    page = Path("docs/benchmarks.md")
    before, begin_mark, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    if "--record" in sys.argv[1:] and begin_mark:
        page.write_text(f"{before}{BEGIN}\n\n{found}\n{END}{rest.partition(END)[2]}", encoding="utf-8")
    print(found)


if __name__ == "__main__":
    main()
