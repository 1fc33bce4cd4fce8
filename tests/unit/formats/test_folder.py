from pathlib import Path

import pytest

from waystation.formats.folder import replace_folder, require_free
from waystation.kernel import BadInputError


def names(path: Path) -> set[str]:
    return {entry.name for entry in path.iterdir()}


def test_a_new_folder_is_made_with_its_parents(tmp_path: Path) -> None:
    replace_folder(tmp_path / "a" / "b", {"legs.csv": b"id\n"})
    assert (tmp_path / "a" / "b" / "legs.csv").read_bytes() == b"id\n"
    assert names(tmp_path / "a") == {"b"}


def test_declared_files_are_replaced_and_all_others_stay(tmp_path: Path) -> None:
    folder = tmp_path / "network"
    (folder / "photos").mkdir(parents=True)
    (folder / "photos" / "a.jpg").write_bytes(b"jpg")
    (folder / "README.md").write_text("read me")
    (folder / "link").symlink_to("nowhere")
    (folder / "rates.csv").write_text("old")
    replace_folder(folder, {"legs.csv": b"new"})
    assert names(folder) == {"photos", "README.md", "link", "legs.csv"}
    assert (folder / "photos" / "a.jpg").read_bytes() == b"jpg"
    assert (folder / "link").is_symlink()
    assert names(tmp_path) == {"network"}


def test_a_link_to_a_folder_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    replace_folder(tmp_path / "link", {"legs.csv": b"new"})
    assert (tmp_path / "link").is_symlink()
    assert names(tmp_path / "real") == {"legs.csv"}


@pytest.mark.parametrize("when", ["first", "second"])
def test_a_failure_leaves_the_old_folder_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, when: str) -> None:
    folder = tmp_path / "network"
    replace_folder(folder, {"legs.csv": b"old", "places.csv": b"old"})
    rename = Path.rename

    def failing(self: Path, target: Path) -> Path:
        if self.name.endswith(".new") or when == "first":
            raise OSError(28, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(BadInputError, match="No space left on device"):
        replace_folder(folder, {"legs.csv": b"new"})
    monkeypatch.setattr(Path, "rename", rename)
    assert {name: (folder / name).read_bytes() for name in names(folder)} == {"legs.csv": b"old", "places.csv": b"old"}
    assert names(tmp_path) == {"network"}


def test_a_place_that_cannot_be_written_is_bad_input(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(BadInputError, match="cannot be written"):
        replace_folder(tmp_path / "file" / "network", {})
    with pytest.raises(BadInputError, match="cannot be written"):
        replace_folder(tmp_path / "file", {"legs.csv": b"new"})
    assert (tmp_path / "file").read_text() == "x"


def test_only_a_free_folder_is_free(tmp_path: Path) -> None:
    require_free(tmp_path)
    require_free(tmp_path / "nowhere")
    (tmp_path / "file").write_text("x")
    for path in (tmp_path, tmp_path / "file"):
        with pytest.raises(BadInputError, match="is not empty"):
            require_free(path)
    with pytest.raises(BadInputError):
        require_free(tmp_path / ("x" * 300))
