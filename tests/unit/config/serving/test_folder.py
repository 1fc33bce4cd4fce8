import os
import stat
from pathlib import Path

import pytest

from waystation.config.serving.folder import held, prepared, usual_folder
from waystation.kernel import BadInputError


def test_a_folder_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    made = prepared(tmp_path / "one" / "two")
    assert stat.S_IMODE(made.stat().st_mode) == 0o700
    made.chmod(0o755)
    assert stat.S_IMODE(prepared(made).stat().st_mode) == 0o700


def test_what_is_no_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for bad in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(BadInputError):
            prepared(bad)


def test_somebody_elses_folder_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("waystation.config.serving.folder.os.getuid", lambda: os.geteuid() + 1)
    with pytest.raises(BadInputError, match="another user"):
        prepared(tmp_path)


def test_one_process_at_a_time(tmp_path: Path) -> None:
    descriptor = held(tmp_path)
    with pytest.raises(BadInputError, match="another waystation serve"):
        held(tmp_path)
    os.close(descriptor)
    os.close(held(tmp_path))


def test_the_usual_folder_is_the_users_own() -> None:
    assert usual_folder().is_absolute()
    assert usual_folder().name == "waystation"
