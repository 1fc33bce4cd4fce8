"""The example that was imported: what the command gives, byte by byte, and what its page says of it."""

import csv
import json
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from waystation.cli.check import check
from waystation.cli.export import export
from waystation.cli.import_ import import_
from waystation.cli.plan import plan
from waystation.formats import read_folder
from waystation.formats.flee import read_flee
from waystation.formats.writer import normal_form

ROOT = Path(__file__).parents[2]
MALI = ROOT / "examples" / "mali"
PUBLISHED = ROOT.parent / "shared" / "external" / "flee"
COPIES = {"mali2012": (23, 70), "ssudan2013": (51, 120)}
WORDS = {
    *(
        "id",
        "kind",
        "name",
        "region",
        "country",
        "may_wait",
        "may_stop",
        "note",
        "from",
        "to",
        "mode",
        "place",
        "group",
    ),
    *("x_flee_population", "x_flee_conflict_day", "x_flee_type", "x_flee_country", "x_flee_forced"),
}


def published(name: str) -> Path:
    """Return a folder of Flee's, or skip the test where it is not at hand."""
    folder = PUBLISHED / name
    if not folder.is_dir():
        pytest.skip(f"Flee's published folder {name} is not beside the checkout (shared/external/flee)")
    return folder


def command() -> list[str]:
    """Return the arguments with which the page says the folder was made."""
    line = next(line for line in (MALI / "README.md").read_text("utf-8").splitlines() if "waystation import" in line)
    return shlex.split(line)[2:]


def test_the_command_on_the_page_gives_this_folder(tmp_path: Path) -> None:
    kind, folder, _, *options = command()
    result = CliRunner().invoke(import_, [kind, str(published(folder)), str(tmp_path / "out"), *options])
    assert (result.exit_code, result.stderr) == (0, "")
    made = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    kept = {path.name: path.read_bytes() for path in MALI.iterdir() if path.suffix in {".csv", ".toml"}}
    assert made == kept


@pytest.mark.parametrize("name", sorted(COPIES))
def test_a_published_folder_comes_back(name: str, tmp_path: Path) -> None:
    flee = read_flee(published(name)).network
    assert flee is not None
    made, back = tmp_path / "made", tmp_path / "back"
    result = CliRunner().invoke(import_, ["flee", str(published(name)), str(made)])
    assert result.exit_code == 0, result.stderr
    places, legs = COPIES[name]
    assert f"{places} places, {legs} legs" in result.stdout
    assert CliRunner().invoke(check, [str(made)]).exit_code == 0
    assert read_folder(made).warnings == ()
    assert CliRunner().invoke(export, [str(made), "--format", "flee", "--out", str(back)]).exit_code == 0
    again = read_flee(back).network
    assert again is not None
    assert again.routes == flee.routes
    assert set(again.closures) == set(flee.closures)
    for was, now in zip(flee.locations, again.locations, strict=True):
        assert now.latitude == round(was.latitude)
        assert now.longitude == round(was.longitude)
        assert (now.name, now.region, now.country, now.type) == (was.name, was.region, was.country, was.type)
        assert (now.conflict_day, now.population) == (was.conflict_day, was.population)


def test_the_folder_has_no_fault_and_is_in_normal_form() -> None:
    reading = read_folder(MALI)
    assert (reading.faults, reading.warnings) == ((), ())
    for name, content in normal_form(reading.tables).items():
        assert (MALI / name).read_bytes() == content, name


def test_places_lie_on_whole_degrees_and_nothing_is_operational() -> None:
    for path in MALI.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                assert all(re.fullmatch(r"-?[0-9]+", row[name]) for name in ("lat", "lon") if name in row)
                assert not any(re.search(r"@|https?:|[0-9]{8,}", text) for text in row.values())


def test_every_number_says_where_it_comes_from() -> None:
    tables = read_folder(MALI).tables
    named = {(row["file"], row["row"], row["column"]) for row in tables.rows("sources.csv")}
    needed = {
        (sheet.table.file, row["id"], column)
        for sheet in tables
        if sheet.table.has_ids
        for row in sheet.rows
        for column in (*sheet.columns, *sheet.extra)
        if row.cells[column].text and column not in WORDS
    }
    assert len(needed) > 600
    assert named == needed | {("network.toml", "as_of", None)}


def test_the_licence_of_the_files_is_beside_them() -> None:
    licence = (MALI / "LICENSE-FabFlee").read_text("utf-8")
    assert "BSD 3-Clause License" in licence
    assert "Copyright (c) 2018, Derek Groen" in licence


@pytest.mark.parametrize(
    ("start", "camp", "least"), [("2012-02-29", "Fassala-Mbera", 0.89), ("2012-04-02", "Tabareybarey", 0.93)]
)
def test_the_plan_is_the_one_the_page_tells(start: str, camp: str, least: float) -> None:
    result = CliRunner().invoke(plan, [str(MALI), "--start", start, "--json"])
    assert result.exit_code == 0, result.stderr
    answer = json.loads(result.stdout)
    safest = answer["frontier"][0]
    assert (answer["chosen"], safest["name"], safest["cost_max"]) == ("safest", "safest", "0.00")
    assert least < safest["arrive"] < least + 0.01
    assert [stage["place"] for stage in answer["plan"]["stages"] if stage["on_main_line"]][-1] == camp
