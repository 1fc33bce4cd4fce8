from datetime import date

import pytest

from tests.office import Office
from tests.unit.cases.desk import asked, person
from tests.unit.cases.people import entered
from waystation.cases.index.index import index_of
from waystation.cases.index.people import COMPARED, people_of
from waystation.cases.index.reading import LOOKED
from waystation.cases.models import Case, Contact
from waystation.cases.services import set_contact, take_off_traveller
from waystation.matching.entry import Entry

pytestmark = pytest.mark.django_db


def known_of(office: Office, key: str, case: Case) -> tuple[Entry, ...]:
    index = index_of(office.keyring(key))
    index.catch_up(office.person(key), at=office.later())
    known = index.get(case.pk)
    assert known is not None
    return known.people


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
    assert {entry.key: entry.values for entry in known_of(office, "caseworker", case)} == {
        f"{case.pk}/case": {"name": ("Pak Un-ju 박은주",), "born": (), **shared},
        f"{case.pk}/{traveller}": {"name": ("박은주",), "born": ("1990-03",), **shared},
    }


def test_a_long_description_is_no_place(office: Office) -> None:
    case = entered(office, name="Pak Un-ju", birth_date=date(1990, 3, 25), whereabouts="x" * 61)
    (entry,) = known_of(office, "caseworker", case)
    assert entry.values == {"name": ("Pak Un-ju",), "born": ("1990-03-25",), "place": (), "contact": ()}


def test_who_may_not_know_where_compares_by_the_rest_and_who_may_not_know_who_by_nothing(office: Office) -> None:
    case = asked(office)
    (entry,) = known_of(office, "safeguarding", case)
    assert entry.values["place"] == ()
    assert known_of(office, "director", case) == ()


def test_all_that_is_compared_is_read() -> None:
    read = {(each.model, each.field) for each in LOOKED}
    assert {(model, name) for model, names in COMPARED.items() for name in names} <= read


def test_nobody_without_a_name_is_compared(office: Office) -> None:
    case = asked(office)
    assert people_of(case.pk, {Contact: {case.pk: {"address": "010-1234-5678"}}}) == ()
