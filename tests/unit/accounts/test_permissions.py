from itertools import combinations
from typing import Any
from uuid import UUID, uuid4

import pytest

from waystation.accounts.errors import RolesRefusedError
from waystation.accounts.models import Person
from waystation.accounts.permissions import (
    OPENED_BY,
    PERMISSIONS,
    Action,
    Kind,
    Rule,
    Scope,
    allowed_tiers,
    may,
    receivable_tiers,
    standing_tiers,
    tiers_of_roles,
)
from waystation.accounts.policies import refuse_union
from waystation.accounts.roles import Role
from waystation.store.models import Record
from waystation.store.tiers import Tier

TEAM, OTHER_TEAM = UUID(int=71), UUID(int=72)
WHO, WHERE, HOW, SAID = Tier.IDENTITY, Tier.MOVEMENT, Tier.WELFARE, Tier.EVIDENCE


class OwnKeys:
    """Stands in for a keyring that holds some tiers of every record."""

    def __init__(self, person: Person, *tiers: Tier) -> None:
        self.person_id, self._tiers = person.pk, frozenset(tiers)

    def tiers_of(self, _record: Record) -> frozenset[Tier]:
        return self._tiers


def person(*roles: Role, team: UUID | None = None, active: bool = True) -> Person:
    return Person(pk=uuid4(), roles=list(roles), team_id=team, active=active)


def case(team: UUID | None = None) -> Record:
    return Record(kind=Kind.CASE, team_id=team)


def holding(who: Person, *tiers: Tier) -> Any:
    return OwnKeys(who, *tiers)


def test_no_rule_is_written_twice() -> None:
    assert len(PERMISSIONS) == len(set(PERMISSIONS))


def test_every_action_is_permitted_to_somebody_and_every_role_may_do_something() -> None:
    assert {rule.action for rule in PERMISSIONS} == set(Action)
    assert {rule.role for rule in PERMISSIONS} == set(Role)


def test_no_role_opens_all_four_parts_of_a_case_the_director_included() -> None:
    assert all(tiers_of_roles([role]) != frozenset(Tier) for role in Role)


def test_no_roles_that_may_go_together_open_all_four_parts() -> None:
    for size in range(1, len(Role) + 1):
        for roles in combinations(Role, size):
            try:
                refuse_union(roles)
            except RolesRefusedError:
                continue
            assert tiers_of_roles(roles) != frozenset(Tier), roles


@pytest.mark.parametrize(
    ("role", "tiers"),
    [
        (Role.DIRECTOR, {WHERE, HOW}),
        (Role.CASE_LEAD, {WHO, WHERE, HOW}),
        (Role.CASEWORKER, {WHO, WHERE, HOW}),
        (Role.FIELD_OFFICER, {WHERE}),
        (Role.FINANCE, set()),
        (Role.SAFEGUARDING, {WHO, HOW, SAID}),
        (Role.COMMUNICATIONS, {SAID}),
        (Role.AUDITOR, set()),
    ],
)
def test_what_each_role_opens_of_a_case(role: Role, tiers: set[Tier]) -> None:
    assert tiers_of_roles([role]) == tiers


def test_every_role_reads_colleagues_names() -> None:
    assert all(tiers_of_roles([role], Kind.ORGANISATION) == {WHO} for role in Role)


def test_the_log_is_read_by_auditor_and_safeguarding_and_by_the_director_only_while_holding_its_key() -> None:
    readers = {(rule.role, rule.scope) for rule in PERMISSIONS if rule.action is Action.LOG_READ}
    assert readers == {
        (Role.AUDITOR, Scope.ALL),
        (Role.SAFEGUARDING, Scope.ALL),
        (Role.DIRECTOR, Scope.OWN),
    }
    director, log = person(Role.DIRECTOR), Record(kind=Kind.AUDIT)
    assert not may(director, Action.LOG_READ, log, holding(director))
    assert may(director, Action.LOG_READ, log, holding(director, SAID))


def test_own_is_what_one_holds_a_key_of() -> None:
    worker = person(Role.CASEWORKER)
    assert may(worker, Action.CASE_OPEN)
    assert not may(worker, Action.CASE_OPEN, case())
    assert not may(worker, Action.CASE_OPEN, case(), holding(worker))
    assert may(worker, Action.CASE_OPEN, case(), holding(worker, WHO))


def test_another_persons_keys_make_nothing_mine() -> None:
    assert not may(person(Role.CASEWORKER), Action.CASE_OPEN, case(), holding(person(Role.CASEWORKER), WHO))


def test_a_lead_reaches_the_cases_of_the_own_team_and_the_office_those_without_one() -> None:
    lead = person(Role.CASE_LEAD, team=TEAM)
    assert may(lead, Action.CASE_OPEN, case(TEAM), holding(lead))
    assert not may(lead, Action.CASE_OPEN, case(OTHER_TEAM), holding(lead))
    assert not may(lead, Action.CASE_OPEN, case(None), holding(lead))
    assert may(person(Role.CASE_LEAD), Action.CASE_OPEN, case(None))


def test_who_has_left_may_nothing_whatever_the_row_says() -> None:
    former = person(*Role, active=False)
    assert not any(may(former, action) for action in Action)
    assert not any(allowed_tiers(former, action) for action in Action)


def test_a_rule_about_cases_says_nothing_about_the_log_or_the_organisation() -> None:
    director = person(Role.DIRECTOR)
    for kind in (Kind.AUDIT, Kind.ORGANISATION):
        assert not may(director, Action.CASE_OPEN, Record(kind=kind), holding(director, *Tier))
    assert not may(director, Action.PEOPLE_REMOVE, case(), holding(director, *Tier))


def test_a_record_of_a_kind_nobody_declared_is_nobodys() -> None:
    stranger = Record(kind="ledger")
    everything = person(*Role)
    assert not any(may(everything, action, stranger, holding(everything, *Tier)) for action in Action)
    assert receivable_tiers(everything, stranger) == standing_tiers(everything, stranger) == frozenset()


def test_tiers_by_office_and_tiers_as_a_member() -> None:
    lead, worker = person(Role.CASE_LEAD, team=TEAM), person(Role.CASEWORKER, team=TEAM)
    assert standing_tiers(lead, case(TEAM)) == {WHO, WHERE, HOW}
    assert standing_tiers(lead, case(OTHER_TEAM)) == frozenset()
    assert receivable_tiers(lead, case(OTHER_TEAM)) == {WHO, WHERE, HOW}
    assert standing_tiers(worker, case(TEAM)) == frozenset()
    assert receivable_tiers(worker, case(TEAM)) == {WHO, WHERE, HOW}


def test_nobody_is_to_hold_the_logs_key_by_office_but_its_readers() -> None:
    log = Record(kind=Kind.AUDIT)
    by_office = {role for role in Role if standing_tiers(person(role), log)}
    assert by_office == {Role.AUDITOR, Role.SAFEGUARDING}


def test_who_changes_a_case_may_open_the_same_parts() -> None:
    for role in Role:
        one = person(role)
        assert allowed_tiers(one, Action.CASE_CHANGE) <= allowed_tiers(one, Action.CASE_OPEN)


def test_every_kind_has_an_action_that_opens_it() -> None:
    assert set(OPENED_BY) == set(Kind)


def test_only_the_director_decides_about_people() -> None:
    about = {Action.PEOPLE_ADMIT, Action.PEOPLE_CHANGE, Action.PEOPLE_REMOVE, Action.TEAM_MANAGE}
    assert {rule.role for rule in PERMISSIONS if rule.action in about} == {Role.DIRECTOR}


def test_a_rule_is_a_row_of_plain_values() -> None:
    assert Rule(Role.FINANCE, Action.CASE_LIST, Scope.ALL) in PERMISSIONS
