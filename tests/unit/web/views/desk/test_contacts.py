from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from tests.office import Office
from tests.unit.cases.desk import asked, person
from tests.unit.cases.people import page

from waystation.cases.models import Contact
from waystation.cases.services import attach_file
from waystation.store.tiers import Tier

pytestmark = pytest.mark.django_db


def test_an_address_stays_closed_until_identities_are_opened(office: Office) -> None:
    client, case = office.client("caseworker"), asked(office)
    told: dict[str, Any] = {
        "way": "telephone",
        "address": "the third number",
        "safe_time": "at noon",
        "whose": "an aunt",
    }
    client.post(reverse("desk.contact", args=[case.pk]), told)
    row = Contact.objects.get()
    shown = page(client.get(reverse("cases.page", args=[case.pk])))
    assert ("the third number" in shown, "at noon" in shown) == (False, True)
    assert "the third number" in page(client.post(reverse("cases.reveal.identity", args=[case.pk])))
    address = reverse("desk.contact_change", args=[case.pk, row.pk])
    assert "the third number" in page(client.get(address))
    client.post(address, {**told, "safe_time": "never", "version": "1"})
    client.post(reverse("desk.contact_off", args=[case.pk, row.pk]))
    assert "never" not in page(client.get(reverse("cases.page", args=[case.pk])))
    client.post(reverse("desk.contact_on", args=[case.pk, row.pk]))
    assert "never" in page(client.get(reverse("cases.page", args=[case.pk])))


def test_a_file_says_what_it_is_and_about_whom(office: Office) -> None:
    client, case = office.client("caseworker"), asked(office)
    child, keyring = person(office, case, "5-11"), office.keyring("caseworker")
    source = BytesIO(b"x")
    file = attach_file(keyring=keyring, case=case, tier=Tier.WELFARE, source=source, name="x.jpg", at=office.later())
    address = reverse("desk.document", args=[case.pk, file.pk])
    assert client.get(address).status_code == 200
    client.post(address, {"kind": "birth", "traveller": str(child)})
    assert "birth certificate · Person 1 · 5 to 11" in page(client.get(reverse("cases.page", args=[case.pk])))
    assert client.get(reverse("desk.document", args=[case.pk, child])).status_code == 404
