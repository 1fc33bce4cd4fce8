from waystation.accounts.roles import STANDS_ALONE, Role, roles_of


def test_names_that_are_no_roles_give_nothing() -> None:
    assert roles_of(["caseworker", "superuser", "DIRECTOR"]) == {Role.CASEWORKER}


def test_only_who_checks_stands_alone() -> None:
    assert frozenset({Role.AUDITOR}) == STANDS_ALONE
