from contextlib import closing
from pathlib import Path

from tests.unit.continuity.conftest import Home
from waystation.audit.models import Head
from waystation.cases.models import Case
from waystation.continuity.digests import tables_of
from waystation.continuity.keyring_tables import keyring_tables
from waystation.continuity.snapshot import take_snapshot
from waystation.continuity.steps import quiet
from waystation.store.sqlcipher.connect import open_store
from waystation.store.sqlcipher.key import held_key


def test_records_and_keys_are_parted_and_both_are_whole(home: Home, tmp_path: Path) -> None:
    home.case()
    live = tables_of(home.data / "store.db", held_key())
    snapshot = take_snapshot(home.here(), tmp_path, at=home.later(), steps=quiet)
    assert snapshot.tables == live
    assert {path.name for path in tmp_path.iterdir() if path.is_file()} == {"store.db", "keyring.db"}
    store, keyring = tables_of(snapshot.store, held_key()), tables_of(snapshot.keyring, held_key())
    assert set(keyring) == keyring_tables() == set(snapshot.key_tables)
    assert {name: table.rows for name, table in keyring.items()} == {n: t.rows for n, t in snapshot.key_tables.items()}
    assert all(store[name].rows == 0 for name in keyring_tables())
    assert {name: store[name] for name in snapshot.record_tables} == snapshot.record_tables
    assert snapshot.checkpoint.seq == Head.objects.get().seq


def test_no_grant_is_left_in_a_freed_page(home: Home, tmp_path: Path) -> None:
    home.case()
    snapshot = take_snapshot(home.here(), tmp_path, at=home.later(), steps=quiet)
    with closing(open_store(snapshot.store, held_key())) as opened:
        assert opened.execute("PRAGMA freelist_count").fetchone() == (0,)


def test_what_is_written_after_the_copy_is_not_in_it(home: Home, tmp_path: Path) -> None:
    def write(name: str, done: int, total: int) -> None:
        if name == "compare":
            home.case(name="Meanwhile")

    home.case()
    snapshot = take_snapshot(home.here(), tmp_path, at=home.later(), steps=write)
    assert Case.objects.count() == 2
    assert snapshot.tables["cases_case"].rows == 1
    assert {
        name: tables_of(snapshot.store, held_key())[name] for name in snapshot.record_tables
    } == snapshot.record_tables
