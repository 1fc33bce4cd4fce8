import pytest
from tests.office import Office

from waystation.accounts.errors import NotPermittedError
from waystation.accounts.queries import team_names
from waystation.accounts.roles import Role
from waystation.accounts.services import close_team, make_team, rename_team
from waystation.kernel import BadInputError, RuleRefusedError

pytestmark = pytest.mark.django_db


def test_teams_are_made_renamed_and_closed(office: Office) -> None:
    director = office.keyring("director")
    team = make_team(keyring=director, name="  북쪽 ", at=office.later())
    assert team_names(office.keyring("caseworker")) == {team.pk: "북쪽"}
    rename_team(keyring=director, team=team, name="South", at=office.later())
    assert team_names(director) == {team.pk: "South"}
    close_team(keyring=director, team=team, at=office.later())
    assert team_names(director) == {}


def test_a_team_with_people_stays_open(office: Office) -> None:
    team = make_team(keyring=office.keyring("director"), name="North", at=office.later())
    office.admit("worker", "W", [Role.CASEWORKER], team.pk)
    with pytest.raises(RuleRefusedError):
        close_team(keyring=office.keyring("director"), team=team, at=office.later())


def test_a_team_has_a_name(office: Office) -> None:
    director = office.keyring("director")
    with pytest.raises(BadInputError):
        make_team(keyring=director, name=" ", at=office.later())
    team = make_team(keyring=director, name="North", at=office.later())
    with pytest.raises(BadInputError):
        rename_team(keyring=director, team=team, name="", at=office.later())


def test_only_a_director_makes_teams(office: Office) -> None:
    for key in set(office.opened) - {"director"}:
        with pytest.raises(NotPermittedError):
            make_team(keyring=office.keyring(key), name="North", at=office.later())
