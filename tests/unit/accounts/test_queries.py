from uuid import uuid4

import pytest
from tests.office import Office, found_office

from waystation.accounts.models import Organisation, Person
from waystation.accounts.queries import (
    colleagues,
    in_good_standing,
    keys_held_in_common,
    may_read_log,
    organisation,
    people_here,
    person_of,
    recipients_for,
    signers,
    team_names,
)
from waystation.accounts.roles import Role
from waystation.accounts.services import make_team, remove_person
from waystation.store.tiers import Tier
from waystation.vault import RECOVERY, new_identity

pytestmark = pytest.mark.django_db
WHO, WHERE, HOW, SAID = Tier.IDENTITY, Tier.MOVEMENT, Tier.WELFARE, Tier.EVIDENCE


def test_before_it_is_founded_there_is_no_organisation(store: None) -> None:
    with pytest.raises(Organisation.DoesNotExist):
        organisation()


def test_keys_belong_to_a_person_while_they_are_here(office: Office) -> None:
    keyring = office.keyring("finance")
    assert person_of(keyring) == office.person("finance")
    remove_person(keyring=office.keyring("director"), person=office.person("finance"), at=office.later())
    assert person_of(keyring) is None
    assert office.person("finance") not in people_here()


def test_a_new_case_is_given_to_its_maker_the_team_and_those_who_see_all(office: Office) -> None:
    worker = office.person("caseworker")
    found = recipients_for(None, worker, office.keyring("caseworker"))
    assert found == {
        office.id("caseworker"): {WHO, WHERE, HOW},
        office.id("case_lead"): {WHO, WHERE, HOW},
        office.id("director"): {WHERE, HOW},
        office.id("safeguarding"): {WHO, HOW, SAID},
    }


def test_a_new_case_of_another_team_is_not_the_offices_leads(office: Office) -> None:
    team = make_team(keyring=office.keyring("director"), name="North", at=office.later())
    assert office.id("case_lead") not in recipients_for(team.pk, office.person("caseworker"))


def test_nobody_gets_keys_by_a_role_that_was_written_into_the_database(office: Office) -> None:
    Person.objects.filter(pk=office.id("finance")).update(roles=["safeguarding"])
    worker = office.person("caseworker")
    assert office.id("finance") not in recipients_for(None, worker, office.keyring("caseworker"))


def test_names_are_told_to_whoever_holds_the_organisations_key(office: Office) -> None:
    everybody = list(people_here())
    assert set(colleagues(office.keyring("finance"), everybody).values()) >= {"한지우", "สมชาย ใจดี"}
    former = office.keyring("finance")
    remove_person(keyring=office.keyring("director"), person=office.person("finance"), at=office.later())
    assert set(colleagues(former, people_here()).values()) == {""}


def test_closed_teams_are_not_listed(office: Office) -> None:
    team = make_team(keyring=office.keyring("director"), name="North", at=office.later())
    type(team).objects.update(closed_at=office.now)
    assert team_names(office.keyring("finance")) == {}


def test_a_keyring_learns_who_came_since(office: Office) -> None:
    old = office.keyring("caseworker")
    office.admit("late", "L", [Role.FINANCE])
    assert office.id("late") not in old.cards
    in_good_standing(old)
    assert old.cards[office.id("late")] == office.person("late").card


def test_a_keyring_learns_nobody_whom_nobody_admitted(office: Office) -> None:
    stranger = new_identity(uuid4())
    director = office.person("director")
    Person.objects.filter(pk=office.id("finance")).update(
        sign_public=stranger.sign_public, box_public=stranger.box_public, admitted_by=director.pk
    )
    keyring = office.keyring("caseworker")
    in_good_standing(keyring)
    assert office.id("finance") not in keyring.cards
    assert office.id("finance") not in in_good_standing(keyring)


def test_signers_are_trusted_people_and_the_recovery_key(office: Office) -> None:
    opened = office.founded.opened
    known = signers(opened.root_public, opened.recovery.sign_public)
    assert {one.card.person_id for one in known} == {*(office.id(key) for key in office.opened), RECOVERY}
    assert not signers(bytes(32), opened.recovery.sign_public)[:-1]


def test_the_log_is_read_by_office_or_by_the_director_who_keeps_its_key(office: Office) -> None:
    assert {key for key in office.opened if may_read_log(office.person(key), office.keyring(key))} == {
        "auditor",
        "safeguarding",
    }


def test_the_founder_reads_the_log_until_there_is_a_reader() -> None:
    office = found_office(people=["director"])
    assert may_read_log(office.person("director"), office.keyring("director"))


def test_keys_in_common_are_counted_where_one_can_count(office: Office) -> None:
    director = office.keyring("director")
    assert keys_held_in_common(director, office.person("finance")) == 1
    office.keyring("case_lead").create_record(
        kind="case",
        recipients={office.id(key): {WHERE, HOW} for key in ("director", "caseworker")},
        at=office.later(),
    )
    assert keys_held_in_common(director, office.person("caseworker")) == 3
    assert keys_held_in_common(office.keyring("finance"), office.person("caseworker")) == 1
