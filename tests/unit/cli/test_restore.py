import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.unit.continuity.conftest import WORDS, Home, empty_store, home, names_in  # noqa: F401 - fixtures

from waystation.cli.restore import restore
from waystation.continuity.backup import make_backup
from waystation.kernel import BadInputError
from waystation.vault import device_from_json


@pytest.fixture(autouse=True)
def environment() -> Iterator[None]:
    before = dict(os.environ)
    yield
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture
def store(home: Home) -> Path:  # noqa: F811 - a fixture's name
    home.case()
    return make_backup(here=home.here(), at=home.later()).shelved.store


def run(*arguments: object, typed: str = "") -> Result:
    return CliRunner().invoke(restore, list(map(str, arguments)), input=typed)


def test_a_passphrase_restores_it(store: Path, tmp_path: Path) -> None:
    result = run(store, "--data", tmp_path / "new", typed=WORDS["caseworker"] + "\n")
    assert result.exit_code == 0, result.output
    assert "all checked" in result.output
    assert WORDS["caseworker"] not in result.output
    assert {"device.json", "store.db", "files"} <= set(names_in(tmp_path / "new"))


def test_three_shares_from_a_file_or_the_prompt_restore_it(home: Home, store: Path, tmp_path: Path) -> None:  # noqa: F811
    three = "\n".join(home.office.shares[1:4]) + "\n"
    (tmp_path / "shares").write_text(three)
    told = json.loads(run(store, "--data", tmp_path / "one", "--shares-file", tmp_path / "shares", "--json").output)
    assert told["records_without_keys"] == 0
    assert told["tables"]["cases_case"] == 1
    store.with_name(store.name.replace("store", "device").replace("age", "json")).unlink()
    result = run(store, "--data", tmp_path / "two", "--shares", typed=three)
    assert result.exit_code == 0, result.output
    assert home.office.shares[1] not in result.output


def test_a_mistyped_share_is_named_by_its_number(home: Home, store: Path, tmp_path: Path) -> None:  # noqa: F811
    words = list(home.office.shares[:3])
    words[1] = words[1].replace(words[1].split()[5], "academic", 1) + " x"
    result = run(store, "--data", tmp_path / "new", "--shares", typed="\n".join(words) + "\n")
    assert isinstance(result.exception, BadInputError)
    assert "share 2" in str(result.exception)
    assert not (tmp_path / "new").exists()


def test_only_me_makes_a_new_device(home: Home, store: Path, tmp_path: Path) -> None:  # noqa: F811
    assert run(store, "--data", tmp_path / "new", "--only-me", typed=WORDS["director"] + "\n").exit_code == 0
    one, two = (device_from_json((folder / "device.json").read_text()) for folder in (home.data, tmp_path / "new"))
    assert one.device_id != two.device_id
    assert isinstance(run(store, "--data", tmp_path / "x", "--only-me", "--shares").exception, BadInputError)


def test_without_the_device_file_it_says_what_to_do(store: Path, tmp_path: Path) -> None:
    store.with_name(store.name.replace("store", "device").replace("age", "json")).unlink()
    result = run(store, "--data", tmp_path / "new")
    assert isinstance(result.exception, BadInputError)
    assert "--shares" in str(result.exception)


def test_what_is_wrong_is_bad_input_and_makes_nothing(store: Path, tmp_path: Path) -> None:
    assert isinstance(run(store, "--data", tmp_path / "new", typed="wrong words\n").exception, BadInputError)
    store.write_bytes(store.read_bytes()[:-9])
    result = run(store, "--data", tmp_path / "new", typed=WORDS["director"] + "\n")
    assert isinstance(result.exception, BadInputError)
    assert not (tmp_path / "new").exists()
