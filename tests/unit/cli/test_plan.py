import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from waystation.cli.plan import plan
from waystation.formats.example import EXAMPLE

Run = Callable[..., Result]


@pytest.fixture
def run(three_places: Path) -> Run:
    def invoke(*options: str) -> Result:
        return CliRunner().invoke(plan, [str(three_places), "--days", "20", *options])

    return invoke


def answer(result: Result) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(result.stdout)
    return read


@pytest.fixture
def two_groups(three_places: Path) -> Path:
    """Add a group that was not asked for its consent."""
    (three_places / "groups.csv").write_text(EXAMPLE["groups.csv"] + "F2,A,,,\n", "utf-8")
    (three_places / "travellers.csv").write_text(EXAMPLE["travellers.csv"] + "F2a,F2,18-59,,,\n", "utf-8")
    return three_places


def test_a_plan_for_a_person(run: Run) -> None:
    result = run("--group", "F1")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "\x1b" not in result.stdout
    for word in ("F1", "safest", "fastest", "ab", "bc", "river", "USD"):
        assert word in result.stdout


def test_the_only_group_needs_no_name(run: Run) -> None:
    assert answer(run("--json"))["group"] == "F1"


def test_what_is_asked_is_in_the_answer(run: Run) -> None:
    options = [
        "--budget",
        "900USD",
        "--start",
        "2026-12-01",
        "--max-harm",
        "20%",
        "--prefer",
        "careful",
        "--give",
        "0.1",
    ]
    found = answer(run("--json", *options))
    assert found["caps"] == {"budget": "900.00", "days": 20.0, "max_harm": 0.2, "walk_hours": None}
    assert (found["start"], found["as_of"], found["chosen"]) == ("2026-12-01", "2026-11-20", "careful")
    assert all(choice["harm"] <= 0.2 for choice in found["frontier"])


def test_without_a_start_it_is_the_day_the_folder_was_true(run: Run) -> None:
    assert answer(run("--json"))["start"] == "2026-11-20"


def test_no_plan_is_an_answer_with_status_one(run: Run) -> None:
    result = run("--json", "--budget", "1USD")
    assert result.exit_code == 1
    assert answer(result)["obstacle"]["kind"] == "budget"
    smallest = answer(result)["obstacle"]["smallest_budget"]
    said = run("--budget", "1USD")
    assert said.exit_code == 1
    assert f"{int(float(smallest))}" in said.stdout.replace(",", "")


def test_a_rule_refuses_with_status_three(two_groups: Path, run: Run) -> None:
    result = run("--group", "F2", "--json")
    assert result.exit_code == 3
    assert answer(result) == {"group": "F2", "frontier": [], "refused": [{"rule": "consent", "traveller": None}]}
    said = run("--group", "F2")
    assert said.exit_code == 3
    assert "F2" in said.stdout
    assert two_groups.exists()


def test_faults_end_with_status_two_and_nothing_is_written(three_places: Path, run: Run, tmp_path: Path) -> None:
    (three_places / "legs.csv").write_text("id,from\nab,A\n", "utf-8")
    result = run("--brief", str(tmp_path / "brief"))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "nothing was planned" in result.stderr
    assert not (tmp_path / "brief").exists()


def test_all_groups_are_a_line_each(two_groups: Path, run: Run) -> None:
    result = run("--all")
    assert result.exit_code == 0
    first, second = result.stdout.splitlines()
    assert first.startswith("F1")
    assert second.startswith("F2")
    assert two_groups.exists()


def test_all_groups_as_one_object(two_groups: Path, run: Run) -> None:
    result = run("--all", "--json")
    assert result.exit_code == 0
    assert [set(each) >= {"group", "frontier"} for each in answer(result)["groups"]] == [True, True]
    assert [bool(each["frontier"]) for each in answer(result)["groups"]] == [True, False]
    assert two_groups.exists()


def test_which_group_must_be_said_where_there_are_two(two_groups: Path, run: Run) -> None:
    result = run()
    assert result.exit_code == 2
    assert "The folder has: F1, F2." in result.stderr
    assert two_groups.exists()


@pytest.mark.parametrize("more", [["--group", "F1"], ["--brief", "out"]])
def test_all_goes_with_no_group_and_no_brief(run: Run, more: list[str]) -> None:
    result = run("--all", *more)
    assert result.exit_code == 2
    assert "go with one group only" in " ".join(result.stderr.split())


@pytest.mark.parametrize(
    "option",
    [
        ["--budget", "12"],
        ["--days", "0"],
        ["--start", "soon"],
        ["--max-harm", "2"],
        ["--prefer", "best"],
        ["--give", "x"],
    ],
)
def test_a_bad_option_is_told(run: Run, option: list[str]) -> None:
    result = run(*option)
    assert result.exit_code == 2
    assert f"Invalid value for '{option[0]}'" in result.stderr


def test_the_brief_is_written_and_named(run: Run, tmp_path: Path) -> None:
    result = run("--brief", str(tmp_path / "brief"), "--language", "ko")
    assert result.exit_code == 0
    assert {path.name for path in (tmp_path / "brief").iterdir()} == {"brief.html", "brief.pdf", "map.svg"}
    for name in ("brief.html", "brief.pdf", "map.svg"):
        assert str(tmp_path / "brief" / name) in result.stdout


def test_korean(run: Run) -> None:
    assert "일행" in run("--language", "ko").stdout


def test_help_has_an_example() -> None:
    assert "waystation plan examples/family-of-five" in CliRunner().invoke(plan, ["--help"]).stdout


def test_a_plan_comes_with_what_it_can_be_argued_with(run: Run) -> None:
    document = answer(run("--json"))
    assert document["frontier"][0]["arrive_low"] <= document["frontier"][0]["arrive"]
    assert document["frontier"][0]["doubt"]["draws"] == 1000
    assert document["alternatives"]
    assert document["frontier_points"]
    assert document["deadline_curve"]
    assert document["caution"] is None
    assert document["arrangements"] == []


def test_quick_leaves_it_out(run: Run) -> None:
    document = answer(run("--json", "--quick"))
    assert document["frontier"][0]["arrive_low"] is None
    assert (document["alternatives"], document["tipping"], document["frontier_points"]) == ([], [], [])


def test_what_is_asked_for_by_itself(run: Run) -> None:
    document = answer(run("--json", "--quick", "--cautious", "0.9", "--parties", "--max-walk-hours", "30"))
    assert document["caution"]["coverage"] == 0.9
    assert document["arrangements"][0]["exposed_at_once"] >= 1
    assert document["caps"]["walk_hours"] == 30.0


def test_the_seed_decides_the_draws(run: Run) -> None:
    def low(*options: str) -> float:
        found: float = answer(run("--json", "--draws", "50", *options))["frontier"][0]["arrive_low"]
        return found

    assert low("--seed", "1") == low("--seed", "1")
    assert low("--seed", "1") != low("--seed", "2")


@pytest.mark.parametrize(
    "option", [("--cautious", "1"), ("--draws", "1"), ("--seed", "-1"), ("--max-walk-hours", "-2")]
)
def test_what_cannot_be_asked_is_refused(run: Run, option: tuple[str, str]) -> None:
    result = run(*option)
    assert result.exit_code == 2
    assert option[0] in result.stderr
