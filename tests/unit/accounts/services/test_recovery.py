from uuid import uuid4

import pytest
from tests.office import Office

from waystation.accounts.models import FormerCard, Organisation, Person
from waystation.accounts.queries import in_good_standing, keyring_of, signers
from waystation.accounts.roles import Role
from waystation.accounts.services import (
    admit_person,
    approve,
    begin_session,
    new_opened,
    recover_person,
    recovery_keyring,
    remove_person,
    settle,
)
from waystation.audit.models import Entry, Head
from waystation.audit.verify import verify
from waystation.kernel import RuleRefusedError
from waystation.store.keyring import Keyring
from waystation.store.models import Record
from waystation.store.tiers import Tier
from waystation.vault import Opened, RecoverySecret, TamperedError, WrongSecretError, new_identity, recover, seal_to

pytestmark = pytest.mark.django_db


def secret(office: Office) -> RecoverySecret:
    return recover([office.shares[place] for place in (4, 0, 2)])


def recovered(office: Office, key: str) -> Keyring:
    identity = recover_person(secret=secret(office), person=office.person(key), at=office.later())
    old = office.opened[key]
    office.opened[key] = Opened(identity, old.store_key, old.office_secret, old.root_public, old.recovery)
    return keyring_of(office.opened[key])


def faults(office: Office) -> list[object]:
    head, opened = Head.objects.get(), office.founded.opened
    known = signers(opened.root_public, opened.recovery.sign_public)
    return list(verify(Entry.objects.order_by("seq"), known, head=(head.seq, bytes(head.digest))))


def test_three_shares_open_every_record(office: Office) -> None:
    record = office.keyring("case_lead").create_record(kind="case", recipients={}, at=office.later())
    assert recovery_keyring(secret(office)).tiers_of(record) == frozenset(Tier)


@pytest.mark.parametrize("key", ["caseworker", "director", "auditor"])
def test_who_lost_their_keys_opens_again_what_they_could(office: Office, key: str) -> None:
    record = office.keyring("case_lead").create_record(
        kind="case", recipients={office.id("caseworker"): {Tier.IDENTITY}}, at=office.later()
    )
    before = {each.pk: office.keyring(key).tiers_of(each) for each in Record.objects.all()}
    old = office.keyring(key)
    keyring = recovered(office, key)
    assert {each.pk: keyring.tiers_of(each) for each in Record.objects.all()} == before
    assert keyring.identity.sign_public != old.identity.sign_public
    assert record.pk in before
    begin_session(keyring=keyring, at=office.later())
    assert faults(office) == []


def test_everybody_goes_on_after_the_root_was_recovered(office: Office) -> None:
    director = recovered(office, "director")
    assert set(in_good_standing(office.keyring("caseworker"))) == {office.id(key) for key in office.opened}
    newcomer = new_identity(uuid4())
    admit_person(
        keyring=director,
        name="N",
        roles=[Role.CASEWORKER],
        team_id=None,
        identity_or_publics=newcomer,
        at=office.later(),
    )
    assert newcomer.person_id in in_good_standing(office.keyring("finance"))
    settle(keyring=office.keyring("auditor"), at=office.later())
    approve(keyring_of_second=director, for_person=office.id("case_lead"), at=office.later())
    assert faults(office) == []


def test_the_lost_key_signs_nothing_more(office: Office) -> None:
    old = office.keyring("caseworker")
    recovered(office, "caseworker")
    from waystation.audit.services import append

    entry = append(keyring=old, kind="unlocked", at=office.later())
    assert [fault.where for fault in faults(office)] == [entry.seq]  # type: ignore[attr-defined] # a Fault


def test_people_are_recovered_more_than_once(office: Office) -> None:
    for _ in range(3):
        begin_session(keyring=recovered(office, "caseworker"), at=office.later())
    assert FormerCard.objects.filter(person=office.id("caseworker")).count() == 3
    assert faults(office) == []


def test_who_has_left_is_not_recovered(office: Office) -> None:
    remove_person(keyring=office.keyring("director"), person=office.person("finance"), at=office.later())
    with pytest.raises(RuleRefusedError):
        recover_person(secret=secret(office), person=office.person("finance"), at=office.later())


def test_another_organisations_shares_open_nothing(office: Office) -> None:
    stranger = recover(new_opened().shares[:3])
    with pytest.raises(WrongSecretError):
        recovery_keyring(stranger)


def test_a_root_that_was_exchanged_is_noticed(office: Office) -> None:
    Organisation.objects.update(root_public=new_identity(uuid4()).sign_public)
    with pytest.raises(TamperedError):
        recovery_keyring(secret(office))


def test_an_escrow_that_was_exchanged_recovers_nobody(office: Office) -> None:
    Person.objects.filter(pk=office.id("finance")).update(escrow=b"\x01" + bytes(80))
    with pytest.raises(Exception, match="not sealed to this key"):
        recover_person(secret=secret(office), person=office.person("finance"), at=office.later())
    assert not FormerCard.objects.exists()


def test_an_escrow_made_by_somebody_else_is_not_taken_for_theirs(office: Office) -> None:
    """Else whoever holds the database would choose the key to which everything is sealed afterwards."""
    sealed = seal_to(office.organisation.recovery.box_public, new_identity(uuid4()).box_secret)
    Person.objects.filter(pk=office.id("finance")).update(escrow=sealed)
    with pytest.raises(TamperedError):
        recover_person(secret=secret(office), person=office.person("finance"), at=office.later())
    assert not FormerCard.objects.exists()
