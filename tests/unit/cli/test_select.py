import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from waystation.cli.select import select
from waystation.kernel import BadInputError

QUICK = ("--quick", "--weeks", "2")


def run(folder: Path, *options: str) -> Result:
    return CliRunner().invoke(select, [str(folder), *options])


def test_who_goes_is_said_with_value_bound_and_gap(three_places: Path) -> None:
    result = run(three_places, *QUICK)
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("Now: F1 (2 people).")
    assert "gap" in result.stdout
    assert "Who waits" in result.stdout


def test_json_is_one_object_and_korean_is_korean(three_places: Path) -> None:
    told = json.loads(run(three_places, *QUICK, "--json").stdout)
    assert told["chosen"] == ["F1"]
    assert told["value"] <= told["bound"] + 1e-9
    assert told["groups"][0]["plan"]["cost_expected"].replace(".", "").isdigit()
    assert "지금: F1(2명)" in run(three_places, *QUICK, "--language", "ko").stdout


def test_nobody_can_go_with_no_money_and_it_is_said_why(three_places: Path) -> None:
    (three_places / "budget.csv").write_text("fund,period,amount\nf,2026-Q4,10\n", "utf-8")
    result = run(three_places, *QUICK)
    assert result.exit_code == 1
    assert "No group can go now." in result.stdout
    assert "lacks" in result.stdout


def test_a_folder_where_a_rule_refuses_everybody_ends_with_three(three_places: Path) -> None:
    groups = (three_places / "groups.csv").read_text("utf-8").replace("2026-10-05", "")
    (three_places / "groups.csv").write_text(groups, "utf-8")
    assert run(three_places, *QUICK).exit_code == 3


def test_faults_end_with_two(three_places: Path) -> None:
    (three_places / "legs.csv").unlink()
    assert run(three_places, *QUICK).exit_code == 2


@pytest.mark.parametrize("weight", ["emergency", "emergency=0", "soon=2", "urgent=x"])
def test_a_weight_that_is_none_is_refused(three_places: Path, weight: str) -> None:
    assert run(three_places, *QUICK, "--weight", weight).exit_code == 2


@pytest.mark.parametrize("delay", ["emergency", "emergency=1", "urgent=-0.1", "soon=0.1", "urgent=nan"])
def test_a_delay_that_is_none_is_refused(three_places: Path, delay: str) -> None:
    assert run(three_places, *QUICK, "--delay", delay).exit_code == 2


def test_a_declared_delay_is_shown_and_counts(three_places: Path) -> None:
    told = json.loads(run(three_places, *QUICK, "--delay", "urgent=0.5", "--json").stdout)
    assert told["terms"]["delay"]["urgent"] == 0.5
    assert "urgent 2, 50 % less for each week" in " ".join(
        run(three_places, *QUICK, "--delay", "urgent=0.5").stdout.split()
    )


def test_what_is_supposed_is_shown_beside(three_places: Path) -> None:
    result = run(three_places, *QUICK, "--if", "close:bc", "--weight", "urgent=5")
    assert result.exit_code == 0, result.output
    assert "leg bc closed" in " ".join(result.stdout.split())
    assert "urgent 5" in " ".join(result.stdout.split())
    for wrong in ("leg:bc", "close:bd", "money:f=10USD", "partner:g"):
        refused = run(three_places, *QUICK, "--if", wrong)
        assert refused.exit_code == 2 or isinstance(refused.exception, BadInputError)


def test_the_minutes_are_written_in_both_languages(three_places: Path, tmp_path: Path) -> None:
    result = run(three_places, *QUICK, "--brief", str(tmp_path / "out"))
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == ["minutes-en.html", "minutes-en.pdf", "minutes-ko.html", "minutes-ko.pdf"]
    assert all(name in result.stdout.replace("\n", "") for name in names)
    assert (tmp_path / "out" / "minutes-en.pdf").read_bytes().startswith(b"%PDF")


def test_help_has_an_example() -> None:
    assert "waystation select examples/queue" in CliRunner().invoke(select, ["--help"]).stdout
