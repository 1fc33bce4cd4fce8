import pytest
from django.db import transaction

from tests.unit.store.sheets import NOON, VALUES, Office, Sheet
from waystation.store.keyring.changes import lock
from waystation.store.models import Grant, Record, TierKey, Withdrawal
from waystation.store.sealed_value import SealedValue
from waystation.store.tiers import Tier
from waystation.vault import NoKeyError, TamperedError, admit, new_identity


def test_giving_twice_is_giving_once(desk: Office) -> None:
    for giver in (desk.ada, desk.ben, desk.ada):
        giver.give(desk.record, Tier.WELFARE, desk.people.cards[desk.eve.person_id])
    assert Grant.objects.filter(record=desk.record, tier=Tier.WELFARE).count() == 4


def test_only_a_holder_gives_and_only_to_a_trusted_card(desk: Office) -> None:
    eve = desk.people.cards[desk.eve.person_id]
    with pytest.raises(NoKeyError):
        desk.eve.give(desk.record, Tier.WELFARE, eve)
    stranger = new_identity(desk.record.pk)
    with pytest.raises(TamperedError):
        desk.ada.give(
            desk.record, Tier.WELFARE, admit(stranger, stranger.person_id, stranger.box_public, stranger.sign_public)
        )
    assert Grant.objects.filter(record=desk.record, tier=Tier.WELFARE).count() == 3


def test_taking_seals_everything_again_for_those_who_stay(desk: Office) -> None:
    other = Sheet(record=desk.record)
    desk.ada.seal(other, name="Ri Duri", testimony="Hers.")
    other.save()
    before = desk.stored()
    taken = desk.ada.take(desk.record, Tier.IDENTITY, desk.ben.person_id, at=NOON)
    assert (taken.held, taken.renewed, taken.version, taken.fields, taken.damaged, taken.strangers) == (
        *(True, True, 2, 4),
        *(0, 0),
    )
    after = desk.stored()
    assert after.name is not None
    assert after.name.version == 2
    assert after.name != before.name
    assert after.testimony == before.testimony
    assert desk.again(desk.ada).open(after) == VALUES
    for row in (after, Sheet._base_manager.get(pk=other.pk)):
        with pytest.raises(NoKeyError):
            desk.ben.open(row, "name")


def test_taking_from_somebody_who_holds_nothing_changes_nothing(desk: Office) -> None:
    taken = desk.ada.take(desk.record, Tier.IDENTITY, desk.eve.person_id, at=NOON)
    assert (taken.held, taken.renewed, taken.version) == (False, False, 1)
    assert TierKey.objects.filter(record=desk.record, tier=Tier.IDENTITY).count() == 1


def test_one_may_take_from_oneself(desk: Office) -> None:
    desk.ada.take(desk.record, Tier.IDENTITY, desk.ada.person_id, at=NOON)
    with pytest.raises(NoKeyError):
        desk.ada.open(desk.stored(), "name")
    assert desk.ben.open(desk.stored(), "name") == {"name": "Ri Hana"}


def test_when_the_last_holder_goes_the_recovery_key_remains(desk: Office) -> None:
    desk.ada.take(desk.record, Tier.IDENTITY, desk.ben.person_id, at=NOON)
    desk.ada.take(desk.record, Tier.IDENTITY, desk.ada.person_id, at=NOON)
    recovered = desk.people.recovered()
    assert recovered.holders(desk.record, Tier.IDENTITY) == set()
    assert recovered.open(desk.stored()) == VALUES
    recovered.give(desk.record, Tier.IDENTITY, desk.people.cards[desk.eve.person_id])
    assert desk.eve.open(desk.stored(), "name") == {"name": "Ri Hana"}


def test_a_damaged_value_keeps_nobody_from_taking_a_key(desk: Office) -> None:
    assert desk.sheet.born is not None
    strange = SealedValue.of(9, desk.sheet.born.sealed)
    Sheet._base_manager.filter(pk=desk.sheet.pk).update(alias=desk.sheet.name, born=strange)
    taken = desk.ada.take(desk.record, Tier.IDENTITY, desk.ben.person_id, at=NOON)
    assert (taken.fields, taken.damaged) == (1, 2)
    assert desk.ada.open(desk.stored(), "name") == {"name": "Ri Hana"}
    with pytest.raises(TamperedError):
        desk.ada.open(desk.stored(), "alias")


def test_renewal_is_owed_until_a_holder_comes(desk: Office) -> None:
    for tier in (Tier.IDENTITY, Tier.EVIDENCE):
        desk.eve.take(desk.record, tier, desk.ben.person_id, at=NOON)
        desk.eve.take(desk.record, tier, desk.ben.person_id, at=NOON)
    assert desk.eve.renew_stale(at=NOON) == 0
    assert desk.ben.renew_stale(at=NOON) == 0
    assert desk.ada.renew_stale(at=NOON) == 2
    assert not Withdrawal.objects.exists()
    assert not TierKey.objects.filter(stale=True).exists()
    assert desk.ben.tiers_of(desk.record) == {Tier.MOVEMENT, Tier.WELFARE}
    assert desk.ada.open(desk.stored()) == VALUES


def test_nothing_is_renewed_for_somebody_who_never_held_the_key(desk: Office) -> None:
    stranger_to_it = list(desk.people.identities)[3]
    desk.eve.take(desk.record, Tier.IDENTITY, stranger_to_it, at=NOON)
    assert desk.ada.renew_stale(at=NOON) == 0
    assert not Withdrawal.objects.exists()
    assert not TierKey.objects.filter(stale=True).exists()
    assert TierKey.objects.filter(record=desk.record, tier=Tier.IDENTITY).count() == 1


def test_a_key_marked_for_another_reason_is_renewed(desk: Office) -> None:
    TierKey.objects.filter(record=desk.record, tier=Tier.IDENTITY).update(stale=True)
    assert desk.ada.renew_stale(at=NOON) == 1
    assert desk.ben.open(desk.stored()) == VALUES


def test_what_was_tampered_with_keeps_nothing_else_from_being_renewed(desk: Office) -> None:
    TierKey.objects.update(stale=True)
    TierKey.objects.filter(record=desk.record, tier=Tier.IDENTITY).update(commitment=bytes(32))
    assert desk.ada.renew_stale(at=NOON) == 3


def test_the_taker_who_cannot_open_the_tier_checks_the_box_before_sealing_to_it(desk: Office) -> None:
    TierKey.objects.filter(record=desk.record, tier=Tier.IDENTITY).update(box_public=bytes(range(32)))
    with pytest.raises(TamperedError):
        desk.eve.take(desk.record, Tier.IDENTITY, desk.ben.person_id, at=NOON)
    assert not Withdrawal.objects.exists()


def test_a_record_is_locked_as_it_is_now(desk: Office) -> None:
    Record.objects.filter(pk=desk.record.pk).update(hold=True, hold_by=desk.ada.person_id)
    with transaction.atomic():
        assert lock(desk.record.pk).hold is True


def test_what_another_renewed_meanwhile_is_not_renewed_again(desk: Office) -> None:
    desk.ada.take(desk.record, Tier.IDENTITY, desk.ben.person_id, at=NOON)
    TierKey.objects.filter(record=desk.record, tier=Tier.IDENTITY, version=1).update(stale=True)
    assert desk.ada.renew_stale(at=NOON) == 0
    assert not TierKey.objects.filter(stale=True).exists()


def test_nothing_is_taken_of_what_was_destroyed(desk: Office) -> None:
    desk.ada.shred(desk.record, at=NOON)
    with pytest.raises(NoKeyError, match="destroyed"):
        desk.ada.take(desk.record, Tier.IDENTITY, desk.ben.person_id, at=NOON)
