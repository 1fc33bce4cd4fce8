import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.unit.continuity.conftest import WORDS, Home, empty_store, home  # noqa: F401 - fixtures

from waystation.cli.travel import travel
from waystation.kernel import BadInputError
from waystation.vault import WrongSecretError, device_from_json, open_device


@pytest.fixture(autouse=True)
def environment() -> Iterator[None]:
    before = dict(os.environ)
    yield
    os.environ.clear()
    os.environ.update(before)


def run(*arguments: object, typed: str = "") -> Result:
    return CliRunner().invoke(travel, list(map(str, arguments)), input=typed)


def opens(home: Home) -> bool:  # noqa: F811 - a fixture's name
    try:
        open_device(device_from_json((home.data / "device.json").read_text()), WORDS["caseworker"])
    except WrongSecretError:
        return False
    return True


def left(home: Home, parcel: Path) -> Result:  # noqa: F811
    return run("out", "--data", home.data, "--to", parcel, typed=WORDS["caseworker"] + "\n")


def test_out_and_back_by_shares(home: Home, tmp_path: Path) -> None:  # noqa: F811
    result = left(home, tmp_path / "parcel")
    assert result.exit_code == 0, result.output
    assert "no passphrase opens this device any more" in result.output
    assert "not touched" in result.output
    assert not opens(home)
    typed = "\n".join(home.office.shares[:3]) + "\n"
    assert run("give-back", tmp_path / "parcel", "--out", tmp_path / "back", "--shares", typed=typed).exit_code == 0
    result = run("back", tmp_path / "back", "--data", home.data, typed=WORDS["caseworker"] + "\n")
    assert result.exit_code == 0, result.output
    assert opens(home)


def test_the_home_office_gives_it_back_with_a_passphrase(home: Home, tmp_path: Path) -> None:  # noqa: F811
    before = (home.data / "device.json").read_bytes()
    left(home, tmp_path / "parcel")
    (home.data / "device.json").write_bytes(before)
    result = run(
        "give-back",
        tmp_path / "parcel",
        "--out",
        tmp_path / "back",
        "--data",
        home.data,
        typed=WORDS["case_lead"] + "\n",
    )
    assert result.exit_code == 0, result.output
    assert (tmp_path / "back").read_bytes() == before


def test_who_has_left_cannot_leave_again(home: Home, tmp_path: Path) -> None:  # noqa: F811
    left(home, tmp_path / "parcel")
    assert isinstance(left(home, tmp_path / "other").exception, BadInputError)
    assert not (tmp_path / "other").exists()


def test_another_file_does_not_go_back(home: Home, tmp_path: Path) -> None:  # noqa: F811
    (tmp_path / "back").write_text("{}")
    result = run("back", tmp_path / "back", "--data", home.data, typed=WORDS["caseworker"] + "\n")
    assert isinstance(result.exception, BadInputError)
    assert opens(home)


def test_programs_get_objects(home: Home, tmp_path: Path) -> None:  # noqa: F811
    given: tuple[str | Path, ...] = ("out", "--data", home.data, "--to", tmp_path / "parcel", "--json")
    told = json.loads(run(*given, typed=WORDS["caseworker"] + "\n").stdout)
    assert told == {"parcel": str(tmp_path / "parcel"), "copies_removed": 0, "written_over": True}
    given = ("give-back", tmp_path / "parcel", "--out", tmp_path / "back", "--shares", "--json")
    told = json.loads(run(*given, typed="\n".join(home.office.shares[:3]) + "\n").stdout)
    assert told == {"file": str(tmp_path / "back")}
    told = json.loads(
        run("back", tmp_path / "back", "--data", home.data, "--json", typed=WORDS["caseworker"] + "\n").stdout
    )
    assert set(told) == {"device"}
