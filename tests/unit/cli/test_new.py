import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from waystation.cli.check import check
from waystation.cli.new import new
from waystation.kernel import BadInputError


def test_it_writes_a_folder_that_check_wants_filled_in(tmp_path: Path) -> None:
    folder = tmp_path / "routes"
    result = CliRunner().invoke(new, [str(folder)])
    assert result.exit_code == 0
    assert f"waystation check {folder}" in result.stdout
    assert (folder / "README.txt").exists()
    assert CliRunner().invoke(check, [str(folder)]).exit_code == 2


def test_json_names_the_files(tmp_path: Path) -> None:
    result = CliRunner().invoke(new, ["--json", str(tmp_path)])
    assert set(json.loads(result.stdout)["files"]) == {entry.name for entry in tmp_path.iterdir()}


def test_what_is_there_is_kept(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x")
    with pytest.raises(BadInputError, match="is not empty"):
        CliRunner().invoke(new, [str(tmp_path)], catch_exceptions=False)
    assert [entry.name for entry in tmp_path.iterdir()] == ["mine.txt"]


def test_help_has_an_example() -> None:
    assert "Example: waystation new" in CliRunner().invoke(new, ["--help"]).stdout
