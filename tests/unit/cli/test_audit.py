import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from waystation.cli.audit import audit

PASSPHRASE = "anchor bottle candle dolphin ember fabric garden"
MAKE = f"""
import os, sys
os.environ["WAYSTATION_DATA"] = sys.argv[1]
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
import django
django.setup()
from dataclasses import replace
from django.core.management import call_command
from tests.office import START
from waystation.accounts.queries import keyring_of
from waystation.accounts.roles import Role
from waystation.accounts.services import end_session, found_organisation, new_opened
from waystation.audit.models import Entry, Head
from waystation.audit.verify import checkpoint
from waystation.config.device_file import write_device
from waystation.store.sqlcipher.key import hold_key
from waystation.vault import CHEAP, new_device
from pathlib import Path
folder = Path(sys.argv[1])
beginning = new_opened()
hold_key(beginning.opened.store_key)
call_command("migrate", verbosity=0)
found = found_organisation(beginning=beginning, name="X", person_name="Y", roles=[Role.DIRECTOR], language="en", at=START)
for _ in range(4):
    end_session(keyring=found.keyring, at=START)
write_device(folder, new_device(beginning.opened, "{PASSPHRASE}", CHEAP))
(folder / "checkpoint.json").write_text(checkpoint(found.keyring, START).to_json())
(folder / "passphrase").write_text("{PASSPHRASE}\\n")
if sys.argv[2] == "changed":
    Entry.objects.filter(seq=3).update(kind="unlocked")
if sys.argv[2] == "cut":
    Entry.objects.filter(seq__gt=4).delete()
    last = Entry.objects.get(seq=4)
    Head.objects.update(seq=4, digest=bytes(last.digest))
"""
ROOT = Path(__file__).resolve().parents[3]


def run(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "waystation.cli.main", "audit", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)


@pytest.fixture(scope="module", params=["good", "changed", "cut"])
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    folder = tmp_path_factory.mktemp(request.param)
    subprocess.run([sys.executable, "-c", MAKE, str(folder), request.param], check=True, cwd=ROOT, capture_output=True)
    return request.param, folder


def test_what_is_wrong_is_printed_and_told_by_the_exit_status(store: tuple[str, Path]) -> None:
    state, folder = store
    words = ("verify", "--data", str(folder), "--passphrase-file", str(folder / "passphrase"))
    done = run(*words, "--json")
    found = json.loads(done.stdout)
    wanted = [{"entry": 3, "what": "changed"}] if state == "changed" else []
    assert (found["faults"], done.returncode) == (wanted, 1 if wanted else 0)

    checked = run(*words, "--checkpoint", str(folder / "checkpoint.json"))
    assert checked.returncode == (0 if state == "good" else 1)
    told = {"good": "All 6 entries are as they were written", "changed": "Entry 3: its content was changed"}
    assert told.get(state, "The log once reached entry 6 and ends before it now") in checked.stdout

    in_korean = run(*words, "--language", "ko")
    assert ("항목" in in_korean.stdout, in_korean.returncode) == (True, done.returncode)
    assert PASSPHRASE not in done.stdout + done.stderr + checked.stdout + checked.stderr


def test_a_checkpoint_of_a_good_log_alone_is_written(store: tuple[str, Path], tmp_path: Path) -> None:
    state, folder = store
    words = ("verify", "--data", str(folder), "--passphrase-file", str(folder / "passphrase"))
    run(*words, "--write-checkpoint", str(tmp_path / "point.json"))
    assert (tmp_path / "point.json").exists() is (state != "changed")
    with pytest.raises(sqlite3.DatabaseError):
        sqlite3.connect(folder / "store.db").execute("SELECT count(*) FROM sqlite_master")


def test_a_wrong_passphrase_checks_nothing(store: tuple[str, Path], tmp_path: Path) -> None:
    _, folder = store
    (tmp_path / "wrong").write_text("six other words that open nothing\n")
    done = run("verify", "--data", str(folder), "--passphrase-file", str(tmp_path / "wrong"))
    assert done.returncode == 2
    assert "open" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_that_is_no_checkpoint_is_refused(store: tuple[str, Path], tmp_path: Path) -> None:
    _, folder = store
    (tmp_path / "point").write_bytes(b"\xff\x00")
    passphrase = str(folder / "passphrase")
    done = run(
        "verify", "--data", str(folder), "--passphrase-file", passphrase, "--checkpoint", str(tmp_path / "point")
    )
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_a_folder_without_a_device_file_is_said_to_be_none(tmp_path: Path) -> None:
    done = CliRunner().invoke(audit, ["verify", "--data", str(tmp_path)], input="x\n")
    assert done.exit_code != 0
    assert "has anybody been set up here?" in str(done.exception)


def test_help_has_an_example() -> None:
    assert "Example: waystation audit verify" in CliRunner().invoke(audit, ["verify", "--help"]).output
