from uuid import uuid4

import pytest
from tests.office import Office

from waystation.accounts.models import Team
from waystation.accounts.queries import team_names
from waystation.accounts.roles import Role
from waystation.accounts.services import make_team

pytestmark = pytest.mark.django_db


def test_a_team_is_made_renamed_and_closed(office: Office) -> None:
    client = office.client("director")
    assert client.post("/teams/add", {"name": "북쪽"}).status_code == 303
    team = Team.objects.get()
    assert client.post(f"/teams/{team.pk}/name", {"name": "남쪽"}).status_code == 303
    assert "남쪽" in client.get("/teams").content.decode()
    assert client.post(f"/teams/{team.pk}/close").status_code == 303
    assert team_names(office.keyring("director")) == {}
    assert client.post(f"/teams/{team.pk}/close").status_code == 404


def test_a_team_is_listed_with_its_people(office: Office) -> None:
    team = make_team(keyring=office.keyring("director"), name="North", at=office.later())
    office.admit("worker", "Vilma Example", [Role.CASEWORKER], team.pk)
    page = office.client("finance").get("/teams").content.decode()
    assert page.index("North") < page.index("Vilma Example") < page.index("No team: the office")


def test_a_team_with_people_is_not_closed(office: Office) -> None:
    team = make_team(keyring=office.keyring("director"), name="North", at=office.later())
    office.admit("worker", "W", [Role.CASEWORKER], team.pk)
    client = office.client("director")
    client.post(f"/teams/{team.pk}/close")
    assert "Somebody is still in this team" in client.get("/teams").content.decode()
    assert team_names(office.keyring("director")) == {team.pk: "North"}


@pytest.mark.parametrize("address", ["/teams/add", "name"])
def test_a_team_has_a_name(office: Office, address: str) -> None:
    team = make_team(keyring=office.keyring("director"), name="North", at=office.later())
    page = office.client("director").post(address if address != "name" else f"/teams/{team.pk}/name", {"name": " "})
    assert page.status_code == 422
    assert "Write a name." in page.content.decode()


def test_only_the_director_is_offered_to_make_one(office: Office) -> None:
    assert "/teams/add" not in office.client("case_lead").get("/teams").content.decode()


def test_a_team_that_is_not_there_is_not_found(office: Office) -> None:
    assert office.client("director").get(f"/teams/{uuid4()}/name").status_code == 404
