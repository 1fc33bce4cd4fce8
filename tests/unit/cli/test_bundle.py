import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.unit.continuity.conftest import WORDS, Home, empty_store, home  # noqa: F401 - fixtures

from waystation.cli.bundle import bundle
from waystation.continuity.office_card import card_of, card_to_text
from waystation.continuity.offices import add_office, confirm_office
from waystation.kernel import BadInputError
from waystation.vault import OfficeKeys

OTHER = OfficeKeys(b"another office's secret, 32 byte")


@pytest.fixture(autouse=True)
def environment() -> Iterator[None]:
    before = dict(os.environ)
    yield
    os.environ.clear()
    os.environ.update(before)


def run(home: Home, *arguments: object) -> Result:  # noqa: F811 - a fixture's name
    given = [*map(str, arguments), "--data", str(home.data)]
    return CliRunner().invoke(bundle, given, input=WORDS["case_lead"] + "\n")


def test_a_bundle_goes_to_the_office_that_is_named(home: Home, tmp_path: Path) -> None:  # noqa: F811
    office = add_office(here=home.here(), name="South", card_text=card_to_text(OTHER), at=home.later())
    typed = "".join(card_of(OTHER).fingerprint[-2:])
    confirm_office(here=home.here("case_lead"), office_id=office.pk, typed=typed, at=home.later())
    code = home.case().code
    result = run(home, "out", code, "--office", "South", "--to", tmp_path / "b.age")
    assert result.exit_code == 0, result.output
    assert "bundle 1, 1 records" in result.output
    assert (tmp_path / "b.age").read_bytes().startswith(b"age-encryption.org/v1")
    told = json.loads(run(home, "out", code, "--office", "South", "--to", tmp_path / "a.age", "--json").stdout)
    assert (told["sequence"], told["records"], told["left_out"]) == (2, 1, 0)
    for wrong in (("no-such", "South", "c.age"), (code, "North", "c.age"), (code, "South", "b.age")):
        result = run(home, "out", wrong[0], "--office", wrong[1], "--to", tmp_path / wrong[2])
        assert isinstance(result.exception, BadInputError)
    assert not (tmp_path / "c.age").exists()


def test_what_is_no_bundle_is_refused(home: Home, tmp_path: Path) -> None:  # noqa: F811
    (tmp_path / "b.age").write_bytes(b"hello")
    assert isinstance(run(home, "in", tmp_path / "b.age").exception, BadInputError)
