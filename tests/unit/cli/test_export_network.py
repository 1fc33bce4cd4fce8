"""The formats of the command that are about the network and not about one group."""

import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from waystation.cli.export import export
from waystation.formats.example import EXAMPLE
from waystation.formats.flee import read_flee
from waystation.kernel import BadInputError

SECRET = "zzsecretzz"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "network"
    place.mkdir()
    texts = dict(EXAMPLE)
    header, *rows = texts["legs.csv"].splitlines()
    texts["legs.csv"] = "\n".join([f"{header},km", *(f"{row},120" for row in rows), ""])
    for name, text in texts.items():
        (place / name).write_text(text, "utf-8")
    return place


def run(folder: Path, *arguments: object) -> Result:
    return CliRunner().invoke(export, [str(folder), *map(str, arguments)])


def test_geojson_and_graphml_go_to_standard_output_or_a_file(folder: Path, tmp_path: Path) -> None:
    for form in ("geojson", "graphml"):
        printed = run(folder, "--format", form)
        assert (printed.exit_code, printed.stderr) == (0, "")
        out = tmp_path / f"network.{form}"
        assert run(folder, "--format", form, "-o", out).exit_code == 0
        assert out.read_text("utf-8") == printed.stdout
    assert len(json.loads((tmp_path / "network.geojson").read_bytes())["features"]) == 5
    ET.parse(tmp_path / "network.graphml")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["network", "network.geojson", "network.graphml"]


def test_flee_is_a_folder_and_what_is_lost_is_said(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "flee"
    result = run(folder, "--format", "flee", "--out", out)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "lost: a one-way leg leads both ways: ab, bc" in result.stderr
    assert "lost: levels that close a leg are not kept: bc" in result.stderr
    assert sorted(path.name for path in out.iterdir()) == ["closures.csv", "locations.csv", "routes.csv"]
    network = read_flee(out).network
    assert network is not None
    assert [location.name for location in network.locations][1] == "A house on the way"


def test_flee_needs_a_folder_of_its_own(folder: Path, tmp_path: Path) -> None:
    assert "say with --out FOLDER" in run(folder, "--format", "flee").stderr
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    result = run(folder, "--format", "flee", "--out", folder)
    assert isinstance(result.exception, BadInputError)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_flee_needs_lengths(folder: Path, tmp_path: Path) -> None:
    (folder / "legs.csv").write_text(EXAMPLE["legs.csv"], "utf-8")
    result = run(folder, "--format", "flee", "--out", tmp_path / "flee")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "the leg ab has no length" in result.stderr
    assert "the leg bc has no length" in result.stderr
    assert "2 faults; nothing was exported" in result.stderr
    assert not (tmp_path / "flee").exists()


@pytest.mark.parametrize("form", ["geojson", "graphml", "flee"])
def test_a_network_has_no_group(folder: Path, tmp_path: Path, form: str) -> None:
    result = run(folder, "--format", form, "--group", "F1", "--budget", "5USD", "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert f"{form} is of the whole network; --group, --budget goes with drn and prism only." in result.stderr
    for name in ("groups.csv", "travellers.csv"):
        (folder / name).unlink()
    assert run(folder, "--format", form, "--out", tmp_path / "out").exit_code == 0


@pytest.mark.parametrize("form", ["geojson", "graphml", "flee"])
def test_a_folder_with_faults_is_status_two_and_nothing_is_written(folder: Path, tmp_path: Path, form: str) -> None:
    (folder / "legs.csv").write_text(EXAMPLE["legs.csv"].replace("A,B,car", "A,Q,cat"), "utf-8")
    result = run(folder, "--format", form, "--out", tmp_path / "out")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "legs.csv:2:6" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["network"]


def test_a_folder_in_the_place_of_a_file_is_bad_input(folder: Path, tmp_path: Path) -> None:
    result = run(folder, "--format", "geojson", "--out", folder)
    assert isinstance(result.exception, BadInputError)
    assert [path.name for path in tmp_path.iterdir()] == ["network"]


def with_secrets(folder: Path) -> None:
    """Put a word that may not leave into every cell, comment and note that is not about a place or a leg."""
    files = {
        "groups.csv": f"# {SECRET}\nid,place,consent_on,note,x_{SECRET}\n{SECRET},A,2026-10-05,{SECRET},{SECRET}\n",
        "travellers.csv": f"id,group,age_band,needs,note\n{SECRET}a,{SECRET},18-59,{SECRET},{SECRET}\n",
        "outcomes.csv": f"leg,date,party_size,outcome,regime,note\nab,2026-01-02,3,intercepted,{SECRET},{SECRET}\n",
        "observations.csv": f"condition,date,level,source\nriver,2026-11-18,high,{SECRET}\n",
        "budget.csv": f"fund,period,amount,restriction,note\n{SECRET},2027,987654,{SECRET},{SECRET}\n",
        "partners.csv": f"id,kind,note,x_a\nG1,guide,{SECRET},{SECRET}\n",
        "sources.csv": f"file,row,column,source,note\nplaces.csv,B,stay_cost,{SECRET},{SECRET}\n",
        "network.toml": f'# {SECRET}\nx_who = "{SECRET}"\n{EXAMPLE["network.toml"]}{SECRET} = "{SECRET}"\n',
    }
    for name in ("places.csv", "legs.csv"):
        header, *rows = (folder / name).read_text("utf-8").splitlines()
        lines = [f"# {SECRET}", f"{header},note,x_{SECRET}", *(f"{row},{SECRET},{SECRET}" for row in rows)]
        files[name] = "\n".join(lines) + "\n"
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")


@pytest.mark.parametrize("form", ["geojson", "graphml", "flee"])
def test_nothing_about_people_leaves(folder: Path, tmp_path: Path, form: str) -> None:
    plain = tmp_path / "plain"
    assert run(folder, "--format", form, "--out", plain).exit_code == 0
    with_secrets(folder)
    out = tmp_path / "out"
    result = run(folder, "--format", form, "--out", out)
    assert result.exit_code == 0, result.stderr
    for before, after in (
        [(plain, out)] if out.is_file() else zip(sorted(plain.iterdir()), sorted(out.iterdir()), strict=True)
    ):
        text = after.read_text("utf-8")
        assert SECRET not in text
        assert "987654" not in text
        assert text == before.read_text("utf-8")
    assert SECRET not in result.stdout + result.stderr


def test_help_says_what_never_leaves() -> None:
    said = " ".join(CliRunner().invoke(export, ["--help"]).stdout.split())
    assert "Travellers, groups, outcomes, observations, money, notes and free columns are never in it." in said
    assert "waystation export examples/mali --format geojson" in said
