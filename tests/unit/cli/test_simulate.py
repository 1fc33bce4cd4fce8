import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from waystation.cli.simulate import counted, simulate
from waystation.kernel import BadInputError

Run = Callable[..., Result]
ROOT = Path(__file__).parents[3]
WORSE = 'name = "worse"\nnote = "x"\n[[change]]\nkind = "risk"\nfactor = 3\n'


@pytest.fixture
def run(three_places: Path) -> Run:
    def invoke(*options: str, folder: Path = three_places) -> Result:
        return CliRunner().invoke(simulate, [str(folder), *options])

    return invoke


@pytest.fixture
def worse(tmp_path: Path) -> str:
    path = tmp_path / "worse.toml"
    path.write_text(WORSE, "utf-8")
    return str(path)


def answer(result: Result) -> dict[str, Any]:
    assert result.exit_code == 0, result.output
    read: dict[str, Any] = json.loads(result.stdout)
    return read


def group_of(run: Run) -> str:
    kinds = answer(run("--runs", "2", "--years", "1", "--json"))["kinds"]
    return str(kinds[0]["group"])


def test_the_same_seed_gives_the_same_bits_and_another_others(run: Run) -> None:
    options = ("--runs", "30", "--years", "1")
    first, again, other = (run(*options, "--seed", seed, "--json") for seed in ("4", "4", "5"))
    assert first.stdout == again.stdout
    assert first.stdout != other.stdout


def test_scenarios_and_rules_are_compared_with_the_first(run: Run, worse: str) -> None:
    options = ("--runs", "20", "--years", "2", "--scenario", worse, "--rule", "first_come", "--rule", "most_urgent")
    found = answer(run(*options, "--json"))
    assert [(arm["scenario"], arm["rule"]) for arm in found["arms"]] == [
        ("as today", "first_come"),
        ("as today", "most_urgent"),
        ("worse", "first_come"),
        ("worse", "most_urgent"),
    ]
    assert found["arms"][0]["differences"] == {}
    assert found["arms"][2]["differences"]["harmed"]["mean"] > 0
    assert len(found["arms"][0]["arrived_by_year"]) == found["years"] == 2


def test_the_portfolio_decides_the_same_however_the_runs_are_divided(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    options = ("--runs", "12", "--years", "1", "--rule", "portfolio", "--rule", "most_urgent", "--json")
    whole, again = run(*options), run(*options)
    found = answer(whole)
    assert [arm["rule"] for arm in found["arms"]] == ["portfolio", "most_urgent"]
    assert found["arms"][0]["measures"]["arrived"]["mean"] > 0
    monkeypatch.setattr("waystation.engine.simulation.study.RUNS_A_PIECE", 5)
    divided = run(*options)
    assert whole.stdout == again.stdout == divided.stdout


def test_a_plan_is_replayed_beside_the_exact_one(run: Run) -> None:
    found = answer(run("--group", group_of(run), "--days", "12", "--journeys", "20000", "--json"))
    assert sum(found["counts"].values()) == 20_000
    assert found["counts"]["arrived"] / 20_000 == pytest.approx(found["exact"]["arrive"], abs=0.02)
    assert all(abs(z) < 4 for z in found["z"].values())


def test_both_languages_for_a_person(run: Run, worse: str) -> None:
    for language, words in (
        ("en", ("20 runs", "people who arrived", "worse")),
        ("ko", ("20번", "도착한 사람", "worse")),
    ):
        told = run("--runs", "20", "--years", "1", "--scenario", worse, "--language", language)
        assert told.exit_code == 0
        assert all(word in told.stdout for word in words)
    group = group_of(run)
    for language, word in (("en", "agree"), ("ko", "일치합니다")):
        told = run("--group", group, "--days", "12", "--journeys", "1000", "--language", language)
        assert word in told.stdout


def test_every_fault_of_every_file_is_named_with_status_2(run: Run, tmp_path: Path) -> None:
    for name, text in (("a.toml", "nmae = 3"), ("b.toml", 'name = "b"\n[[change]]\nkind = "war"')):
        (tmp_path / name).write_text(text, "utf-8")
    result = run("--scenario", str(tmp_path / "a.toml"), "--scenario", str(tmp_path / "b.toml"))
    assert result.exit_code == 2
    assert "a.toml:1:1" in result.stderr
    assert "b.toml:3:1" in result.stderr
    assert "nothing was simulated" in result.stderr


def test_a_file_that_is_not_there_and_a_leg_that_is_not_there(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "closed.toml"
    closed = 'name = "closed"\n[[change]]\nkind = "closed"\nlegs = ["bridge"]\npartners = ["nobody"]\n'
    path.write_text(closed, "utf-8")
    none, other = (str(tmp_path / name) for name in ("none.toml", "other.toml"))
    result = run("--scenario", none, "--scenario", other, "--scenario", str(path), "--runs", "2")
    assert result.exit_code == 2
    told = result.stderr.splitlines()
    assert told[0].startswith(f"{none}:1:1: ")
    assert "No such file" in told[0]
    assert told[1].startswith(f"{other}:1:1: ")
    assert told[2].startswith("closed.toml:4:1: there is no leg 'bridge'; ")
    assert told[3].startswith("closed.toml:5:1: there is no partner 'nobody'; ")
    assert told[4:] == ["4 faults; nothing was simulated"]


def test_a_folder_with_faults_is_not_simulated(run: Run, tmp_path: Path) -> None:
    result = run(folder=tmp_path / "nowhere")
    assert result.exit_code == 2
    assert result.stderr.endswith("1 fault; nothing was simulated\n")
    result = run("--hindcast", folder=tmp_path)
    assert isinstance(result.exception, BadInputError)


def test_a_rule_of_the_work_ends_with_status_3() -> None:
    result = CliRunner().invoke(simulate, [str(ROOT / "examples" / "queue"), "--group", "q10", "--journeys", "10"])
    assert result.exit_code == 3
    result = CliRunner().invoke(simulate, [str(ROOT / "examples" / "queue"), "--group", "q10", "--json"])
    assert (result.exit_code, json.loads(result.stdout)["group"]) == (3, "q10")


def test_looking_back(run: Run, tmp_path: Path) -> None:
    folder = ROOT / "examples" / "arrivals"
    found = answer(run("--hindcast", "--json", folder=folder))
    assert found["won"] + found["lost"] == len(found["years"]) == 24
    for language, word in (("en", "Nearer than the same as last year"), ("ko", "작년과 같다는 예측보다")):
        assert word in run("--hindcast", "--language", language, folder=folder).stdout
    (tmp_path / "arrivals.csv").write_text("year,people\n", "utf-8")
    assert run("--hindcast", folder=tmp_path).exit_code == 2


def test_help_has_an_example_that_names_what_is_there(run: Run) -> None:
    told = run("--help").stdout
    assert "waystation simulate examples/queue" in told
    for part in told.split():
        if part.startswith("examples/"):
            assert (ROOT / part).exists()


def test_nobody_is_told_of_progress_in_a_pipe() -> None:
    with counted() as told:
        assert told is None
