from django.test import Client
from django.urls import reverse
from tests.unit.continuity.conftest import Home

from waystation.continuity.models import Office
from waystation.continuity.office_card import card_of, card_to_text
from waystation.vault import OfficeKeys

OTHER = OfficeKeys(b"another office's secret, 32 byte")


def add(client: Client, card: str = "") -> int:
    return client.post(
        reverse("continuity.offices.add"), {"name": "South", "card": card or card_to_text(OTHER)}
    ).status_code


def test_an_office_is_added_by_one_and_confirmed_by_another(home: Home, director: Client, lead: Client) -> None:
    assert add(director) == 303
    office = Office.objects.get()
    address = reverse("continuity.offices.confirm", args=[office.pk])
    groups = card_of(OTHER).fingerprint
    page = lead.get(address).content.decode()
    assert all(group in page for group in groups[:6])
    assert groups[7] not in page
    assert groups[7] not in director.get(reverse("continuity.offices")).content.decode()
    assert lead.post(address, {"typed": "1"}).status_code == 422
    assert director.post(address, {"typed": "".join(groups[6:])}).status_code == 422
    assert lead.post(address, {"typed": f"{groups[6]} {groups[7]}"}).status_code == 303
    page = director.get(reverse("continuity.offices")).content.decode()
    assert groups[7] in page
    assert "South" in page
    assert lead.get(address).status_code == 404


def test_a_bad_card_comes_back_with_what_was_typed(home: Home, director: Client) -> None:
    answer = director.post(reverse("continuity.offices.add"), {"name": "South", "card": "no card"})
    assert answer.status_code == 422
    assert "no card" in answer.content.decode()


def test_a_removed_office_is_gone(home: Home, director: Client) -> None:
    add(director)
    address = reverse("continuity.offices.remove", args=[Office.objects.get().pk])
    assert director.post(address).status_code == 303
    assert "South" not in director.get(reverse("continuity.offices")).content.decode()
    assert director.post(address).status_code == 404


def test_the_own_card_is_shown(home: Home, director: Client) -> None:
    page = director.get(reverse("continuity.offices")).content.decode()
    assert all(group in page for group in card_of(home.here().office).fingerprint)
    assert "waystation_office" in page
