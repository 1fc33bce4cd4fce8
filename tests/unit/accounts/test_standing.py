from uuid import UUID, uuid4

import pytest
from tests.office import Office

from waystation.accounts.models import FormerCard, Person, Team
from waystation.accounts.queries import in_good_standing
from waystation.accounts.roles import Role
from waystation.accounts.services import make_team
from waystation.accounts.standing import believed, sign_standing
from waystation.vault import admit, new_identity

pytestmark = pytest.mark.django_db


def good(office: Office, by: str = "caseworker") -> set[str]:
    standing = in_good_standing(office.keyring(by))
    return {key for key in office.opened if office.id(key) in standing}


def test_everybody_a_director_admitted_stands_well(office: Office) -> None:
    assert good(office) == set(office.opened)


@pytest.mark.parametrize(
    "change",
    [{"roles": ["director"]}, {"roles": []}, {"standing_by": UUID(int=99)}, {"standing_signature": bytes(64)}],
    ids=["director", "none", "signer", "signature"],
)
def test_what_the_database_says_counts_only_if_it_was_signed(office: Office, change: dict[str, object]) -> None:
    Person.objects.filter(pk=office.id("finance")).update(**change)
    assert good(office) == set(office.opened) - {"finance"}


def test_a_team_counts_only_if_it_was_signed(office: Office) -> None:
    team = make_team(keyring=office.keyring("director"), name="North", at=office.later())
    Person.objects.filter(pk=office.id("case_lead")).update(team=Team.objects.get(pk=team.pk))
    assert "case_lead" not in good(office)


def test_who_was_removed_does_not_come_back_by_a_column(office: Office) -> None:
    from waystation.accounts.services import remove_person

    remove_person(keyring=office.keyring("director"), person=office.person("finance"), at=office.later())
    Person.objects.filter(pk=office.id("finance")).update(active=True, left_at=None, until_seq=None)
    assert "finance" not in good(office)


def test_nobody_but_a_director_signs_roles(office: Office) -> None:
    finance = office.person("finance")
    for signer in ("case_lead", "safeguarding", "finance", "auditor"):
        finance.roles = ["director"]
        sign_standing(finance, office.opened[signer].identity)
        finance.save(update_fields=("roles", "standing_by", "standing_signature"))
        assert "finance" not in good(office), signer


def test_two_who_make_each_other_director_are_not(office: Office) -> None:
    pair = ("finance", "caseworker")
    for key, other in (pair, reversed(pair)):
        person = office.person(key)
        person.roles = ["director"]
        sign_standing(person, office.opened[other].identity)
        person.save(update_fields=("roles", "standing_by", "standing_signature"))
    assert good(office) == set(office.opened) - set(pair)


def test_a_director_whom_a_director_made_may_sign(office: Office) -> None:
    office.admit("second", "S", [Role.DIRECTOR])
    finance = office.person("finance")
    finance.roles = ["caseworker"]
    sign_standing(finance, office.opened["second"].identity)
    finance.save(update_fields=("roles", "standing_by", "standing_signature"))
    assert good(office) == set(office.opened)


def test_keys_that_are_not_those_of_the_card_stand_for_nobody(office: Office) -> None:
    stranger = new_identity(uuid4())
    Person.objects.filter(pk=office.id("finance")).update(box_public=stranger.box_public)
    assert "finance" not in good(office)


def test_a_person_without_a_trusted_card_is_nobody(office: Office) -> None:
    stranger = new_identity(uuid4())
    director = office.person("director")
    Person.objects.create(
        pk=stranger.person_id,
        record=director.record,
        roles=["safeguarding"],
        box_public=stranger.box_public,
        sign_public=stranger.sign_public,
        admitted_by=director.pk,
        card_signature=bytes(64),
        escrow=b"",
        joined_at=office.now,
        standing_by=director.pk,
        standing_signature=bytes(64),
    )
    assert stranger.person_id not in in_good_standing(office.keyring("caseworker"))


def test_a_colleague_vouches_for_nobodys_keys(office: Office) -> None:
    victim, helper = office.person("safeguarding"), office.opened["field_officer"].identity
    stranger = new_identity(victim.pk)
    card = admit(helper, victim.pk, stranger.box_public, stranger.sign_public)
    Person.objects.filter(pk=victim.pk).update(
        box_public=card.box_public,
        sign_public=card.sign_public,
        admitted_by=card.admitted_by,
        card_signature=card.signature,
    )
    known = believed(office.founded.opened.root_public, office.founded.opened.recovery.sign_public)
    assert victim.pk not in known.cards
    assert victim.pk not in office.keyring("caseworker").cards


def test_keys_somebody_is_said_to_have_had_before_are_believed_only_if_a_director_signed_them(office: Office) -> None:
    """Else whoever holds the database could sign as a director of the past."""
    stranger = new_identity(office.id("director"))
    helper = office.opened["field_officer"].identity
    for admitter in (stranger, helper):
        card = admit(admitter, stranger.person_id, stranger.box_public, stranger.sign_public)
        FormerCard.objects.create(
            person_id=stranger.person_id,
            box_public=card.box_public,
            sign_public=card.sign_public,
            admitted_by=card.admitted_by,
            card_signature=card.signature,
            since_seq=0,
            until_seq=9**9,
        )
    finance = office.person("finance")
    finance.roles = ["director"]
    sign_standing(finance, stranger)
    finance.save(update_fields=("roles", "standing_by", "standing_signature"))
    assert "finance" not in good(office)
    known = believed(office.founded.opened.root_public, office.founded.opened.recovery.sign_public)
    assert known.former == []


def test_what_a_director_who_left_vouched_for_stays_vouched_for(office: Office) -> None:
    from waystation.accounts.services import admit_person, remove_person

    office.admit("second", "S", [Role.DIRECTOR])
    late, later = new_identity(uuid4()), new_identity(uuid4())
    for identity in (late, later):
        admit_person(
            keyring=office.keyring("second"),
            name="L",
            roles=[Role.CASEWORKER],
            team_id=None,
            identity_or_publics=identity,
            at=office.later(),
        )
    director = office.keyring("director")
    remove_person(keyring=director, person=Person.objects.get(pk=later.person_id), at=office.later())
    remove_person(keyring=director, person=office.person("second"), at=office.later())
    known = believed(office.founded.opened.root_public, office.founded.opened.recovery.sign_public)
    assert late.person_id in known.here
    assert later.person_id in known.cards, "what they signed stays signed"
    assert later.person_id not in known.here
