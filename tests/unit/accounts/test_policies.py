import pytest
from tests.office import Office, found_office

from waystation.accounts.errors import LastOneError, RecoveryNotConfirmedError, RolesRefusedError
from waystation.accounts.policies import readers_of_the_log, refuse_union, require_another, require_confirmed_recovery
from waystation.accounts.roles import Role
from waystation.kernel import BadInputError


@pytest.mark.django_db
def test_without_an_organisation_or_confirmed_shares_nothing_may_be_opened() -> None:
    with pytest.raises(RecoveryNotConfirmedError):
        require_confirmed_recovery()
    found_office(people=["director"], confirmed=False)
    with pytest.raises(RecoveryNotConfirmedError):
        require_confirmed_recovery()


@pytest.mark.django_db
def test_with_confirmed_shares_it_may(office: Office) -> None:
    require_confirmed_recovery()


@pytest.mark.parametrize(
    "roles",
    [
        [Role.DIRECTOR],
        [Role.DIRECTOR, Role.CASE_LEAD],
        [Role.DIRECTOR, Role.CASEWORKER, Role.FIELD_OFFICER, Role.FINANCE],
        [Role.DIRECTOR, Role.COMMUNICATIONS],
        [Role.AUDITOR],
        [Role.SAFEGUARDING, Role.FINANCE, Role.COMMUNICATIONS],
    ],
)
def test_roles_that_go_together(roles: list[Role]) -> None:
    refuse_union(roles)


@pytest.mark.parametrize(
    "roles",
    [
        [Role.DIRECTOR, Role.SAFEGUARDING],
        [Role.CASE_LEAD, Role.SAFEGUARDING],
        [Role.CASEWORKER, Role.COMMUNICATIONS],
        [Role.FIELD_OFFICER, Role.SAFEGUARDING],
        [Role.AUDITOR, Role.FINANCE],
    ],
)
def test_roles_that_do_not(roles: list[Role]) -> None:
    with pytest.raises(RolesRefusedError):
        refuse_union(roles)


def test_no_role_is_no_person() -> None:
    with pytest.raises(BadInputError):
        refuse_union([])


def test_readers_by_office() -> None:
    assert readers_of_the_log() == {Role.AUDITOR, Role.SAFEGUARDING}


@pytest.mark.django_db
def test_the_last_of_a_kind_stays(office: Office) -> None:
    with pytest.raises(LastOneError):
        require_another(office.person("director"), [Role.FINANCE])
    require_another(office.person("director"), [Role.DIRECTOR, Role.CASE_LEAD])
    require_another(office.person("auditor"), ())
    require_another(office.person("caseworker"), ())


@pytest.mark.django_db
def test_a_reader_who_becomes_another_kind_of_reader_stays_a_reader() -> None:
    office = found_office(people=["director", "auditor"])
    require_another(office.person("auditor"), [Role.SAFEGUARDING])
    with pytest.raises(LastOneError):
        require_another(office.person("auditor"), [Role.FINANCE])
