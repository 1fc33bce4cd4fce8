import json
import os
from collections.abc import Iterator

import pytest
from click.testing import CliRunner, Result
from tests.unit.continuity.conftest import WORDS, Home, empty_store, home  # noqa: F401 - fixtures

from waystation.cli.drill import drill
from waystation.continuity.backup import make_backup


@pytest.fixture(autouse=True)
def environment() -> Iterator[None]:
    before = dict(os.environ)
    yield
    os.environ.clear()
    os.environ.update(before)


def run(home: Home, *more: str) -> Result:  # noqa: F811 - a fixture's name
    return CliRunner().invoke(drill, ["--data", str(home.data), *more], input=WORDS["director"] + "\n")


def test_a_good_drill_ends_with_0(home: Home) -> None:  # noqa: F811
    home.case()
    make_backup(here=home.here(), at=home.later())
    result = run(home)
    assert result.exit_code == 0, result.output
    assert "all is equal" in result.output
    told = json.loads(run(home, "--json").stdout)
    assert (told["ok"], told["findings"], told["tables"]["cases_case"]) == (True, [], 1)


def test_a_drill_that_is_not_good_ends_with_1(home: Home) -> None:  # noqa: F811
    result = run(home)
    assert result.exit_code == 1
    assert "There is no backup" in result.output
