import pytest

from tests.unit.store.sheets import NOON, Office
from waystation.store.keyring.places import Place
from waystation.store.keyring.withdrawals import waiting_for
from waystation.store.models import Withdrawal
from waystation.store.tiers import Tier
from waystation.vault import NoKeyError, new_identity, sign


def left(desk: Office) -> Withdrawal:
    desk.eve.take(desk.record, Tier.IDENTITY, desk.ben.person_id, at=NOON)
    return Withdrawal.objects.get()


def test_a_withdrawal_names_nobody_in_the_clear(desk: Office) -> None:
    row = left(desk)
    assert desk.ben.person_id.bytes not in bytes(row.sealed)
    assert waiting_for([desk.record.pk]) == {Place(desk.record.pk, Tier.IDENTITY): [row]}
    assert waiting_for([]) == {}


def test_whoever_is_to_lose_the_key_is_refused_at_once(desk: Office) -> None:
    desk.ben.open(desk.stored(), "name")
    left(desk)
    for ben in (desk.ben, desk.again(desk.ben)):
        assert ben.tiers_of(desk.record) == set(Tier) - {Tier.IDENTITY}
        assert ben.open_many([desk.stored()], "name") == {}
        with pytest.raises(NoKeyError):
            ben.open(desk.stored(), "name")
        with pytest.raises(NoKeyError):
            ben.seal(desk.stored(), name="x")
        with pytest.raises(NoKeyError):
            ben.give(desk.record, Tier.IDENTITY, desk.people.cards[desk.eve.person_id])
        with pytest.raises(NoKeyError):
            ben.demand_key(desk.record, Tier.IDENTITY)
        with pytest.raises(NoKeyError):
            ben.key_of_version(desk.record.pk, Tier.IDENTITY, 1)
        assert ben.open(desk.stored(), "party")["party"] == 3
    assert desk.ben.withdrawn(desk.record, desk.ben.person_id) == {Tier.IDENTITY}
    assert desk.eve.withdrawn(desk.record, desk.ben.person_id) == set()


def test_a_forged_withdrawal_takes_nothing(desk: Office) -> None:
    row = left(desk)
    stranger = new_identity(desk.eve.person_id)
    row.signature = sign(stranger, b"waystation withdrawal 1\x00")
    row.save()
    assert desk.ben.open(desk.stored(), "name") == {"name": "Ri Hana"}
    assert desk.ada.withdrawn(desk.record, desk.ben.person_id) == set()


def test_a_withdrawal_moved_to_another_tier_takes_nothing(desk: Office) -> None:
    row = left(desk)
    Withdrawal.objects.filter(pk=row.pk).update(tier="movement")
    assert desk.ben.tiers_of(desk.record) == set(Tier)


def test_giving_the_key_again_ends_the_withdrawal(desk: Office) -> None:
    left(desk)
    desk.ada.give(desk.record, Tier.IDENTITY, desk.people.cards[desk.ben.person_id])
    assert not Withdrawal.objects.exists()
    assert desk.ben.open(desk.stored(), "name") == {"name": "Ri Hana"}
    assert desk.ada.renew_stale(at=NOON) == 0


def test_giving_it_to_another_does_not(desk: Office) -> None:
    left(desk)
    desk.ada.give(desk.record, Tier.IDENTITY, desk.people.cards[desk.eve.person_id])
    assert Withdrawal.objects.count() == 1
    assert desk.ada.renew_stale(at=NOON) == 1
    assert desk.ada.holders(desk.record, Tier.IDENTITY) == {desk.ada.person_id, desk.eve.person_id}
