import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from waystation.cli.learn import learn
from waystation.formats import read_folder

Run = Callable[..., Result]

OUTCOMES = """\
leg,date,party_size,outcome,days,count
ab,2026-03-02,2,passed,1.5,18
ab,2026-04-02,2,intercepted,,1
ab,2026-04-03,2,turned_back,,1
"""
SILENT = OUTCOMES + "ab,2026-10-21,2,unknown,,1\n"
PEOPLE = """\
expert,leg,asked,silent_days,round,lowest,highest,best,sure,date,signed
E1,,silent,30,1,20,80,50,80,2026-11-02,
E1,,silent,30,2,20,80,50,80,2026-11-04,E1
E1,ab,intercepted,,1,1,9,3,80,2026-11-04,
E2,ab,intercepted,,1,0,4,1,80,2026-11-05,
"""


@pytest.fixture
def folder(three_places: Path, tmp_path: Path) -> Path:
    copied = tmp_path / "routes"
    shutil.copytree(three_places, copied)
    (copied / "outcomes.csv").write_text(OUTCOMES, "utf-8")
    return copied


def run(folder: Path, *options: str) -> Result:
    return CliRunner().invoke(learn, [str(folder), *options])


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_it_says_what_was_learned_and_writes_nothing(folder: Path) -> None:
    before = contents(folder)
    result = run(folder)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "Learned from 20 missions" in result.stdout
    assert "Nothing was written" in result.stdout
    assert contents(folder) == before


def test_written_into_the_folder_and_learned_again_it_is_the_same(folder: Path) -> None:
    before = contents(folder)
    assert run(folder, "--write").exit_code == 0
    after = contents(folder)
    assert {name for name in after if after[name] != before.get(name)} == {"legs.csv", "beliefs.csv"}
    assert read_folder(folder).faults == ()
    again = json.loads(run(folder, "--json").stdout)
    assert {reason["reason"] for belief in again["beliefs"] for reason in belief["why"]} == {"same"}


def test_a_decimal_comma_stays_one(folder: Path) -> None:
    settings = (folder / "network.toml").read_text("utf-8")
    (folder / "network.toml").write_text('decimal = ","\n' + settings, "utf-8")
    for path in folder.glob("*.csv"):
        text = path.read_text("utf-8").replace(",", ";")
        path.write_text(re.sub(r"(?<=\d)\.(?=\d)", ",", text), "utf-8")
    assert read_folder(folder).faults == ()
    assert run(folder, "--write").exit_code == 0
    assert read_folder(folder).faults == ()
    assert ";0,0" in (folder / "beliefs.csv").read_text("utf-8")


def test_more_outcomes_and_what_they_changed(folder: Path) -> None:
    run(folder, "--write")
    (folder / "outcomes.csv").write_text(OUTCOMES + "ab,2026-05-02,2,intercepted,,2\n", "utf-8")
    belief = json.loads(run(folder, "--json").stdout)["beliefs"][0]
    assert belief["why"] == [{"reason": "missions", "missions": 2, "events": 2, "regimes": []}]
    assert belief["mean"] > belief["before"]


def test_another_place_leaves_the_folder_alone(folder: Path, tmp_path: Path) -> None:
    before = contents(folder)
    assert run(folder, "--out", str(tmp_path / "learned")).exit_code == 0
    assert contents(folder) == before
    assert set(contents(tmp_path / "learned")) >= {"legs.csv", "beliefs.csv", "network.toml", "outcomes.csv"}
    with pytest.raises(Exception, match="is not empty"):
        CliRunner().invoke(learn, [str(folder), "--out", str(tmp_path / "learned")], catch_exceptions=False)


def test_a_silence_nobody_was_asked_about_is_bad_input(folder: Path) -> None:
    (folder / "outcomes.csv").write_text(SILENT, "utf-8")
    result = run(folder, "--write")
    assert result.exit_code == 2
    assert "outcomes.csv:5:17: no news on ab for 30 days" in result.stderr
    assert not (folder / "beliefs.csv").exists()
    found = json.loads(run(folder, "--json").stdout)["faults"]
    assert [(fault["file"], fault["line"]) for fault in found] == [("outcomes.csv", 5)]


def test_answers_of_people_are_used_shown_without_names_and_drawn(folder: Path, tmp_path: Path) -> None:
    (folder / "outcomes.csv").write_text(SILENT, "utf-8")
    (folder / "judgements.csv").write_text(PEOPLE, "utf-8")
    (folder / "calibration.csv").write_text("expert,question,chance,true,date\nE1,Q1,0.7,yes,2026-11-02\n", "utf-8")
    result = run(folder, "--plots", str(tmp_path / "plots"))
    assert result.exit_code == 0
    assert "1 mission without news" in result.stdout
    assert (tmp_path / "plots" / "calibration-E1.svg").read_text("utf-8").startswith("<svg")
    shown = run(folder, "--feedback").stdout
    assert "A: 1 % (0–4 %)" in shown
    assert "E2" not in shown


def test_faults_of_the_folder_are_named(folder: Path) -> None:
    (folder / "outcomes.csv").write_text(OUTCOMES.replace("ab,2026-03", "ax,2026-03"), "utf-8")
    result = run(folder)
    assert result.exit_code == 2
    assert "nothing was learned" in result.stderr


@pytest.mark.parametrize("options", [("--write", "--out", "elsewhere"), ("--write", "--coverage", "0.9")])
def test_options_that_do_not_go_together(folder: Path, options: tuple[str, ...]) -> None:
    result = run(folder, *options)
    assert result.exit_code == 2
    assert "Usage" in result.stderr
    assert not (folder / "beliefs.csv").exists()


def test_both_languages_and_help_with_an_example(folder: Path) -> None:
    assert "구간별 적발" in run(folder, "--language", "ko").stdout
    shown = CliRunner().invoke(learn, ["--help"]).stdout
    assert "waystation learn examples/queue" in shown
    assert "Exit status" in shown
