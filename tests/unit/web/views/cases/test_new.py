import pytest
from django.urls import reverse
from tests.office import Office
from tests.unit.cases.people import entered, page, read

from waystation.accounts.models import Organisation
from waystation.audit.models import Entry
from waystation.cases.models import Case

pytestmark = pytest.mark.django_db

NEW = {
    "enter": "1",
    "name": "Pak Un-ju",
    "party_size": "2",
    "urgency": "now",
    "needs": ["child"],
    "whereabouts": "",
    "note": "",
}


def test_one_searches_first(office: Office) -> None:
    answer = office.client("caseworker").get(reverse("cases.new"))
    shown = page(answer)
    assert "so that nobody is entered twice" in shown
    assert 'name="party_size"' not in shown


def test_what_was_found_is_in_sight_and_the_name_goes_on(office: Office) -> None:
    there = entered(office, name="Pak Un-ju")
    answer = office.client("caseworker").post(reverse("cases.new"), {"text": "Un-ju"})
    shown = page(answer)
    assert there.code in shown
    assert 'value="Un-ju"' in shown
    assert 'name="party_size"' in shown
    assert not Entry.objects.filter(kind="identity.opened").exists()


def test_nobody_found_says_so(office: Office) -> None:
    assert "Nobody like that" in page(office.client("caseworker").post(reverse("cases.new"), {"text": "Nobody Here"}))


def test_a_case_is_entered_and_its_code_said(office: Office) -> None:
    client = office.client("caseworker")
    answer = client.post(reverse("cases.new"), NEW)
    case = Case.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, reverse("cases.page", args=[case.pk]))
    assert case.code in page(client.get(answer["Location"]))
    assert read(office, case, "case_lead", "name", "party_size", "needs", "note") == {
        "name": "Pak Un-ju",
        "party_size": 2,
        "needs": ["child"],
        "note": None,
    }


def test_faults_come_back_with_what_was_typed(office: Office) -> None:
    answer = office.client("caseworker").post(
        reverse("cases.new"), NEW | {"name": "", "party_size": "0", "note": "kept"}
    )
    shown = page(answer)
    assert answer.status_code == 422
    assert "2 things to put right" in shown
    assert "kept" in shown
    assert not Case.objects.exists()


def test_an_empty_search_is_a_fault(office: Office) -> None:
    assert office.client("caseworker").post(reverse("cases.new"), {"text": "  "}).status_code == 422


@pytest.mark.parametrize("key", ["director", "safeguarding", "field_officer", "finance", "communications", "auditor"])
def test_who_may_not_enter_cases(office: Office, key: str) -> None:
    client = office.client(key)
    assert client.get(reverse("cases.new")).status_code == 403
    assert client.post(reverse("cases.new"), NEW).status_code == 403
    assert not Case.objects.exists()


def test_nothing_is_entered_before_the_shares_were_typed_back(office: Office) -> None:
    Organisation.objects.update(recovery_confirmed_at=None)
    client = office.client("caseworker")
    for answer in (client.get(reverse("cases.new")), client.post(reverse("cases.new"), NEW)):
        assert answer.status_code in {303, 403}
    assert not Case.objects.exists()
