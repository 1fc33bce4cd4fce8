import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from waystation.cli.check import check
from waystation.formats.example import EXAMPLE


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in EXAMPLE.items():
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def test_a_good_folder_is_one_line(folder: Path) -> None:
    result = CliRunner().invoke(check, [str(folder)])
    assert result.exit_code == 0
    assert result.stdout == (
        f"{folder}: 3 places, 2 legs, 1 condition, 1 observation, 1 group, 2 travellers; no faults, 0 warnings\n"
    )


def test_warnings_stand_above_it_and_are_no_failure(folder: Path) -> None:
    (folder / "observations.csv").unlink()
    result = CliRunner().invoke(check, [str(folder)])
    assert result.exit_code == 0
    first, second = result.stdout.splitlines()
    assert first.startswith("conditions.csv:2:1: warning: the condition river was never observed; ")
    assert second.endswith("no faults, 1 warning")


def test_faults_are_a_line_each_with_a_sum_and_status_two(folder: Path) -> None:
    (folder / "legs.csv").write_text(EXAMPLE["legs.csv"].replace("A,B,car", "A,Q,cat"), "utf-8")
    result = CliRunner().invoke(check, [str(folder)])
    assert result.exit_code == 2
    assert [line.split(": ")[0] for line in result.stdout.splitlines()] == [
        "groups.csv:2:4",
        "legs.csv:2:6",
        "legs.csv:2:8",
        "places.csv:4:1",
    ]
    assert result.stderr == "4 faults in 3 files\n"


def test_json_is_one_object(folder: Path) -> None:
    good = json.loads(CliRunner().invoke(check, ["--json", str(folder)]).stdout)
    assert (good["faults"], good["warnings"], good["rows"]["places.csv"]) == ([], [], 3)
    result = CliRunner().invoke(check, ["--json", str(folder / "nowhere")])
    assert result.exit_code == 2
    assert json.loads(result.stdout)["faults"][0]["line"] == 1


def test_help_has_an_example() -> None:
    assert "Example: waystation check" in CliRunner().invoke(check, ["--help"]).stdout
