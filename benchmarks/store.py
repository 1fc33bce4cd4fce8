"""What the encrypted store costs against plain SQLite: size, reads by an index, writes; and how long unlocking takes.

``python -m benchmarks.store`` prints the table and writes it to ``out/bench/store.md``; with ``--record`` into
``docs/benchmarks.md`` too. Both databases hold the same rows and are told the same: log ahead, synchronous FULL, secure_delete.
"""

import random
import secrets
import sqlite3
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any
from uuid import UUID

from benchmarks.keeping import keep
from waystation.store.sqlcipher.connect import ALWAYS, BUSY_SECONDS, open_store
from waystation.vault import Opened, new_device, new_identity, new_key, new_recovery, open_device

ROWS = 60_000
RECORDS = 3_000
READS = 20_000
COLD_READS = 500
BATCH = 200
COMMITS = 200
REPEATS = 7
UNLOCKS = 5
PASSPHRASE = "abandon ability able about above absent absorb"
SMALL_CACHE = 8_000
"""KiB, a fifth of the file."""
TABLE = (
    "CREATE TABLE sealed (id char(32) PRIMARY KEY, record char(32) NOT NULL, version integer NOT NULL, name BLOB, note BLOB)",
    "CREATE INDEX sealed_record ON sealed (record)",
)
Row = tuple[str, str, int, bytes, bytes]
Opener = Callable[[Path], Any]
Work = Callable[[Any], float]
Run = Callable[[], float]


@dataclass(frozen=True)
class Side:
    """One of the two databases: its file, and what opens it."""

    path: Path
    opener: Opener


@dataclass(frozen=True)
class Cost:
    """One thing done by both, in seconds or bytes: the median of each, and of the ratios of neighbouring runs."""

    what: str
    plain: float
    sealed: float
    ratio: float
    unit: str
    limit: float | None = None


def rows(seed: int) -> list[Row]:
    """Return rows as the application writes them: random ids, and sealed fields of the usual lengths."""
    chance = random.Random(seed)
    records = [chance.randbytes(16).hex() for _ in range(RECORDS)]
    return [
        (chance.randbytes(16).hex(), chance.choice(records), 1, chance.randbytes(108), chance.randbytes(364))
        for _ in range(ROWS)
    ]


def open_plain(path: Path) -> Any:
    """Open plain SQLite, the interpreter's own, and tell it what the store is told."""
    connection = sqlite3.connect(path, isolation_level=None, timeout=BUSY_SECONDS)
    for line in ALWAYS:
        connection.execute(line)
    return connection


def sealed_with(key: bytes) -> Opener:
    """Return what opens the store with a key."""
    return lambda path: open_store(path, key, isolation_level=None)


def fill(side: Side, many: list[Row]) -> float:
    """Make the table and return the seconds of writing the rows, `BATCH` to a transaction."""
    with closing(side.opener(side.path)) as opened:
        for line in TABLE:
            opened.execute(line)
        return insert(opened, many)


def insert(opened: Any, many: list[Row]) -> float:
    """Return the seconds of writing rows, `BATCH` to a transaction."""
    begun = perf_counter()
    for start in range(0, len(many), BATCH):
        opened.execute("BEGIN IMMEDIATE")
        opened.executemany("INSERT INTO sealed VALUES (?, ?, ?, ?, ?)", many[start : start + BATCH])
        opened.execute("COMMIT")
    return perf_counter() - begun


def commit_singly(opened: Any, ids: list[str]) -> float:
    """Return the seconds of changing single rows, each in a transaction of its own."""
    begun = perf_counter()
    for each in ids[:COMMITS]:
        opened.execute("BEGIN IMMEDIATE")
        opened.execute("UPDATE sealed SET version = version + 1 WHERE id = ?", (each,))
        opened.execute("COMMIT")
    return perf_counter() - begun


def read(opened: Any, ids: list[str]) -> float:
    """Return the seconds of reading single rows by their id."""
    begun = perf_counter()
    for each in ids:
        opened.execute("SELECT name, note FROM sealed WHERE id = ?", (each,)).fetchone()
    return perf_counter() - begun


def read_records(opened: Any, records: list[str]) -> float:
    """Return the seconds of reading all rows of one record after the other."""
    begun = perf_counter()
    for each in records:
        opened.execute("SELECT name, note FROM sealed WHERE record = ?", (each,)).fetchall()
    return perf_counter() - begun


def read_squeezed(opened: Any, ids: list[str]) -> float:
    """Return the seconds of the same where most pages have to be read, and decrypted, again and again."""
    (usual,) = opened.execute("PRAGMA cache_size").fetchone()
    opened.execute(f"PRAGMA cache_size = -{SMALL_CACHE}")
    seconds = read(opened, ids)
    opened.execute(f"PRAGMA cache_size = {usual}")
    return seconds


def read_cold(side: Side, ids: list[str]) -> float:
    """Return the seconds of opening the file and reading some rows: each page is decrypted for the first time."""
    begun = perf_counter()
    with closing(side.opener(side.path)) as opened:
        read(opened, ids)
    return perf_counter() - begun


def costs(folder: Path) -> list[Cost]:
    """Measure both, in turn."""
    many = rows(4)
    ids, records = [row[0] for row in many], sorted({row[1] for row in many})
    random.Random(5).shuffle(ids)
    plain, sealed = Side(folder / "plain.db", open_plain), Side(folder / "sealed.db", sealed_with(new_key()))
    first, second = (fill(each, many) for each in (plain, sealed))
    size, other_size = (float(each.path.stat().st_size) for each in (plain, sealed))
    found = [
        Cost("size of the file", size, other_size, other_size / size, "bytes", 1.3),
        Cost(f"insert, {BATCH} rows to a transaction", first, second, second / first, "seconds"),
    ]
    works: list[tuple[str, float | None, Work]] = [
        (f"{READS} reads by id, all in the cache", 2.0, lambda opened: read(opened, ids[:READS])),
        (f"{len(records)} records by index, all in the cache", 2.0, lambda opened: read_records(opened, records)),
        (f"{READS} reads by id, a fifth in the cache", None, lambda opened: read_squeezed(opened, ids[:READS])),
        (f"{COMMITS} changes, each its own transaction", None, lambda opened: commit_singly(opened, ids)),
    ]
    with closing(plain.opener(plain.path)) as one, closing(sealed.opener(sealed.path)) as other:
        for what, limit, work in works:
            found.append(in_turn(what, limit, partial(work, one), partial(work, other)))
    what = f"open the file, then {COLD_READS} reads by id"
    cold = [partial(read_cold, each, ids[:COLD_READS]) for each in (plain, sealed)]
    return [*found, in_turn(what, None, *cold)]


def in_turn(what: str, limit: float | None, one: Run, other: Run) -> Cost:
    """Run both in turn, `REPEATS` times after one that is left out."""
    pairs = [(one(), other()) for _ in range(REPEATS + 1)][1:]
    plain, sealed = (median(each) for each in zip(*pairs, strict=True))
    return Cost(what, plain, sealed, median(b / a for a, b in pairs), "seconds", limit)


def unlock(folder: Path) -> float:
    """Return the seconds from a passphrase to the first row read, the median of some: Argon2id at its full cost."""
    identity = new_identity(UUID(bytes=secrets.token_bytes(16), version=4))
    opened = Opened(identity, new_key(), new_key(), identity.sign_public, new_recovery().public)
    device = new_device(opened, PASSPHRASE)
    path = folder / "unlocked.db"
    open_store(path, opened.store_key).close()
    seconds = []
    for _ in range(UNLOCKS):
        begun = perf_counter()
        with closing(open_store(path, open_device(device, PASSPHRASE).store_key)) as store:
            store.execute("SELECT count(*) FROM sqlite_master").fetchone()
        seconds.append(perf_counter() - begun)
    return median(seconds)


def table(found: list[Cost], seconds: float) -> str:
    """Return what was measured as Markdown."""
    lines = [
        f"| {ROWS} rows with two sealed fields | plain SQLite | SQLCipher | SQLCipher / plain | at most |",
        "|---|---:|---:|---:|---:|",
    ]
    for each in found:
        amounts = f"{_amount(each.plain, each.unit)} | {_amount(each.sealed, each.unit)}"
        lines.append(f"| {each.what} | {amounts} | **{each.ratio:.2f}** | {each.limit or ''} |")
    lines.append(f"| unlock: passphrase, keys, store, first read | | {seconds:.2f} s | | 3 s |")
    return "\n".join(lines) + "\n"


def _amount(value: float, unit: str) -> str:
    if unit == "bytes":
        return f"{value / 1e6:.1f} MB"
    return f"{value * 1e3:.3g} ms" if value < 1.0 else f"{value:.3g} s"


def main() -> None:
    """Print what was measured and write it to ``out/bench/store.md``."""
    with tempfile.TemporaryDirectory(prefix="waystation-bench-") as name:
        found = table(costs(Path(name)), unlock(Path(name)))
    keep("store", found, recorded="--record" in sys.argv[1:])
    print(found)


if __name__ == "__main__":
    main()
