from uuid import uuid4

import pytest
from tests.office import Office

from waystation.accounts.services import make_team
from waystation.config.device_file import read_device
from waystation.store.tiers import Tier
from waystation.vault import has_slot

pytestmark = pytest.mark.django_db


def test_a_person_is_shown_with_roles_and_keys_in_common(office: Office) -> None:
    page = office.client("finance").get(f"/people/{office.id('caseworker')}").content.decode()
    assert "Bounmy Phetsavong" in page
    assert "Caseworker" in page
    assert "1 part of a record that you can open as well" in page


def test_only_the_director_is_offered_to_change_and_remove(office: Office) -> None:
    address = f"/people/{office.id('caseworker')}"
    for key, offered in (("director", True), ("case_lead", False)):
        page = office.client(key).get(address).content.decode()
        assert (f"{address}/roles" in page, f"{address}/remove" in page) == (offered, offered)


def test_nobody_is_offered_to_remove_themselves(office: Office) -> None:
    address = f"/people/{office.id('director')}"
    assert f"{address}/remove" not in office.client("director").get(address).content.decode()


def test_an_id_that_is_nobodys_is_not_found(office: Office) -> None:
    client = office.client("director")
    for page in ("", "/roles", "/remove"):
        assert client.get(f"/people/{uuid4()}{page}").status_code == 404


def test_roles_and_team_are_changed(office: Office) -> None:
    team = make_team(keyring=office.keyring("director"), name="North", at=office.later())
    address = f"/people/{office.id('caseworker')}"
    response = office.client("director").post(f"{address}/roles", {"roles": ["case_lead"], "team": str(team.pk)})
    assert (response.status_code, response["Location"]) == (303, address)
    assert office.person("caseworker").roles == ["case_lead"]
    assert office.person("caseworker").team_id == team.pk


def test_the_last_director_is_told_why_not(office: Office) -> None:
    page = office.client("director").post(f"/people/{office.id('director')}/roles", {"roles": ["finance"], "team": ""})
    assert page.status_code == 422
    assert "Nobody else could do their work" in page.content.decode()


def test_removal_says_what_it_does_and_what_it_cannot_do(office: Office) -> None:
    page = office.client("director").get(f"/people/{office.id('finance')}/remove").content.decode()
    assert "cannot recall what was already read or copied" in page
    assert office.person("finance").active


def test_the_removed_lose_their_place_on_this_device(office: Office) -> None:
    office.client("finance")
    client = office.client("director")
    response = client.post(f"/people/{office.id('finance')}/remove")
    assert response.status_code == 303
    assert not office.person("finance").active
    opened = client.desk.opened
    assert opened is not None
    assert not has_slot(read_device(client.desk.folder), opened.store_key, office.id("finance"))
    assert client.get(f"/people/{office.id('finance')}/remove").status_code == 404


def test_who_was_removed_meanwhile_sees_nothing_more(office: Office) -> None:
    former = office.client("finance")
    office.client("director").post(f"/people/{office.id('finance')}/remove")
    assert former.get("/people").status_code == 303


def test_keys_that_are_owed_are_said_to_be(office: Office) -> None:
    office.keyring("case_lead").create_record(
        kind="case",
        recipients={office.id("caseworker"): {Tier.IDENTITY}},
        at=office.later(),
    )
    client = office.client("director")
    client.post(f"/people/{office.id('caseworker')}/remove")
    assert "wait for new keys" in client.get("/people").content.decode()


def test_the_last_reader_of_the_log_is_not_removed(office: Office) -> None:
    client = office.client("director")
    client.post(f"/people/{office.id('safeguarding')}/remove")
    page = client.post(f"/people/{office.id('auditor')}/remove")
    assert page.status_code == 422
    assert office.person("auditor").active
