import pytest

from tests.office import Office
from tests.unit.cases.people import entered
from waystation.audit.models import Entry
from waystation.cases.models import Case
from waystation.cases.queries import visible_cases
from waystation.cases.search import SEARCHED, find_cases
from waystation.store.tiers import Tier

pytestmark = pytest.mark.django_db


def found(office: Office, key: str, text: str) -> list[Case]:
    person, keyring = office.person(key), office.keyring(key)
    cases = visible_cases(person, keyring)
    return find_cases(keyring=keyring, person=person, cases=cases, text=text, at=office.later())


def test_a_name_is_found_in_any_script_by_those_who_may_open_it(office: Office) -> None:
    case = entered(office)
    entered(office, name="Somebody Else")
    for text in ("Pak", "pak un-ju", "박은주", "은주"):
        assert found(office, "caseworker", text) == [case], text
        assert found(office, "case_lead", text) == [case], text
    assert found(office, "director", "박은주") == []
    assert found(office, "finance", "박은주") == []


@pytest.mark.parametrize(
    ("text", "key"), [("northern", "director"), ("quiet room", "safeguarding"), ("northern", "caseworker")]
)
def test_places_and_notes_are_found_by_those_who_may_open_them(office: Office, text: str, key: str) -> None:
    assert found(office, key, text) == [entered(office)] or found(office, key, text)
    assert found(office, "finance", text) == []


def test_a_code_is_found_as_it_is_said(office: Office) -> None:
    case = entered(office)
    first, second = case.code.split("-")
    for text in (case.code, f"{first} {second}", f"{second}-{first}", f" {first.upper()}  {second} "):
        assert found(office, "finance", text) == [case], text


def test_the_log_tells_that_and_not_what_was_looked_for(office: Office) -> None:
    entered(office)
    before = Entry.objects.filter(kind="records.searched").count()
    found(office, "caseworker", "박은주")
    assert Entry.objects.filter(kind="records.searched").count() > before
    assert not Entry.objects.filter(kind="identity.opened").exists()


def test_every_part_is_searched_in_fields_of_its_own() -> None:
    sealed = Case.sealed_fields()
    assert {tier: {sealed[name].tier for name in names} for tier, names in SEARCHED.items()} == {
        tier: {tier} for tier in Tier
    }
