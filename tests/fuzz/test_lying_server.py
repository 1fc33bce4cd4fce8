"""A database in other hands: what it changes is noticed or changes nothing that matters. What it can do, SECURITY.md says."""

from collections.abc import Callable
from contextlib import suppress
from uuid import uuid4

import pytest

from tests.fuzz.damage import PLANTED
from tests.office import Office
from waystation.accounts.models import Person
from waystation.accounts.queries import in_good_standing
from waystation.accounts.roles import Role
from waystation.cases.models import Case
from waystation.cases.services import create_case
from waystation.store.models import Grant, TierKey
from waystation.store.tiers import Tier
from waystation.vault import (
    Card,
    Identity,
    NoKeyError,
    TamperedError,
    admit,
    new_identity,
    new_key,
    open_box,
    seal_to,
    sign,
)

pytestmark = pytest.mark.django_db


def a_case(office: Office, name: str = PLANTED[0]) -> Case:
    values = {"name": name, "note": "needs a doctor", "whereabouts": "north"}
    return create_case(keyring=office.keyring("caseworker"), values=values, at=office.later())


def write_card(person: Person, card: Card) -> None:
    """Write a card into somebody's row, as whoever holds the database can."""
    Person.objects.filter(pk=person.pk).update(
        box_public=card.box_public,
        sign_public=card.sign_public,
        admitted_by=card.admitted_by,
        card_signature=card.signature,
    )


def held_by(office: Office, identity: Identity, case: Case, tier: Tier) -> bool:
    """Tell whether these secret keys open a grant of the case."""
    for grant in Grant.objects.filter(record=case.record, tier=tier):
        try:
            open_box(identity.box_secret, bytes(grant.sealed))
        except NoKeyError:
            continue
        return True
    return False


def test_public_keys_exchanged_by_a_stranger_get_no_key(office: Office) -> None:
    victim, stranger = office.person("safeguarding"), new_identity(office.id("safeguarding"))
    write_card(victim, admit(stranger, victim.pk, stranger.box_public, stranger.sign_public))
    with suppress(TamperedError):  # nothing is written any more if the log's own key was made by that person
        case = a_case(office)
        assert not any(held_by(office, stranger, case, tier) for tier in Tier)
    assert victim.pk not in in_good_standing(office.keyring("caseworker"))


def test_public_keys_exchanged_with_the_help_of_a_colleague_get_no_key(office: Office) -> None:
    victim, helper = office.person("safeguarding"), office.opened["field_officer"].identity
    stranger = new_identity(victim.pk)
    write_card(victim, admit(helper, victim.pk, stranger.box_public, stranger.sign_public))
    with suppress(TamperedError):  # as above
        case = a_case(office)
        assert not any(held_by(office, stranger, case, tier) for tier in Tier)
    assert victim.pk not in in_good_standing(office.keyring("caseworker"))


def test_a_person_put_in_gets_no_key(office: Office) -> None:
    stranger, helper = new_identity(uuid4()), office.opened["field_officer"].identity
    row = office.person("safeguarding")
    row.pk, row.box_public, row.sign_public = stranger.person_id, stranger.box_public, stranger.sign_public
    row.admitted_by = helper.person_id
    row.card_signature = admit(helper, stranger.person_id, stranger.box_public, stranger.sign_public).signature
    row.standing_by, row.standing_signature = helper.person_id, sign(helper, b"waystation standing 1\x00")
    row._state.adding = True
    row.save(force_insert=True)
    case = a_case(office)
    assert not any(held_by(office, stranger, case, tier) for tier in Tier)


@pytest.mark.parametrize(
    "change", [{"roles": [Role.SAFEGUARDING, Role.DIRECTOR]}, {"active": True, "roles": [Role.CASE_LEAD]}]
)
def test_roles_written_into_the_database_get_no_key(office: Office, change: dict[str, object]) -> None:
    Person.objects.filter(pk=office.id("field_officer")).update(**change)
    case = a_case(office)
    identity = office.opened["field_officer"].identity
    assert not any(held_by(office, identity, case, tier) for tier in (Tier.IDENTITY, Tier.WELFARE, Tier.EVIDENCE))


def move(case: Case, other: Case) -> None:
    Case.objects.filter(pk=case.pk).update(name=Case.objects.get(pk=other.pk).name)


def exchange(case: Case, _: Case) -> None:
    row = Case.objects.get(pk=case.pk)
    Case.objects.filter(pk=case.pk).update(note=row.name, name=row.note)


@pytest.mark.parametrize("change", [move, exchange])
def test_values_moved_between_rows_and_columns_do_not_open(
    office: Office, change: Callable[[Case, Case], None]
) -> None:
    case, other = a_case(office), a_case(office, PLANTED[1])
    change(case, other)
    with pytest.raises((TamperedError, NoKeyError)) as refused:
        office.keyring("caseworker").open(Case.objects.get(pk=case.pk), "name")
    assert not any(name in str(refused.value) for name in PLANTED)


def test_grants_left_out_shut_out_and_tell_nothing(office: Office) -> None:
    case = a_case(office)
    Grant.objects.filter(record=case.record).delete()
    with pytest.raises(NoKeyError):
        office.keyring("caseworker").open(Case.objects.get(pk=case.pk), "name")


def test_a_key_of_the_servers_own_is_not_taken_for_the_cases(office: Office) -> None:
    """Else the next change would be sealed with a key that the server knows."""
    case, planted = a_case(office), new_key()
    for key in TierKey.objects.filter(record=case.record):
        Grant.objects.filter(record=case.record, tier=key.tier).update(
            sealed=seal_to(office.opened["caseworker"].identity.box_public, planted)
        )
    keyring = office.keyring("caseworker")
    with pytest.raises((NoKeyError, TamperedError)):
        keyring.seal(Case.objects.get(pk=case.pk), name=PLANTED[2])


@pytest.mark.parametrize("column", ["commitment", "made_by", "version", "box_public", "signature"])
def test_a_statement_about_a_key_that_was_changed_is_not_believed(office: Office, column: str) -> None:
    case = a_case(office)
    values = {
        "commitment": new_key(),
        "made_by": uuid4(),
        "version": 2,
        "box_public": new_key(),
        "signature": new_key() * 2,
    }
    TierKey.objects.filter(record=case.record, tier=Tier.IDENTITY).update(**{column: values[column]})
    # Whoever handed the key over vouches for it: it may still open what it sealed, and seals nothing any more.
    with pytest.raises((NoKeyError, TamperedError)):
        office.keyring("caseworker").seal(Case.objects.get(pk=case.pk), name=PLANTED[2])
    if column in {"commitment", "version"}:
        with pytest.raises((NoKeyError, TamperedError)):
            office.keyring("caseworker").open(Case.objects.get(pk=case.pk), "name")
