from dataclasses import replace

import pytest
from tests.office import START, Office, found_office

from waystation.accounts.errors import NotPermittedError, RecoveryNotConfirmedError, SharesDifferError
from waystation.accounts.models import Organisation, Person
from waystation.accounts.policies import require_confirmed_recovery
from waystation.accounts.roles import Role
from waystation.accounts.services import confirm_recovery, found_organisation, new_opened
from waystation.accounts.services.founding import renew_shares
from waystation.audit.models import Entry
from waystation.kernel import RuleRefusedError
from waystation.store.models import Record
from waystation.store.tiers import Tier
from waystation.vault import recover

pytestmark = pytest.mark.django_db


def test_the_founder_reads_the_organisation_and_keeps_the_logs_key_for_the_first_reader() -> None:
    office = found_office(people=["director"], confirmed=False)
    keyring = office.keyring("director")
    assert keyring.open(office.organisation, "name")["name"] == "Harbour Light"
    assert keyring.tiers_of(Record.objects.get(kind="organisation")) == {Tier.IDENTITY}
    assert keyring.tiers_of(Record.objects.get(kind="audit")) == {Tier.EVIDENCE}
    assert list(Entry.objects.order_by("seq").values_list("kind", flat=True)) == [
        "organisation.founded",
        "person.admitted",
    ]


def test_nothing_is_founded_twice() -> None:
    found_office(people=["director"])
    with pytest.raises(RuleRefusedError, match="already"):
        found_organisation(
            beginning=new_opened(), name="x", person_name="y", roles=[Role.DIRECTOR], language="en", at=START
        )


@pytest.mark.parametrize("roles", [[Role.CASEWORKER], [Role.DIRECTOR, Role.SAFEGUARDING], []])
def test_a_founder_is_a_director_whose_roles_go_together(roles: list[Role]) -> None:
    with pytest.raises((RuleRefusedError, ValueError, Exception)):
        found_organisation(beginning=new_opened(), name="x", person_name="y", roles=roles, language="en", at=START)
    assert not Organisation.objects.exists()
    assert not Person.objects.exists()


def test_until_two_shares_are_typed_back_nothing_may_be_opened() -> None:
    office = found_office(people=["director"], confirmed=False)
    with pytest.raises(RecoveryNotConfirmedError):
        require_confirmed_recovery()
    typed = [office.shares[4].upper(), "  " + office.shares[0].replace(" ", "   ")]
    confirm_recovery(keyring=office.keyring("director"), typed=typed, at=office.later())
    require_confirmed_recovery()


@pytest.mark.parametrize(
    ("pick", "wrong"), [((0,), ()), ((2, 2), (1,)), ((0, None), (1,)), ((None, None), (0, 1)), ((), ())]
)
def test_shares_that_are_none_of_the_printed_are_named(pick: tuple[int | None, ...], wrong: tuple[int, ...]) -> None:
    office = found_office(people=["director"], confirmed=False)
    strangers = new_opened().shares
    typed = [strangers[0] if place is None else office.shares[place] for place in pick]
    with pytest.raises(SharesDifferError) as refused:
        confirm_recovery(keyring=office.keyring("director"), typed=typed, at=office.later())
    assert refused.value.wrong == wrong
    assert office.organisation.recovery_confirmed_at is None


def test_only_the_director_confirms(office: Office) -> None:
    with pytest.raises(NotPermittedError):
        confirm_recovery(keyring=office.keyring("caseworker"), typed=office.shares[:2], at=office.later())


def test_shares_printed_anew_recover_the_same_secret_and_are_to_be_confirmed_again(office: Office) -> None:
    secret = recover(office.shares[:3])
    fresh = renew_shares(keyring=office.keyring("director"), secret=secret, at=office.later())
    assert set(fresh).isdisjoint(office.shares)
    assert recover(fresh[2:]).public == secret.public
    with pytest.raises(RecoveryNotConfirmedError):
        require_confirmed_recovery()
    with pytest.raises(SharesDifferError):
        confirm_recovery(keyring=office.keyring("director"), typed=office.shares[:2], at=office.later())
    confirm_recovery(keyring=office.keyring("director"), typed=fresh[:2], at=office.later())


def test_secrets_do_not_show() -> None:
    beginning = new_opened()
    assert beginning.shares[0].split()[5] not in repr(beginning)
    assert beginning.opened.store_key.hex() not in repr(replace(beginning))


def test_the_founders_keyring_knows_who_came_while_it_was_in_memory(office: Office) -> None:
    """A key that is renewed goes to everybody who holds it, those included who joined since."""
    office.admit("late", "L", [Role.CASEWORKER])
    founders = office.founded.keyring
    record = Record.objects.get(kind="organisation")
    founders.take(record, Tier.IDENTITY, office.id("finance"), at=office.later())
    assert office.keyring("late").may_open(record, Tier.IDENTITY)
