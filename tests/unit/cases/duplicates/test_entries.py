from datetime import date

import pytest

from tests.office import Office
from tests.unit.cases.desk import asked, person
from tests.unit.cases.people import entered
from waystation.accounts.errors import NotPermittedError
from waystation.audit.models import Entry
from waystation.cases.duplicates.entries import Asked, case_of_key, open_entries, read_entries
from waystation.cases.models import Contact
from waystation.cases.services import set_contact, take_off_traveller

pytestmark = pytest.mark.django_db


def test_a_case_is_compared_by_whom_it_is_about_and_by_each_traveller(office: Office) -> None:
    case = asked(office)
    keyring = office.keyring("caseworker")
    birth = {"date": "1990-03", "precision": "month"}
    traveller = person(office, case, names=[{"text": "박은주", "script": "hangul", "kind": "full"}], birth=birth)
    gone = person(office, case)
    take_off_traveller(keyring=keyring, case=case, traveller_id=gone, at=office.later())
    set_contact(keyring=keyring, case=case, values={"way": "telephone", "address": "010-1234-5678"}, at=office.later())
    assert Contact.objects.count() == 1
    shared = {"place": ("the northern province",), "contact": ("the blue notebook", "010-1234-5678")}
    found = {entry.key: entry.values for entry in read_entries(keyring, [case], office.later())[case.pk]}
    assert found == {
        f"{case.pk}/case": {"name": ("Pak Un-ju 박은주",), "born": (), **shared},
        f"{case.pk}/{traveller}": {"name": ("박은주",), "born": ("1990-03",), **shared},
    }
    assert {case_of_key(key) for key in found} == {case.pk}


def test_a_long_description_is_no_place(office: Office) -> None:
    case = entered(office, name="Pak Un-ju", birth_date=date(1990, 3, 25), whereabouts="x" * 61)
    (entry,) = read_entries(office.keyring("caseworker"), [case], office.later())[case.pk]
    assert entry.values == {"name": ("Pak Un-ju",), "born": ("1990-03-25",), "place": (), "contact": ()}


def test_who_may_not_know_where_compares_by_the_rest_and_who_may_not_know_who_by_nothing(office: Office) -> None:
    case = asked(office)
    (entry,) = read_entries(office.keyring("safeguarding"), [case], office.later())[case.pk]
    assert entry.values["place"] == ()
    assert read_entries(office.keyring("director"), [case], office.later()) == {}


def test_the_log_tells_how_many_were_looked_through(office: Office) -> None:
    case = asked(office)
    read_entries(office.keyring("caseworker"), [case], office.later())
    assert Entry.objects.filter(kind="records.searched", at=office.now).exists()
    assert not Entry.objects.filter(kind="identity.opened", at=office.now).exists()


def test_one_case_is_opened_with_one_entry_that_names_each_field(office: Office) -> None:
    case = asked(office)
    person(office, case, names=[{"text": "박은주", "script": "hangul", "kind": "full"}])
    keyring, worker = office.keyring("caseworker"), office.person("caseworker")
    looked = read_entries(keyring, [case], office.later())[case.pk]
    opened = open_entries(keyring=keyring, person=worker, case=case, at=office.later())
    assert {entry.key: entry.values for entry in opened} == {entry.key: entry.values for entry in looked}
    (entry,) = Entry.objects.filter(at=office.now)
    assert entry.kind == "identity.opened"
    safe = office.person("safeguarding")
    shown = open_entries(keyring=office.keyring("safeguarding"), person=safe, case=case, at=office.later())
    assert all(each.values["place"] == () for each in shown)
    with pytest.raises(NotPermittedError):
        open_entries(keyring=office.keyring("director"), person=office.person("director"), case=case, at=office.later())


def test_what_a_first_call_says_is_compared_without_what_is_empty() -> None:
    assert Asked("Pak", place=" ").entry().values == {"name": ("Pak",)}
