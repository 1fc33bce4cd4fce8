import pytest

from tests.office import Office
from tests.unit.cases.desk import asked, person
from waystation.accounts.errors import NotPermittedError
from waystation.audit.models import Entry
from waystation.cases.duplicates.entries import Asked, case_of_key, open_entries
from waystation.cases.index.index import index_of

pytestmark = pytest.mark.django_db


def test_a_key_begins_with_its_case(office: Office) -> None:
    case = asked(office)
    opened = open_entries(
        keyring=office.keyring("caseworker"), person=office.person("caseworker"), case=case, at=office.later()
    )
    assert {case_of_key(entry.key) for entry in opened} == {case.pk}


def test_one_case_is_opened_with_one_entry_that_names_each_field(office: Office) -> None:
    case = asked(office)
    person(office, case, names=[{"text": "박은주", "script": "hangul", "kind": "full"}])
    keyring, worker = office.keyring("caseworker"), office.person("caseworker")
    index = index_of(keyring)
    index.catch_up(worker, at=office.now)
    known = index.get(case.pk)
    assert known is not None
    opened = open_entries(keyring=keyring, person=worker, case=case, at=office.later())
    assert {entry.key: entry.values for entry in opened} == {entry.key: entry.values for entry in known.people}
    (entry,) = Entry.objects.filter(at=office.now)
    assert entry.kind == "identity.opened"
    safe = office.person("safeguarding")
    shown = open_entries(keyring=office.keyring("safeguarding"), person=safe, case=case, at=office.later())
    assert all(each.values["place"] == () for each in shown)
    with pytest.raises(NotPermittedError):
        open_entries(keyring=office.keyring("director"), person=office.person("director"), case=case, at=office.later())


def test_what_a_first_call_says_is_compared_without_what_is_empty() -> None:
    assert Asked("Pak", place=" ").entry().values == {"name": ("Pak",)}
