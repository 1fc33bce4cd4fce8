from typing import Any

import pytest
from django.urls import reverse
from tests.office import Office
from tests.unit.cases.desk import asked, person
from tests.unit.cases.people import page

from waystation.audit.models import Entry
from waystation.cases.models import Household, Traveller

pytestmark = pytest.mark.django_db
NAMES = {"name": "박은주", "name_1": "Pak Un-ju", "kind_1": "on_papers", "name_2": "", "kind_2": ""}


def test_a_person_is_added_in_the_planners_form_with_names_in_their_scripts(office: Office) -> None:
    client, case = office.client("caseworker"), asked(office)
    address = reverse("desk.traveller", args=[case.pk])
    assert client.post(address, NAMES).status_code == 422  # no age at all
    client.post(address, {**NAMES, "birth": "2024-05", "languages": "Korean, 中文", "needs": ["calm"]})
    row = Traveller.objects.select_related("record").get()
    told: Any = office.keyring("case_lead").open(row)
    assert told["names"] == [
        {"text": "박은주", "script": "hangul", "kind": "full"},
        {"text": "Pak Un-ju", "script": "latin", "kind": "on_papers"},
    ]
    assert (told["birth"], told["age_band"]) == ({"date": "2024-05", "precision": "month"}, "5-11")
    assert (told["languages"], told["needs"]) == (["Korean", "中文"], ["calm"])


def test_changing_somebody_opens_them_in_the_log_and_shows_lost_updates(office: Office) -> None:
    client, case = office.client("caseworker"), asked(office)
    address = reverse("desk.traveller_change", args=[case.pk, person(office, case)])
    shown = page(client.get(address))
    assert 'value="Han Sol"' in shown
    assert Entry.objects.filter(kind="identity.opened", signer=office.id("caseworker")).count() == 1
    given = {**NAMES, "age_band": "18-59", "version": "1"}
    assert client.post(address, given).status_code == 303
    late = office.client("case_lead").post(address, {**given, "name": "Another"})
    shown = page(late)
    assert (late.status_code, "A colleague changed the same thing" in shown) == (409, True)
    assert 'value="Another"' in shown  # typed here
    assert '<p dir="auto">박은주</p>' in shown  # saved by the colleague
    assert 'name="version" value="2"' in shown
    again = office.client("case_lead").post(address, {**given, "name": "Another", "version": "2"})
    assert again.status_code == 303  # having seen it, they decide


def test_who_travels_together_and_who_not(office: Office) -> None:
    client, case = office.client("caseworker"), asked(office)
    one, two = person(office, case), person(office, case, "75+")
    address = reverse("desk.household", args=[case.pk])
    assert "Person 2" in page(client.get(address))
    client.post(address, {"kind": "household", "members": [str(one), str(two)], "not_consenting": [str(two)]})
    assert Household.objects.count() == 1
    shown = page(client.get(reverse("cases.page", args=[case.pk])))
    assert "did not consent" in shown
    client.post(reverse("desk.traveller_off", args=[case.pk, two]))
    assert "did not consent" not in page(client.get(reverse("cases.page", args=[case.pk])))
    client.post(reverse("desk.traveller_on", args=[case.pk, two]))
    client.post(address, {"kind": "household", "members": [str(one), str(two)], "version": "1"})
    assert Household.objects.get().version == 2
