import pytest

from tests.office import Office
from tests.unit.exchange.files import GOOD, imported, sheet
from waystation.audit.models import Entry
from waystation.exchange.importing.known import name_key, what_is_known


@pytest.mark.parametrize(
    ("one", "other"),
    [("Han Sol", "sol  HAN"), ("José-Álvaro", "alvaro jose"), ("김하늘", "김하늘"), ("Ann (Bell)", "bell, ann")],
)
def test_names_are_alike_without_case_marks_and_order(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


def test_different_names_stay_different() -> None:
    assert name_key("Han Sol") != name_key("Han Sal")
    assert name_key("김하늘") != name_key("김하눌")


def test_what_is_here_is_known_and_the_log_says_that_it_was_looked_through(office: Office) -> None:
    imported(office, sheet(GOOD))
    known = what_is_known(keyring=office.keyring("caseworker"), person=office.person("caseworker"), at=office.later())
    (case_id,) = known.values
    assert known.names[name_key("Invented Sky")] == [case_id]
    assert known.values[case_id] == {"name": "Sky Invented", "whereabouts": "the north"}
    assert known.references == {"r1": case_id}
    assert set(known.digests.values()) == set(known.codes.values()) == {case_id}
    assert Entry.objects.filter(kind="records.searched").exists()


def test_who_may_not_open_names_knows_none(office: Office) -> None:
    imported(office, sheet(GOOD))
    known = what_is_known(keyring=office.keyring("director"), person=office.person("director"), at=office.later())
    assert not known.names
    assert not known.digests
