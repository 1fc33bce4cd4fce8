import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.unit.continuity.conftest import WORDS, Home, empty_store, home, names_in  # noqa: F401 - fixtures

from waystation.cli.backup import backup
from waystation.kernel import BadInputError, RuleRefusedError


@pytest.fixture
def words(tmp_path: Path) -> Iterator[Path]:
    before = dict(os.environ)
    path = tmp_path / "words"
    path.write_text(WORDS["director"] + "\n")
    yield path
    os.environ.clear()
    os.environ.update(before)


def run(home: Home, words: Path, *more: str) -> Result:  # noqa: F811 - a fixture's name
    return CliRunner().invoke(backup, ["--data", str(home.data), "--passphrase-file", str(words), *more])


def test_it_names_its_three_files(home: Home, words: Path) -> None:  # noqa: F811
    result = run(home, words)
    assert result.exit_code == 0, result.output
    assert all(name in result.output for name in names_in(home.data / "backups"))


def test_if_due_it_is_made_once_a_day(home: Home, words: Path, tmp_path: Path) -> None:  # noqa: F811
    there = str(tmp_path / "stick")
    assert json.loads(run(home, words, "--to", there, "--if-due", "--json").output)["made"] is True
    assert json.loads(run(home, words, "--to", there, "--if-due", "--json").output) == {"made": False}
    assert "no backup is due" in run(home, words, "--to", there, "--if-due").output
    assert len(names_in(tmp_path / "stick")) == 3


def test_a_wrong_passphrase_is_bad_input(home: Home, words: Path) -> None:  # noqa: F811
    words.write_text("none of these words is right here")
    result = run(home, words)
    assert isinstance(result.exception, BadInputError)
    assert "none of these" not in str(result.exception)


def test_who_may_not_is_refused(home: Home, words: Path) -> None:  # noqa: F811
    home.office.opened["caseworker"]
    words.write_text(WORDS["caseworker"])
    assert run(home, words).exit_code == 0
    from waystation.accounts.models import Person

    Person.objects.filter(pk=home.office.id("caseworker")).update(roles=["finance"])
    assert isinstance(run(home, words).exception, RuleRefusedError)


def test_the_passphrase_is_asked_for_and_not_shown(home: Home, words: Path) -> None:  # noqa: F811
    result = CliRunner().invoke(backup, ["--data", str(home.data)], input=WORDS["director"] + "\n")
    assert result.exit_code == 0, result.output
    assert WORDS["director"] not in result.output
