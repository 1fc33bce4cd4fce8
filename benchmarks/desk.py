"""How long lists, searches, case pages and saves take on the server with 40,000 cases and 100,000 invented people.

``python -m benchmarks.desk`` prints the table and writes ``out/bench/desk.md``; with ``--record`` into ``docs/benchmarks.md``.
It fills an encrypted store (three minutes) and one of 400 cases beside it, in processes of their own, and asks both the same.
``--store FOLDER`` keeps the stores in that folder and takes them from there the next time; ``--by case_lead`` asks as one person
only; ``--profile "a case"`` prints where the time of one question goes instead.

Times are those of the server's work through all of the application's middleware, without a network; what a page writes into the
log is synced to the disk. Wall time is what a person waits, on this machine with all else it was doing; processor time is the
server's own work and hardly changes with that. Both are shown as the median and the 95th percentile of `ASKED` requests, the
load of the machine beside them, and how many queries one request sends to the
database; the last column is the ratio of processor times to those of the small store.
"""

import cProfile
import json
import os
import pstats
import subprocess
import sys
import tempfile
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any

from benchmarks.desk_asks import Question, asks
from benchmarks.desk_store import PEOPLE, Filled, filled
from benchmarks.keeping import keep

if TYPE_CHECKING:
    from tests.office import SeatedClient

CASES, FEW = 40_000, 400
ASKED = 60
WARM_SECONDS = 600.0
WHO = {
    "case_lead": "case lead, all",
    "caseworker": "caseworker, 200",
    "director": "director, all",
    "safeguarding": "safeguarding, all",
}

Times = list[tuple[float, float]]
Row = tuple[Times, int]
"""Seconds by the clock and of the processor of each asking, and how many queries one asking sends to the database."""


def measure(told: Namespace, say: Callable[[str], None]) -> dict[str, Row]:
    """Return what was measured of one store by what was asked and by whom; empty if it was profiled."""
    with tempfile.TemporaryDirectory(prefix="waystation-desk-") as folder:
        at = Path(told.store) / str(told.cases) if told.store else Path(folder)
        store = filled(at, told.cases, say)
        found: dict[str, Row] = {}
        for key in told.by or PEOPLE:
            say(f"{told.cases} cases, {WHO[key]}")
            found |= {f"{what} | {WHO[key]}": row for what, row in _of(store, key, told, say).items()}
        return found


def _of(store: Filled, key: str, told: Namespace, say: Callable[[str], None]) -> dict[str, Row]:
    client = store.office.client(key)
    found: dict[str, Row] = {what: ([seconds], 0) for what, seconds in _warmed(store, key, client, say).items()}
    for what, question in asks(client, store).items():
        if told.profile and told.profile != what:
            continue
        question.once()  # compiles its template
        if told.profile:
            _profiled(question)
            continue
        found[what] = [_seconds(question) for _ in range(ASKED)], _queries(question)
        say(f"  {what}: {_high([each[0] for each in found[what][0]]) * 1e3:.0f} ms, {found[what][1]} queries")
    return {} if told.profile else found


def _warmed(
    store: Filled, key: str, client: "SeatedClient", say: Callable[[str], None]
) -> dict[str, tuple[float, float]]:
    from waystation.accounts.permissions import Action, may
    from waystation.accounts.services.sessions import begin_session
    from waystation.cases.duplicates.book import follow_index
    from waystation.cases.index.index import index_of
    from waystation.cases.to_do import tasks_of

    keyring = client.desk.keyring
    assert keyring is not None
    person, found = store.office.person(key), {}
    found["unlock"] = _timed(lambda: begin_session(keyring=keyring, at=datetime.now(UTC)))
    index = index_of(keyring)
    found["warm-up"] = _timed(lambda: index.catch_up(person, at=datetime.now(UTC), seconds=WARM_SECONDS))
    book = tasks_of(keyring)
    found["warm-up, tasks"] = _timed(lambda: book.catch_up(person, at=datetime.now(UTC), seconds=WARM_SECONDS))
    if may(person, Action.CASE_CREATE):
        ready = partial(follow_index, keyring=keyring, person=person, at=datetime.now(UTC), seconds=WARM_SECONDS)
        found["warm-up, who is alike"] = _timed(ready)
    say("  warmed up in " + ", ".join(f"{seconds[0]:.1f} s" for seconds in found.values()))
    return found


def _seconds(question: Question) -> tuple[float, float]:
    """Return the seconds of one asking; what must happen before it is not timed."""
    question.before()
    begun, processor = perf_counter(), process_time()
    answer = question.ask()
    found = perf_counter() - begun, process_time() - processor
    question.check(answer)
    return found


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    begun, processor = perf_counter(), process_time()
    work()
    return perf_counter() - begun, process_time() - processor


def _queries(question: Question) -> int:
    """Return how many statements one asking sends to the database."""
    from django.db import connection

    sent = 0

    def counting(execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
        nonlocal sent
        sent += 1
        return execute(sql, params, many, context)

    question.before()
    with connection.execute_wrapper(counting):
        question.ask()
    return sent


def _profiled(question: Question, times: int = 20) -> None:
    profile = cProfile.Profile()
    for _ in range(times):
        question.before()
        profile.runcall(question.ask)
    pstats.Stats(profile, stream=sys.stderr).sort_stats("cumulative").print_stats(90)
    pstats.Stats(profile, stream=sys.stderr).sort_stats("tottime").print_stats(45)


def table(large: dict[str, Row], small: dict[str, Row]) -> str:
    """Return what was measured as Markdown: wall and processor time of the large store, its queries, the ratio to the small."""
    lines = [
        f"| asked | by | wall, median | wall, 95 % | processor, median | processor, 95 % | queries | {CASES:,} / {FEW} |",
        "|---|---|---:|---:|---:|---:|---:|---:|",
    ]
    for what, (seconds, queries) in large.items():
        clock, processor = [each[0] for each in seconds], [each[1] for each in seconds]
        figures = (median(clock), _high(clock), median(processor), _high(processor))
        ratio = f"{median(processor) / median(each[1] for each in small[what][0]):.1f}" if what in small else ""
        lines.append(f"| {what} | {' | '.join(_shown(each) for each in figures)} | {queries or ''} | {ratio} |")
    return "\n".join(lines) + "\n"


def _high(seconds: list[float]) -> float:
    return quantiles(seconds, n=20)[-1] if len(seconds) > 1 else seconds[0]


def _shown(seconds: float) -> str:
    return f"{seconds * 1e3:.0f} ms" if seconds < 1 else f"{seconds:.1f} s"


def _load() -> str:
    return f"Load of the machine, {os.cpu_count()} processors: {os.getloadavg()[0]:.1f} in the last minute."


def _in_process(cases: int) -> dict[str, Row]:
    """Measure in a process of its own: a process has one store."""
    command = [sys.executable, "-m", "benchmarks.desk", "--cases", str(cases), *sys.argv[1:]]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, Row] = json.loads(done.stdout)
    return found


def _told() -> Namespace:
    parser = ArgumentParser(description="Measure the desk with 40,000 cases.")
    parser.add_argument("--store", help="keep the filled stores in this folder, and use what is there")
    parser.add_argument("--by", action="append", choices=PEOPLE, help="ask as this person only; may be given again")
    parser.add_argument("--record", action="store_true", help="write the table into docs/benchmarks.md too")
    parser.add_argument("--profile", metavar="WHAT", help="print where the time of one question goes")
    parser.add_argument("--cases", type=int, default=0, help="measure one store of so many cases, in this process")
    return parser.parse_args()


def main() -> None:
    """Measure both stores, print, and write ``out/bench/desk.md``."""

    def say(what: str) -> None:
        print(what, file=sys.stderr, flush=True)

    told = _told()
    if told.cases:
        print(json.dumps(measure(told, say)))
        return
    before_load = _load()
    small, large = _in_process(FEW), _in_process(CASES)
    found = f"{table(large, small)}\nBefore: {before_load} After: {_load()}\n"
    keep("desk", found, recorded=told.record)
    print(found)


if __name__ == "__main__":
    main()
