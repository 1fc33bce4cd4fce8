"""Eight people, eight processes, one case, one moment: nobody's words are lost, and each later one is told what changed."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.databases.postgresql import HOW_TO, find_programs, running
from tests.integration.case_savers import PEOPLE

ROOT = Path(__file__).resolve().parents[2]


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
        yield kept | {"DATABASE_URL": server.create("eight")}


def start(environment: dict[str, str], *words: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.integration.case_savers", *words]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdin=pipe, stdout=pipe, stderr=pipe, text=True)


def send(process: subprocess.Popen[str], line: str) -> None:
    assert process.stdin is not None
    process.stdin.write(line)
    process.stdin.flush()


def heard(process: subprocess.Popen[str]) -> Any:
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line:
        raise AssertionError(process.communicate()[1][-3000:])
    return json.loads(line)


def finished(process: subprocess.Popen[str], said: str = "") -> Any:
    out, errors = process.communicate(said, timeout=120)
    assert process.returncode == 0, errors[-3000:]
    return json.loads(out.splitlines()[-1])


def test_eight_people_save_one_case_at_once(environment: dict[str, str]) -> None:
    office = finished(start(environment, "found"))
    savers = [start(environment, "save", str(number)) for number in range(PEOPLE)]
    for saver in savers:
        send(saver, json.dumps(office) + "\n")
    assert [heard(saver)["ready"] for saver in savers] == list(range(PEOPLE))  # all have read the same version by now
    for saver in savers:
        send(saver, "save\n")
    told = [finished(saver)["meanwhile"] for saver in savers]
    end = finished(start(environment, "show"), json.dumps(office) + "\n")

    lines = end["note"].splitlines()
    assert lines[0] == "note:"
    assert sorted(lines[1:]) == [f"person {number} was here" for number in range(PEOPLE)]
    assert [version for version, _, _ in end["changes"]] == list(range(1, PEOPLE + 2))
    assert end["version"] == PEOPLE + 1
    assert {by for _, by, _ in end["changes"][1:]} == {person[0] for person in office["people"]}
    assert (end["whole"], end["entries"]) == (True, PEOPLE)

    first = end["changes"][1][1]
    by_person = {person[0]: meanwhile for person, meanwhile in zip(office["people"], told, strict=True)}
    assert by_person[first] == []
    for person, meanwhile in by_person.items():
        if person == first:
            continue
        assert meanwhile, "each later one is told"
        assert all(fields == ["note"] for fields, _ in meanwhile)
        assert meanwhile[0][1][0] == [2, first], "what changed, and who did it"
