"""Django's own database tests behave on the encrypted store as on plain SQLite, but for what is meant to differ."""

import json

import pytest
from tests.databases import django_suite
from tests.databases.django_suite import MEANT, Outcome, compare, differences, outcome

SAID = """
======================================================================
FAIL: test_one (queries.tests.Ones.test_one) [{}]
----------------------------------------------------------------------
======================================================================
ERROR: test_two (queries.tests.Twos.test_two)
----------------------------------------------------------------------
Ran 493 tests in 1.047s

FAILED (failures=1, errors=1, skipped=130)
"""


def test_what_a_run_said_is_read() -> None:
    found = outcome(SAID.format("empty='None'"))
    assert found == Outcome(
        493,
        frozenset({"test_one (queries.tests.Ones.test_one) [empty='None']", "test_two (queries.tests.Twos.test_two)"}),
    )


def test_a_run_that_broke_off_is_no_outcome() -> None:
    with pytest.raises(ValueError, match="broke off: ImportError"):
        outcome("ImportError: no module")


def test_a_difference_is_told_unless_it_is_meant() -> None:
    meant = next(iter(MEANT))
    assert differences(Outcome(3, frozenset("a")), Outcome(3, frozenset({"a", meant}))) == []
    assert differences(Outcome(3, frozenset("a")), Outcome(3, frozenset({"a", "b"}))) == ["b"]
    assert differences(Outcome(3, frozenset("a")), Outcome(3, frozenset())) == ["a"]
    assert differences(Outcome(3, frozenset({meant})), Outcome(3, frozenset())) == [meant]


@pytest.mark.long
def test_the_store_behaves_as_sqlite_does() -> None:
    try:
        plain, sealed = compare()
    except ConnectionError as error:
        pytest.skip(str(error))
    assert differences(plain, sealed) == []
    assert plain.ran == sealed.ran > 5000
    assert sealed.failed >= MEANT.keys(), "a difference that is listed as meant is gone: take it off the list"
    recorded = json.loads((django_suite.FOLDER / "result.json").read_text("utf-8"))
    assert recorded["difference"] == []
