import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from waystation.cli.compare import compare
from waystation.kernel import BadInputError

Run = Callable[..., Result]


@pytest.fixture
def run(three_places: Path) -> Run:
    def invoke(*options: str) -> Result:
        days = () if "--days" in options else ("--days", "12")
        return CliRunner().invoke(compare, [str(three_places), *options, *days])

    return invoke


@pytest.fixture
def other(three_places: Path, tmp_path: Path) -> Path:
    """Return a copy of the folder in which the first leg costs more."""
    copied = tmp_path / "later"
    shutil.copytree(three_places, copied)
    legs = (copied / "legs.csv").read_text("utf-8")
    (copied / "legs.csv").write_text(legs.replace(",150,", ",180,"), "utf-8")
    return copied


def answer(result: Result) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(result.stdout)
    return read


def test_two_folders(run: Run, other: Path) -> None:
    result = run(str(other), "--days", "20", "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    found = answer(result)
    assert found["differs"] == "folder"
    assert found["first"]["chosen"] == found["second"]["chosen"] == "safest"
    assert [change["part"] for change in found["changes"]] == ["leg"]


def test_two_dates_for_a_person_in_both_languages(run: Run) -> None:
    for language, word in (("en", "Difference"), ("ko", "차이")):
        result = run("--days", "20", "--start", "2026-11-20", "--start", "2026-12-20", "--language", language)
        assert (result.exit_code, result.stderr) == (0, "")
        assert word in result.stdout
        assert "80 %" in result.stdout  # the interval that the square brackets stand for


def test_two_choices(run: Run) -> None:
    found = answer(run("--prefer", "safest", "--prefer", "fastest", "--give", "0.5", "--json"))
    assert (found["differs"], found["first"]["chosen"], found["second"]["chosen"]) == ("choice", "safest", "fastest")


@pytest.mark.parametrize(
    ("option", "values", "names"),
    [
        ("--days", ("9", "8.5"), ("within 9 days", "within 8.5 days")),
        ("--max-harm", ("20%", "0.1"), ("harm at most 20 %", "harm at most 10 %")),
        ("--budget", ("900USD", "800USD"), ("budget 900 USD", "budget 800 USD")),
        ("--prefer", ("safest", "fastest"), ("safest", "fastest")),
        ("--max-walk-hours", ("1", "0"), ("at most 1 hour on foot", "at most 0 hours on foot")),
    ],
)
def test_both_answers_are_called_by_what_differs(
    run: Run, option: str, values: tuple[str, str], names: tuple[str, str]
) -> None:
    said = run(option, values[0], option, values[1]).stdout
    assert all(name in said for name in names)


def test_without_intervals(run: Run) -> None:
    assert "80 %" not in run("--prefer", "safest", "--prefer", "fastest", "--quick").stdout


def test_the_years_are_named_where_they_differ(run: Run) -> None:
    assert "20 Dec 2026" in run("--days", "9", "--start", "2026-12-20", "--start", "2027-12-20").stdout
    assert "20 Dec 2026" not in run("--days", "9", "--start", "2026-12-20", "--start", "2026-12-21").stdout


def test_folders_of_one_name_are_told_by_their_paths(three_places: Path, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere" / three_places.name
    shutil.copytree(three_places, other)
    said = CliRunner().invoke(compare, [str(three_places), str(other), "--days", "12"]).stdout
    assert "elsewhere" in said.replace("\n", "")


def test_a_group_that_only_one_folder_has(run: Run, other: Path) -> None:
    for name in ("groups.csv", "travellers.csv"):
        (other / name).write_text((other / name).read_text("utf-8").replace("F1", "F9"), "utf-8")
    result = run(str(other))
    assert isinstance(result.exception, BadInputError)
    assert str(result.exception).startswith(f"{other}: there is no group 'F1'")


def test_of_several_groups_one_must_be_named(run: Run, three_places: Path) -> None:
    with (three_places / "groups.csv").open("a", encoding="utf-8") as groups:
        groups.write("F2,A,,,\n")
    with (three_places / "travellers.csv").open("a", encoding="utf-8") as travellers:
        travellers.write("F2a,F2,18-59,,,\n")
    result = run("--days", "9", "--days", "8")
    assert (result.exit_code, "F1, F2" in result.stderr) == (2, True)


def test_one_without_a_plan_ends_with_status_1_and_shows_the_other(run: Run) -> None:
    result = run("--budget", "900USD", "--budget", "1USD")
    assert result.exit_code == 1
    assert "Only one of them has a plan" in result.stdout
    assert "smallest budget" in result.stdout


def test_a_refusal_by_a_rule_ends_with_status_3(run: Run, other: Path) -> None:
    groups = (other / "groups.csv").read_text("utf-8").splitlines()
    column = groups[0].split(",").index("consent_on")
    row = groups[1].split(",")
    row[column] = ""
    (other / "groups.csv").write_text("\n".join([groups[0], ",".join(row)]) + "\n", "utf-8")
    result = run(str(other))
    assert result.exit_code == 3
    assert "consent" in result.stdout
    assert "refused" in answer(run(str(other), "--json"))["second"]


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--give", "0.1"], "Nothing differs"),
        (["--days", "9"], "Nothing differs"),
        (["--days", "9", "--days", "9"], "nothing differs"),
        (["--days", "9", "--days", "8", "--budget", "9USD", "--budget", "8USD"], "--budget and --days differ"),
        (["--days", "9", "--days", "8", "--days", "7"], "3 times"),
        (["--start", "never", "--start", "2026-11-20"], "not a day"),
        (["--days", "9", "--days", "8", "--group", "F2"], "F2"),
    ],
)
def test_anything_but_one_difference_is_a_fault(run: Run, options: list[str], says: str) -> None:
    result = run(*options)
    assert says in result.output + str(result.exception)
    assert result.exit_code in {1, 2}


def test_two_folders_with_all_else_equal(run: Run, other: Path) -> None:
    result = run(str(other), "--days", "9", "--days", "8")
    assert (result.exit_code, "all else equal" in result.stderr) == (2, True)


def test_a_folder_with_faults_compares_nothing(run: Run, other: Path) -> None:
    (other / "legs.csv").unlink()
    result = run(str(other))
    assert result.exit_code == 2
    assert "legs.csv" in result.stderr


def test_help_has_examples() -> None:
    said = CliRunner().invoke(compare, ["--help"]).stdout
    assert said.count("\n    waystation compare") == 4  # each on a line of its own
