import stat
from pathlib import Path
from uuid import uuid4

import pytest

from waystation.config import device_file
from waystation.vault import CHEAP, Opened, TamperedError, new_device, new_identity, new_key, new_recovery

WORDS = "anchor basket candle dragon engine forest garden"


def test_a_file_is_written_whole_and_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old and longer")
    device_file.write_whole(path, b"new")
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [entry.name for entry in tmp_path.iterdir()] == ["file"]


def test_a_file_that_cannot_be_written_leaves_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")

    def full(_descriptor: int) -> None:
        raise OSError("no space left")

    monkeypatch.setattr("waystation.config.device_file.os.fsync", full)
    with pytest.raises(OSError, match="no space"):
        device_file.write_whole(path, b"new")
    assert path.read_bytes() == b"old"


def test_no_link_is_followed_when_writing(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_bytes(b"mine")
    (tmp_path / "file.new").symlink_to(elsewhere)
    with pytest.raises(OSError):
        device_file.write_whole(tmp_path / "file", b"new")
    assert elsewhere.read_bytes() == b"mine"


def test_a_device_is_read_as_it_was_written(tmp_path: Path) -> None:
    founder = new_identity(uuid4())
    opened = Opened(founder, new_key(), new_key(), founder.sign_public, new_recovery().public)
    device = new_device(opened, WORDS, CHEAP)
    assert not device_file.has_device(tmp_path)
    device_file.write_device(tmp_path, device)
    assert device_file.has_device(tmp_path)
    assert device_file.read_device(tmp_path) == device


@pytest.mark.parametrize("content", [None, b"", b"{}", b"\xff\xfe", b"[]"])
def test_what_is_no_device_file_is_refused(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "device.json").write_bytes(content)
    with pytest.raises(TamperedError):
        device_file.read_device(tmp_path)


def test_the_unconfirmed_secret_is_kept_and_forgotten(tmp_path: Path) -> None:
    assert device_file.read_unconfirmed(tmp_path) is None
    device_file.keep_unconfirmed(tmp_path, b"sealed")
    assert device_file.read_unconfirmed(tmp_path) == b"sealed"
    device_file.forget_unconfirmed(tmp_path)
    device_file.forget_unconfirmed(tmp_path)
    assert list(tmp_path.iterdir()) == []
