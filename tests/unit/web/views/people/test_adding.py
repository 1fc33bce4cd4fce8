import re

import pytest
from django.test import Client
from tests.office import Office

from waystation.accounts.models import Person
from waystation.config.device_file import read_device
from waystation.vault import has_slot, open_device
from waystation.web.views.people.adding import NEWCOMER

pytestmark = pytest.mark.django_db
FORM = {"name": "Nguyễn Văn Test", "roles": ["caseworker"], "team": "", "language": "ko"}


def begun(office: Office, **changes: object) -> Client:
    client = office.client("director")
    response = client.post("/people/add", {**FORM, **changes})
    assert (response.status_code, response["Location"]) == (303, "/people/add/words")
    return client


def answers(client: Client, *, wrong: bool = False) -> dict[str, str]:
    newcomer = client.session[NEWCOMER]
    words = newcomer["passphrase"].split()
    return {f"word{place}": "wrong" if wrong else f" {words[place].upper()} " for place in newcomer["places"]}


def test_somebody_is_admitted_when_two_words_were_typed_back(office: Office) -> None:
    client = begun(office)
    page = client.get("/people/add/words").content.decode()
    passphrase = client.session[NEWCOMER]["passphrase"]
    assert all(word in page for word in passphrase.split())
    assert Person.objects.count() == 8, "nobody is admitted before the words are typed"
    response = client.post("/people/add/words", answers(client))
    person = Person.objects.get(language="ko")
    assert (response.status_code, response["Location"]) == (303, f"/people/{person.pk}")
    assert (person.roles, person.language) == (["caseworker"], "ko")
    opened = open_device(read_device(client.desk.folder), passphrase)  # type: ignore[attr-defined] # a SeatedClient
    assert opened.identity.person_id == person.pk


def test_the_passphrase_is_shown_for_this_once(office: Office) -> None:
    client = begun(office)
    passphrase = client.session[NEWCOMER]["passphrase"]
    client.post("/people/add/words", answers(client))
    assert NEWCOMER not in client.session
    assert client.get("/people/add/words")["Location"] == "/people/add"
    assert len(passphrase.split()) >= 6


def test_wrong_words_admit_nobody(office: Office) -> None:
    client = begun(office)
    response = client.post("/people/add/words", answers(client, wrong=True))
    assert response.status_code == 422
    assert Person.objects.count() == 8


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"name": " "}, "Write a name."),
        ({"roles": []}, "Choose at least one role."),
        ({"roles": ["director", "safeguarding"]}, "These roles may not go together"),
        ({"roles": ["auditor", "finance"]}, "These roles may not go together"),
        ({"roles": ["superuser"]}, "superuser"),
        ({"team": "00000000-0000-0000-0000-000000000001"}, "form-label"),
    ],
    ids=str,
)
def test_mistakes_are_told_beside_their_field_and_the_rest_is_kept(
    office: Office, change: dict[str, object], told: str
) -> None:
    client = office.client("director")
    page = client.post("/people/add", {**FORM, **change})
    assert page.status_code == 422
    assert told in page.content.decode()
    assert change.get("name") or "Nguyễn Văn Test" in page.content.decode()
    assert NEWCOMER not in client.session


def test_if_the_person_cannot_be_admitted_the_device_has_no_place_for_them(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = begun(office)
    person_id = client.session[NEWCOMER]["id"]

    def fails(**_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("waystation.web.views.people.adding.admit_person", fails)
    client.raise_request_exception = False
    assert client.post("/people/add/words", answers(client)).status_code == 500
    desk = client.desk  # type: ignore[attr-defined] # a SeatedClient
    from uuid import UUID

    assert not has_slot(read_device(desk.folder), desk.opened.store_key, UUID(person_id))


def test_two_words_at_random_places_are_asked_for(office: Office) -> None:
    client = begun(office)
    page = client.get("/people/add/words").content.decode()
    assert len(set(re.findall(r'name="word(\d+)"', page))) == 2
