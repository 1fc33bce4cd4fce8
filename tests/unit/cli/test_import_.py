import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from waystation.cli.check import check
from waystation.cli.import_ import import_
from waystation.cli.plan import plan
from waystation.formats import read_folder
from waystation.kernel import BadInputError

LOCATIONS = """\
#name,region,country,latitude,longitude,location_type,conflict_date,population
Alder,North,Arden,10.4,20.6,conflict_zone,0,12000
Birch,North,Arden,11.2,21,town,,
Elm_Camp,West,Weir,8.5,24.5,camp,,400
"""
ROUTES = "#name1,name2,distance,forced_redirection\nAlder,Birch,100,0\nBirch,Elm_Camp,50,0\n"
CLOSURES = "#closure_type,name1,name2,closure_start,closure_end\ncountry,Arden,Weir,0,10\n"


@pytest.fixture
def flee(tmp_path: Path) -> Path:
    """Return an invented Flee folder without a fault."""
    folder = tmp_path / "arden"
    folder.mkdir()
    for name, text in (("locations.csv", LOCATIONS), ("routes.csv", ROUTES), ("closures.csv", CLOSURES)):
        (folder / name).write_text(text, "utf-8")
    return folder


def run(*arguments: object) -> Result:
    return CliRunner().invoke(import_, ["flee", *map(str, arguments)])


def test_it_makes_a_folder_without_a_fault(flee: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = run(flee, out, "--first-day", "2030-01-01")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "3 places, 4 legs, 2 of them closed on some days from 2030-01-01" in result.stdout
    assert "200 km a day" in result.stdout
    assert "no group to plan for" in result.stdout
    assert CliRunner().invoke(check, [str(out)]).exit_code == 0
    assert sorted(path.name for path in out.iterdir()) == ["legs.csv", "network.toml", "places.csv", "sources.csv"]


def test_what_is_asked_for_is_in_the_folder(flee: Path, tmp_path: Path) -> None:
    said = (
        "--first-day",
        "2030-01-01",
        "--km-per-day",
        "50",
        "--intercepted",
        "5%",
        "--turned-back",
        "0",
        "--discovery",
        "0.1",
    )
    named = (
        "--name",
        "A trial",
        "--source",
        "invented; no licence",
        "--currency",
        "XOF",
        "--sample-group",
        "Alder",
        "--json",
    )
    result = run(flee, tmp_path / "out", *said, *named)
    counts = {"places": 3, "legs": 4, "legs_with_dates": 2, "groups": 1}
    assert json.loads(result.stdout) == {"folder": str(tmp_path / "out"), "first_day": "2030-01-01", **counts}
    network = read_folder(tmp_path / "out").network
    assert network is not None
    assert (network.name, network.currency, network.sources) == ("A trial", "XOF", {"FLEE": "invented; no licence"})
    leg = network.legs[0]
    assert (leg.days.likely, leg.days.high, leg.intercepted.mean, leg.turned_back.mean) == (2.0, 4.0, 0.05, 0.0)
    assert network.places[0].discovery.mean == 0.1
    assert [group.id for group in network.groups] == ["sample"]


def test_files_that_are_not_read_are_named(flee: Path, tmp_path: Path) -> None:
    for name in ("conflicts.csv", "agents.csv", "sim_period.csv", "README.md"):
        (flee / name).write_text("StartDate,2030-01-01\n")
    result = run(flee, tmp_path / "out")
    assert (result.exit_code, result.stderr) == (0, "not read: agents.csv, conflicts.csv\n")


def test_the_sample_group_is_said_how_to_plan(flee: Path, tmp_path: Path) -> None:
    result = run(flee, tmp_path / "out", "--first-day", "2030-01-01", "--sample-group", "Alder")
    assert f"waystation plan {tmp_path / 'out'} --group sample" in result.stdout


@pytest.mark.parametrize("inside", [False, True])
def test_the_first_day_may_be_in_the_folder_or_known(flee: Path, tmp_path: Path, *, inside: bool) -> None:
    assert "first-day DATE" in run(flee, tmp_path / "out").stderr
    known = flee.rename(tmp_path / "mali2012")
    assert "from 2012-02-29" in run(known, tmp_path / "out").stdout
    (known / "sim_period.csv").write_text("StartDate,2030-05-01\n")
    if inside:
        known.rename(tmp_path / "input_csv")
        known.mkdir()
        known = (tmp_path / "input_csv").rename(known / "input_csv")
    result = run(known, tmp_path / "again")
    assert "from 2030-05-01" in result.stdout
    network = read_folder(tmp_path / "again").network
    assert network is not None
    assert network.name == "mali2012"


def test_faults_are_all_named_and_nothing_is_written(flee: Path, tmp_path: Path) -> None:
    (flee / "routes.csv").write_text(ROUTES.replace("Birch,Elm", "Brich,Elm").replace("100", "-1"))
    before = sorted(path.name for path in tmp_path.iterdir())
    result = run(flee, tmp_path / "out", "--first-day", "2030-01-01")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "routes.csv:2:13: distance: '-1' is out of range" in result.stderr
    assert "routes.csv:3:1: locations.csv has no location Brich (name1); did you mean Birch?" in result.stderr
    assert "2 faults; nothing was imported" in result.stderr
    result = run(flee, tmp_path / "out", "--json")
    assert len(json.loads(result.stdout)["faults"]) == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == before


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--km-per-day", "0"), "no speed"),
        (("--km-per-day", "0.001"), "more than 1000 days"),
        (("--intercepted", "1", "--turned-back", "1"), "sum to more than 1"),
        (("--sample-group", "Brich"), "did you mean Birch?"),
        (("--first-day", "0001-01-01"), "is no first day"),
        (("--name", ""), "needs a name"),
    ],
)
def test_options_that_cannot_be_used_write_nothing(
    flee: Path, tmp_path: Path, options: tuple[str, ...], says: str
) -> None:
    result = run(flee, tmp_path / "out", "--first-day", "2030-01-01", *options)
    assert isinstance(result.exception, BadInputError)
    assert says in str(result.exception)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "options", [("--first-day", "tomorrow"), ("--intercepted", "7"), ("--currency", "EU"), ("--km-per-day", "fast")]
)
def test_options_that_cannot_be_read_are_bad_usage(flee: Path, tmp_path: Path, options: tuple[str, ...]) -> None:
    assert run(flee, tmp_path / "out", *options).exit_code == 2
    assert not (tmp_path / "out").exists()


def test_what_is_there_is_kept(flee: Path, tmp_path: Path) -> None:
    result = run(flee, flee, "--first-day", "2030-01-01")
    assert isinstance(result.exception, BadInputError)
    assert (flee / "routes.csv").read_text() == ROUTES
    assert not (flee / "legs.csv").exists()


@pytest.mark.parametrize("arguments", [["--help"], ["flee", "--help"]])
def test_help_has_an_example(arguments: list[str]) -> None:
    assert "waystation import flee" in CliRunner().invoke(import_, arguments).stdout


def test_help_says_what_is_assumed() -> None:
    said = " ".join(CliRunner().invoke(import_, ["flee", "--help"]).stdout.split())
    assert "seven hours at 30 km/h" in said
    assert "marked as assumed" in said


def test_without_a_group_nothing_is_planned_and_it_is_said_why(flee: Path, tmp_path: Path) -> None:
    run(flee, tmp_path / "out", "--first-day", "2030-01-01")
    for arguments in ([], ["--all"], ["--group", "sample"]):
        result = CliRunner().invoke(plan, [str(tmp_path / "out"), *arguments])
        assert isinstance(result.exception, BadInputError)
        assert "add one to groups.csv" in str(result.exception)


def test_with_the_sample_group_a_plan_is_made(flee: Path, tmp_path: Path) -> None:
    run(flee, tmp_path / "out", "--first-day", "2030-01-01", "--sample-group", "Alder")
    result = CliRunner().invoke(plan, [str(tmp_path / "out"), "--json"])
    assert result.exit_code == 0, result.stderr
    answer = json.loads(result.stdout)
    # The border opens on day 10: 100 km and 50 km before and after it, each with its chance of interception.
    assert answer["frontier"][0]["arrive"] == pytest.approx(0.99**0.5 * 0.99, abs=2e-3)
    assert answer["plan"]["stages"][-1]["place"] == "Elm_Camp"
