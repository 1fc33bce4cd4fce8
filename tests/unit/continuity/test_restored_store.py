from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from tests.unit.continuity.conftest import Home
from waystation.continuity.backup import make_backup
from waystation.continuity.errors import NotWholeError
from waystation.continuity.restore import Unpacked, unpack
from waystation.continuity.restored_store import Findings, check_store
from waystation.continuity.steps import quiet
from waystation.kernel import RuleRefusedError
from waystation.store.sqlcipher import key as holder
from waystation.store.sqlcipher.connect import open_store
from waystation.store.sqlcipher.key import held_key


@pytest.fixture
def unpacked(home: Home, tmp_path: Path) -> Unpacked:
    home.case()
    made = make_backup(here=home.here(), at=home.later()).shelved
    secret = home.office.opened["director"].office_secret
    return unpack(backup=made.store, keyring=made.keyring, folder=tmp_path / "out", secret=secret, steps=quiet)


def check(unpacked: Unpacked) -> Findings:
    store = unpacked.folder / "store.db"
    return check_store(store, unpacked.store_key, unpacked.manifest, unpacked.keyring, unpacked.device)


def fault_of(unpacked: Unpacked) -> str:
    with pytest.raises(NotWholeError) as caught:
        check(unpacked)
    return caught.value.fault


def test_a_whole_store_passes(unpacked: Unpacked) -> None:
    found = check(unpacked)
    assert (found.without_keys, found.tables["cases_case"].rows) == (0, 1)
    assert found.entries > 5


def test_a_row_that_differs_from_the_list_is_named_by_its_table(unpacked: Unpacked) -> None:
    with closing(open_store(unpacked.folder / "store.db", held_key(), isolation_level=None)) as opened:
        opened.execute("UPDATE cases_case SET version = 2")
    with pytest.raises(NotWholeError, match="cases_case"):
        check(unpacked)


def test_a_table_more_or_less_is_noticed(unpacked: Unpacked) -> None:
    tables = dict(unpacked.manifest.tables)
    del tables["cases_case"]
    assert fault_of(replace(unpacked, manifest=replace(unpacked.manifest, tables=tables))) == "changed"


def test_a_flipped_byte_of_a_page_is_noticed(unpacked: Unpacked) -> None:
    store = unpacked.folder / "store.db"
    whole = bytearray(store.read_bytes())
    whole[len(whole) // 2] ^= 1
    store.write_bytes(whole)
    assert fault_of(unpacked) == "unreadable"


def test_a_store_that_is_none_is_unreadable(unpacked: Unpacked) -> None:
    (unpacked.folder / "store.db").write_bytes(bytes(8192))
    assert fault_of(unpacked) == "unreadable"
    (unpacked.folder / "store.db").unlink()
    assert fault_of(unpacked) == "unreadable"


def test_a_checkpoint_of_another_log_is_noticed(unpacked: Unpacked) -> None:
    point = dict(unpacked.manifest.checkpoint)
    for change in ({"digest": "00" * 32}, {"seq": 3}, {"seq": 9999}, {"signature": "00" * 64}):
        manifest = replace(unpacked.manifest, checkpoint=point | change)
        assert fault_of(replace(unpacked, manifest=manifest)) == "chain"
    manifest = replace(unpacked.manifest, checkpoint={"seq": 1})
    assert fault_of(replace(unpacked, manifest=manifest)) == "wrong_kind"


def test_a_store_of_a_newer_version_is_left_to_that_version(unpacked: Unpacked) -> None:
    schema = (*unpacked.manifest.schema, "cases.9999_of_tomorrow")
    assert fault_of(replace(unpacked, manifest=replace(unpacked.manifest, schema=schema))) == "wrong_kind"


def test_a_process_with_another_store_open_does_not_restore(
    unpacked: Unpacked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(holder, "_held", [b"x" * 32])
    with pytest.raises(RuleRefusedError):
        check(unpacked)
