import multiprocessing
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.db import NotSupportedError

from waystation.store.sqlcipher.connect import open_store

from .conftest import KEY


def test_a_copy_for_another_process_holds_what_was_written_last(file: Any, tmp_path: Path) -> None:
    (tmp_path / "store_2.db").write_bytes(b"of the last run")
    file.creation.clone_test_db("2", verbosity=0, autoclobber=True)
    with closing(open_store(tmp_path / "store_2.db", KEY)) as opened:
        assert opened.execute("SELECT count(*) FROM parent").fetchone() == (200,)


def test_a_copy_that_is_to_be_kept_is_kept(file: Any, tmp_path: Path) -> None:
    (tmp_path / "store_2.db").write_bytes(b"of the last run")
    file.creation.clone_test_db("2", verbosity=0, autoclobber=True, keepdb=True)
    assert (tmp_path / "store_2.db").read_bytes() == b"of the last run"


def test_a_database_of_tests_is_removed_with_what_lies_beside_it(file: Any, path: Path, tmp_path: Path) -> None:
    (tmp_path / "other.db").touch()
    assert len(list(tmp_path.glob("store.db*"))) > 1
    file.creation._destroy_test_db(str(path), verbosity=0)
    assert [each.name for each in tmp_path.iterdir()] == ["other.db"]


@pytest.mark.parametrize("method", ["spawn", "forkserver"])
def test_one_in_memory_is_never_carried_to_another_process_unencrypted(
    connect: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    monkeypatch.setattr(multiprocessing, "get_start_method", lambda: method)
    wrapper = connect(NAME="file:planted?mode=memory&cache=shared")
    with pytest.raises(NotSupportedError, match="by fork alone"):
        wrapper.creation.get_test_db_clone_settings("2")


def test_one_in_memory_goes_along_when_a_process_forks(
    connect: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(multiprocessing, "get_start_method", lambda: "fork")
    wrapper = connect(NAME="file:planted?mode=memory&cache=shared")
    wrapper.creation.clone_test_db("2", verbosity=0, autoclobber=True)
    assert wrapper.creation.get_test_db_clone_settings("2") == wrapper.settings_dict
