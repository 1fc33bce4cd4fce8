from pathlib import Path

import pytest
from click.testing import CliRunner

from waystation.cli.export import export
from waystation.formats.example import EXAMPLE
from waystation.kernel import BadInputError, RuleRefusedError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "network"
    place.mkdir()
    for name, text in EXAMPLE.items():
        (place / name).write_text(text, "utf-8")
    return place


def test_it_goes_to_standard_output(folder: Path) -> None:
    result = CliRunner().invoke(export, [str(folder)])
    assert result.exit_code == 0
    assert result.stdout.startswith("// A group's journey")
    assert "@type: MDP\n" in result.stdout


def test_a_file_holds_the_same(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "journey.pm"
    result = CliRunner().invoke(export, [str(folder), "--format", "prism", "--out", str(out)])
    assert (result.exit_code, result.stdout) == (0, "")
    assert out.read_text("ascii") == CliRunner().invoke(export, [str(folder), "--format", "prism"]).stdout
    assert sorted(path.name for path in tmp_path.iterdir()) == ["journey.pm", "network"]


def test_caps_are_in_the_states(folder: Path) -> None:
    whole = CliRunner().invoke(export, [str(folder)]).stdout
    short = CliRunner().invoke(export, [str(folder), "--days", "2", "--start", "2027-01-01"]).stdout
    dear = CliRunner().invoke(export, [str(folder), "--budget", "100USD"]).stdout
    assert "// It starts on 2027-01-01" in short
    assert len(short) < len(whole)
    assert "// Money is counted but not limited." in whole
    assert "// Money is in the states: " in dear


def test_a_folder_with_faults_is_status_two_and_nothing_is_written(folder: Path, tmp_path: Path) -> None:
    (folder / "legs.csv").write_text(EXAMPLE["legs.csv"].replace("A,B,car", "A,Q,cat"), "utf-8")
    out = tmp_path / "journey.drn"
    result = CliRunner().invoke(export, [str(folder), "--out", str(out)])
    assert result.exit_code == 2
    assert "legs.csv:2:6" in result.stderr
    assert not out.exists()


def test_an_unknown_group_is_bad_input(folder: Path) -> None:
    result = CliRunner().invoke(export, [str(folder), "--group", "nobody"])
    assert isinstance(result.exception, BadInputError)
    assert "there is no group 'nobody'" in str(result.exception)


def test_a_group_that_has_not_agreed_is_refused(folder: Path) -> None:
    header, row, *rest = EXAMPLE["groups.csv"].splitlines()
    cells = dict(zip(header.split(","), row.split(","), strict=True)) | {"consent_on": ""}
    (folder / "groups.csv").write_text("\n".join([header, ",".join(cells.values()), *rest]) + "\n", "utf-8")
    result = CliRunner().invoke(export, [str(folder)])
    assert isinstance(result.exception, RuleRefusedError)


def test_a_file_that_cannot_be_written_is_bad_input(folder: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(export, [str(folder), "--out", str(tmp_path / "nowhere" / "journey.drn")])
    assert isinstance(result.exception, BadInputError)


def test_help_has_an_example() -> None:
    assert "waystation export examples/family-of-five --group family" in CliRunner().invoke(export, ["--help"]).stdout
