"""How long the list, a search, a case page and a save take on the server with 40,000 cases and 100,000 invented people.

``python -m benchmarks.desk`` prints the table and writes ``out/bench/desk.md``; with ``--record`` into ``docs/benchmarks.md``.
It fills an encrypted store (three minutes) and one of 400 cases beside it, in processes of their own, and asks both the same.
Times are those of the server's work through all of the application's middleware, without a network; what a page writes into the
log is synced to the disk. On a machine that is shared the processor's time says more than the clock's; the ratio is of that.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from itertools import count
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any

from benchmarks import desk_fill
from benchmarks.pages import asked, begin

if TYPE_CHECKING:
    from uuid import UUID

    from tests.office import Office

CASES, FEW = 40_000, 400
ASKED = 60
WARM_SECONDS = 600.0
BEGIN, END = "<!-- desk -->", "<!-- end of desk -->"
LEAD, WORKER = "case lead, all", "caseworker, 200"

Times = list[tuple[float, float]]


def measure(cases: int, say: Callable[[str], None]) -> dict[str, Times]:
    """Fill a store with so many cases and return the seconds of everything asked, by the clock and of the processor."""
    with tempfile.TemporaryDirectory(prefix="waystation-desk-") as folder:
        begin(Path(folder))
        from tests.office import found_office

        from waystation.accounts.roles import Role

        office = found_office(people=["director", "case_lead", "caseworker", "safeguarding"])
        office.admit("other", "Somebody Else", [Role.CASEWORKER])
        ids = desk_fill.fill(office, cases, say)
        found: dict[str, Times] = {}
        for key, who in (("case_lead", LEAD), ("caseworker", WORKER)):
            say(f"{cases} cases, {who}")
            found |= {f"{what} | {who}": seconds for what, seconds in _of(office, key, ids[-1], say).items()}
        return found


def _of(office: "Office", key: str, own: "UUID", say: Callable[[str], None]) -> dict[str, Times]:
    from django.urls import reverse

    from waystation.accounts.services.sessions import begin_session
    from waystation.cases.duplicates.book import follow_index
    from waystation.cases.index.index import index_of
    from waystation.cases.models import Case

    found: dict[str, Times] = {}
    client = office.client(key)
    keyring = client.desk.keyring
    assert keyring is not None
    person, number = office.person(key), count(1)
    found["unlock"] = [_timed(lambda: begin_session(keyring=keyring, at=datetime.now(UTC)))]
    index = index_of(keyring)
    found["warm-up"] = [_timed(lambda: index.catch_up(person, at=datetime.now(UTC), seconds=WARM_SECONDS))]
    ready = partial(follow_index, keyring=keyring, person=person, at=datetime.now(UTC), seconds=WARM_SECONDS)
    found["warm-up, who is alike"] = [_timed(ready)]
    say(f"warmed up in {found['warm-up'][0][0]:.1f} s and {found['warm-up, who is alike'][0][0]:.1f} s")
    first_call = reverse("desk.request")
    client.post(first_call, {"stage": "for_whom", "for_whom": "은주 33"})

    def save() -> Any:
        version = Case.objects.values_list("version", flat=True).get(pk=own)
        data = {"version": version, "note": f"note {next(number)}", "urgency": "soon", "initial-urgency": "soon"}
        return client.post(f"/cases/{own}/welfare", data)

    asks: dict[str, tuple[Callable[[], Any], int]] = {
        "list": (lambda: client.get("/cases?state=open"), 200),
        "list, narrowed, due first": (lambda: client.get("/cases?step=screening&priority=urgent&order=due"), 200),
        "list, page 100": (lambda: client.get("/cases?state=open&page=100"), 200),
        "search by name": (lambda: client.post("/cases/search", {"text": "은주 33"}), 200),
        "search, many found": (lambda: client.post("/cases/search", {"text": "valley"}), 200),
        "a case": (lambda: client.get(f"/cases/{own}"), 200),
        "save a note": (save, 303),
        "list after a save": (lambda: save() and client.get("/cases?state=open"), 200),
        "first call, who is alike": (lambda: client.get(first_call), 200),
        "home": (lambda: client.get("/"), 200),
    }
    for what, (ask, status) in asks.items():
        ask()  # compiles its template
        found[what] = asked(ask, status, ASKED)
    return found


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    begun, processor = perf_counter(), process_time()
    work()
    return perf_counter() - begun, process_time() - processor


def table(large: dict[str, Times], small: dict[str, Times]) -> str:
    """Return what was measured as Markdown: of the large store median, 95th percentile and processor; the ratio to the small."""
    lines = [
        f"| asked | by | median | 95 in 100 | processor, 95 in 100 | {CASES:,} / {FEW} cases |",
        "|---|---|---:|---:|---:|---:|",
    ]
    for what, seconds in large.items():
        clock, processor = [each[0] for each in seconds], [each[1] for each in seconds]
        low = _high([each[1] for each in small[what]])
        figures = (median(clock), _high(clock), _high(processor))
        lines.append(f"| {what} | {' | '.join(_shown(each) for each in figures)} | {_high(processor) / low:.1f} |")
    return "\n".join(lines) + "\n"


def _high(seconds: list[float]) -> float:
    return quantiles(seconds, n=20)[-1] if len(seconds) > 1 else seconds[0]


def _shown(seconds: float) -> str:
    return f"{seconds * 1e3:.0f} ms" if seconds < 1 else f"{seconds:.1f} s"


def _in_process(cases: int) -> dict[str, Times]:
    """Measure in a process of its own: a process has one store."""
    command = [sys.executable, "-m", "benchmarks.desk", "--cases", str(cases)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, Times] = json.loads(done.stdout)
    return found


def main() -> None:
    """Measure both stores, print, and write ``out/bench/desk.md``."""

    def say(what: str) -> None:
        print(what, file=sys.stderr, flush=True)

    if "--cases" in sys.argv[1:]:
        print(json.dumps(measure(int(sys.argv[sys.argv.index("--cases") + 1]), say)))
        return
    small, large = _in_process(FEW), _in_process(CASES)
    found = table(large, small)
    out = Path("out/bench")
    out.mkdir(parents=True, exist_ok=True)
    (out / "desk.md").write_text(found, encoding="utf-8")
    page = Path("docs/benchmarks.md")
    before, begin_mark, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    if "--record" in sys.argv[1:] and begin_mark:
        page.write_text(f"{before}{BEGIN}\n\n{found}\n{END}{rest.partition(END)[2]}", encoding="utf-8")
    print(found)


if __name__ == "__main__":
    main()
