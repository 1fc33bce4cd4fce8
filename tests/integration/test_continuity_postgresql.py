"""Backups of a PostgreSQL server: carried into the encrypted file, and from there into either database."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test import override_settings
from tests.databases.postgresql import HOW_TO, find_programs, running
from tests.office import found_office
from tests.unit.continuity.conftest import Home

from waystation.cases.models import Case
from waystation.continuity.backup import make_backup
from waystation.continuity.digests import tables_of
from waystation.continuity.drill import drill
from waystation.continuity.errors import NotEmptyError
from waystation.continuity.restore import restore
from waystation.continuity.second_store import standing_in, stored_models
from waystation.store.sqlcipher.key import held_key

ROOT = Path(__file__).resolve().parents[2]
on_server = pytest.mark.skipif(not os.environ.get("DATABASE_URL"), reason="run by the first test of this file")


@pytest.mark.skipif(bool(os.environ.get("DATABASE_URL")), reason="it is running already")
def test_all_of_this_file_passes_on_a_server(tmp_path: Path) -> None:
    if find_programs() is None:
        pytest.skip(HOW_TO)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "WAYSTATION_DATA"))}
    with running() as server:
        environment = kept | {"DATABASE_URL": server.create("continuity"), "DJANGO_SETTINGS_MODULE": "tests.settings"}
        command = [sys.executable, "-m", "pytest", "-q", "-o", f"cache_dir={tmp_path}", str(Path(__file__))]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-6000:]
    assert "4 passed" in done.stdout


@pytest.fixture
def server_home(tmp_path: Path, transactional_db: None) -> Iterator[Home]:
    data = tmp_path / "data"
    (data / "files").mkdir(parents=True)
    with override_settings(DATA_DIR=data):
        home = Home(data, found_office(people=("case_lead", "caseworker")))
        home.write_device()
        home.case(name="한글 이름")
        yield home


@on_server
def test_a_servers_rows_are_restored_into_the_encrypted_file(
    server_home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert connection.vendor == "postgresql"
    made = make_backup(here=server_home.here(), at=server_home.later())
    data = server_home.data.parent / "restored"
    monkeypatch.setattr("waystation.continuity.restore.connection", _Sqlite())
    secret = server_home.office.opened["director"].office_secret
    restored = restore(backup=made.shelved.store, keyring=made.shelved.keyring, data=data, secret=secret)
    assert restored.without_keys == 0
    assert tables_of(data / "store.db", held_key())["cases_case"].rows == 1
    with standing_in(data / "store.db"):
        case = Case.objects.select_related("record").get()
        assert server_home.office.keyring("caseworker").open(case, "name") == {"name": "한글 이름"}


class _Sqlite:
    vendor = "sqlite"


@on_server
def test_a_drill_compares_with_the_server(server_home: Home) -> None:
    make_backup(here=server_home.here(), at=server_home.later())
    server_home.case(name="Later")
    assert drill(here=server_home.here(), at=server_home.later()).findings == ()


@on_server
def test_a_backup_is_restored_into_an_empty_server(server_home: Home) -> None:
    counts = {model._meta.db_table: model._base_manager.count() for model in stored_models()}
    made = make_backup(here=server_home.here(), at=server_home.later())
    secret = server_home.office.opened["director"].office_secret
    data = server_home.data.parent / "restored"
    with pytest.raises(NotEmptyError):
        restore(backup=made.shelved.store, keyring=made.shelved.keyring, data=data, secret=secret)
    assert not data.exists()
    _empty()
    restore(backup=made.shelved.store, keyring=made.shelved.keyring, data=data, secret=secret)
    assert {model._meta.db_table: model._base_manager.count() for model in stored_models()} == counts
    assert not (data / "store.db").exists()
    server_home.case(name="After")
    assert Case.objects.count() == 2


@on_server
def test_what_was_written_meanwhile_is_not_half_in_it(server_home: Home) -> None:
    def write(name: str, done: int, total: int) -> None:
        if name == "compare":
            import threading

            thread = threading.Thread(target=_write_one, args=(server_home,))
            thread.start()
            thread.join()

    make_backup(here=server_home.here(), at=server_home.later(), steps=write)
    assert Case.objects.count() == 2
    found = drill(here=server_home.here(), at=server_home.later())
    assert found.findings == ()
    assert found.counts["cases_case"] == 1


def _write_one(home: Home) -> None:
    try:
        home.case(name="Meanwhile")
    finally:
        connection.close()


def _empty() -> None:
    tables = ", ".join(f'"{model._meta.db_table}"' for model in stored_models())
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {tables} CASCADE")
