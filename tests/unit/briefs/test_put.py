import tempfile
from pathlib import Path

import pytest

from waystation.briefs.put import put_files
from waystation.kernel import BadInputError


def test_files_appear_whole_and_for_their_owner_alone(tmp_path: Path) -> None:
    (written,) = put_files({"a.svg": b"<svg/>"}, tmp_path / "new" / "folder")
    assert written.read_bytes() == b"<svg/>"
    assert written.stat().st_mode & 0o077 == 0
    assert [path.name for path in written.parent.iterdir()] == ["a.svg"]


def test_a_failing_disk_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_files({"a.svg": b"old"}, tmp_path)

    def full(*_: object, **__: object) -> tuple[int, str]:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tempfile, "mkstemp", full)
    with pytest.raises(BadInputError, match="No space left"):
        put_files({"a.svg": b"new"}, tmp_path)
    assert (tmp_path / "a.svg").read_bytes() == b"old"


def test_a_file_where_the_folder_should_be_is_named(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    with pytest.raises(BadInputError, match="is a file or lies under one"):
        put_files({"a": b""}, tmp_path / "out")
