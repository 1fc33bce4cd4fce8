from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from waystation.continuity.errors import NotHereError
from waystation.continuity.keep import stamp_of
from waystation.continuity.shelf import (
    clear_out,
    device_file,
    keyring_file,
    named,
    newest,
    newest_device,
    newest_keyring,
    shelved,
    store_file,
)
from waystation.kernel import BadInputError

NOW = datetime(2026, 11, 22, 4, 30, tzinfo=UTC)


def put(folder: Path, at: datetime) -> None:
    for name in (store_file, keyring_file, device_file):
        name(folder, stamp_of(at)).write_bytes(b"12")


def test_the_newest_comes_first(tmp_path: Path) -> None:
    for day in (3, 1, 2):
        put(tmp_path, NOW - timedelta(days=day))
    (tmp_path / "store-nothing.age").touch()
    assert [each.made_at for each in shelved(tmp_path)] == [NOW - timedelta(days=day) for day in (1, 2, 3)]
    assert newest(tmp_path).size == 6
    assert newest_keyring(tmp_path) == newest(tmp_path).keyring
    assert newest_device(tmp_path) == newest(tmp_path).device


def test_an_empty_folder_has_none(tmp_path: Path) -> None:
    with pytest.raises(NotHereError):
        newest(tmp_path)
    assert newest_keyring(tmp_path) is None
    assert clear_out(tmp_path, NOW) == []


def test_one_is_named_by_its_store(tmp_path: Path) -> None:
    put(tmp_path, NOW)
    keyring_file(tmp_path, stamp_of(NOW)).unlink()
    found = named(store_file(tmp_path, stamp_of(NOW)))
    assert (found.made_at, found.keyring) == (NOW, None)
    with pytest.raises(BadInputError):
        named(tmp_path / "store-1.age")


def test_keyrings_older_than_a_fortnight_go_before_their_stores(tmp_path: Path) -> None:
    for day in range(40):
        put(tmp_path, NOW - timedelta(days=day))
    gone = clear_out(tmp_path, NOW)
    left = shelved(tmp_path)
    assert all(not path.exists() for path in gone)
    assert max(NOW - each.made_at for each in left) > timedelta(days=20)
    assert all((each.keyring is None) == (NOW - each.made_at > timedelta(days=14)) for each in left)
    assert all(each.device is not None for each in left)
    assert len(list(tmp_path.glob("keyring-*"))) == 15


def test_the_newest_keyring_stays_however_old(tmp_path: Path) -> None:
    for day in (300, 400):
        put(tmp_path, NOW - timedelta(days=day))
    clear_out(tmp_path, NOW)
    assert [path.name for path in tmp_path.glob("keyring-*")] == [
        keyring_file(tmp_path, stamp_of(NOW - timedelta(days=300))).name
    ]
