"""Eight people write the log at once, in eight processes: one chain, no fork, no gap."""

import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.databases.postgresql import HOW_TO, find_programs, running
from tests.unit.audit.log_writers import EACH, WRITERS

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(params=["encrypted file", "PostgreSQL"])
def environment(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[dict[str, str]]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    kept |= {"WAYSTATION_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "tests.settings", "DATABASE_URL": ""}
    if request.param == "encrypted file":
        yield kept
        return
    if find_programs() is None:
        pytest.skip(HOW_TO)
    with running() as server:
        yield kept | {"DATABASE_URL": server.create("writers")}


def start(environment: dict[str, str], *words: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.unit.audit.log_writers", *words]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdin=pipe, stdout=pipe, stderr=pipe)


def finished(process: subprocess.Popen[bytes], said: bytes | None = None) -> bytes:
    out, errors = process.communicate(said, timeout=120)
    assert process.returncode == 0, errors.decode()[-3000:]
    return out


@pytest.mark.long
def test_eight_writers_make_one_chain(environment: dict[str, str]) -> None:
    office = finished(start(environment, "found"))
    before = pickle.loads(finished(start(environment, "check"), office))[0]
    keys = list(pickle.loads(office).opened)
    assert len(keys) == WRITERS
    writers = [start(environment, "write", key) for key in keys]
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write(office)
        writer.stdin.flush()
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"ready\n"
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write(b"go\n")
        writer.stdin.flush()
    for writer in writers:
        finished(writer)
    last, count, by_writer, faults = pickle.loads(finished(start(environment, "check"), office))
    assert faults == []
    assert last == count == before + WRITERS * EACH
    assert by_writer == dict.fromkeys(keys, EACH)
