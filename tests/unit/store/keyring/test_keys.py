import pytest
from django.db import transaction

from tests.unit.store.sheets import NOON, VALUES, Office
from waystation.store.keyring.keys import OpenKey, held_binding, statement
from waystation.store.keyring.making import grant_rows, make_key, save_grants
from waystation.store.keyring.places import Place
from waystation.store.keyring.reach import Reach
from waystation.store.keyring.trust import Trust
from waystation.store.models import Grant, TierKey
from waystation.store.tiers import Tier
from waystation.vault import Identity, NoKeyError, TamperedError, commitment, new_identity, new_key, seal, seal_to, sign


def reach_of(desk: Office, number: int) -> Reach:
    identity = list(desk.people.identities.values())[number]
    return Reach(identity, Trust(desk.people.root.sign_public, desk.people.recovery.public, desk.people.cards))


@pytest.fixture
def place(desk: Office) -> Place:
    return Place(desk.record.pk, Tier.IDENTITY)


def row_of(place: Place) -> TierKey:
    return TierKey.objects.get(record_id=place.record_id, tier=place.tier)


def sign_again(row: TierKey, maker: Identity) -> None:
    row.made_by, row.signature = maker.person_id, sign(maker, statement(row))
    row.save()


def plant(desk: Office, place: Place, maker: Identity) -> bytes:
    """Exchange a tier's key for one that ``maker`` chose, as a server that lies could; return it."""
    key, row = new_key(), row_of(place)
    row.commitment = commitment(key)
    sign_again(row, maker)
    Grant.objects.filter(record_id=place.record_id, tier=place.tier).delete()
    trust = Trust(desk.people.root.sign_public, desk.people.recovery.public, desk.people.cards)
    save_grants(grant_rows(OpenKey(key, row), trust, desk.people.cards))
    return key


def test_a_key_opens_for_whom_it_was_given_to_and_is_remembered(desk: Office, place: Place) -> None:
    reach = reach_of(desk, 0)
    assert reach.keys.remembered(place, 1) is None
    key = reach.keys.newest(place)
    assert commitment(key.key) == bytes(key.row.commitment)
    assert reach.keys.remembered(place, 1) == key.key
    assert key.key.hex() not in repr(key)
    reach.keys.forget()
    assert reach.keys.remembered(place, 1) is None
    with pytest.raises(NoKeyError):
        reach_of(desk, 2).keys.newest(place)


def test_a_key_signed_by_a_stranger_is_never_used(desk: Office, place: Place) -> None:
    plant(desk, place, new_identity(desk.ada.person_id))
    for number in (0, 1):
        with pytest.raises(TamperedError, match="nobody who is trusted"):
            reach_of(desk, number).keys.newest(place)
    with pytest.raises(TamperedError):
        desk.again(desk.ada).seal(desk.stored(), name="Ri Hana")


def test_a_grant_with_another_key_than_was_made_is_noticed(desk: Office, place: Place) -> None:
    Grant.objects.filter(record_id=place.record_id, tier=place.tier).delete()
    false = seal_to(desk.people.root.box_public, new_key())
    Grant.objects.create(record_id=place.record_id, tier=place.tier, version=1, tag=bytes(32), sealed=false)
    with pytest.raises(TamperedError, match="another key"):
        reach_of(desk, 0).keys.newest(place)


def test_a_short_key_is_noticed(desk: Office, place: Place) -> None:
    false = seal_to(desk.people.root.box_public, b"short")
    Grant.objects.filter(record_id=place.record_id, tier=place.tier).update(sealed=false, hint=None)
    with pytest.raises(TamperedError, match="another key"):
        reach_of(desk, 0).keys.newest(place)


def test_a_grant_with_ones_own_hint_that_was_changed_is_noticed(desk: Office, place: Place) -> None:
    false = seal_to(desk.people.root.box_public, b"short")
    Grant.objects.filter(record_id=place.record_id, tier=place.tier).update(sealed=false)
    with pytest.raises(TamperedError, match="hint"):
        reach_of(desk, 0).keys.newest(place)
    other = desk.ada.create_record(kind="case", recipients={desk.ada.person_id: set(Tier)}, at=NOON)
    held = reach_of(desk, 0).keys.held_in([place.record_id, other.pk])
    assert place not in held
    assert len(held) == 2 * len(Tier) - 1


def test_a_commitment_that_was_changed_is_noticed_when_the_key_is_opened(desk: Office, place: Place) -> None:
    TierKey.objects.filter(pk=row_of(place).pk).update(commitment=bytes(range(32)))
    with pytest.raises(TamperedError):
        reach_of(desk, 0).keys.newest(place)
    assert place not in reach_of(desk, 0).keys.held_in([place.record_id])


@pytest.mark.parametrize("column", ["box_public", "made_by", "signature"])
def test_nothing_is_sealed_or_given_with_a_key_whose_row_nobody_signed(desk: Office, place: Place, column: str) -> None:
    changed = {"box_public": bytes(range(32)), "made_by": desk.ben.person_id, "signature": bytes(64)}[column]
    TierKey.objects.filter(pk=row_of(place).pk).update(**{column: changed})
    fresh = desk.people.keyring(desk.ada.person_id)
    assert fresh.open(desk.sheet, "name")["name"] == VALUES["name"]
    with pytest.raises(TamperedError):
        fresh.seal(desk.sheet, name="Somebody Else")
    with pytest.raises(TamperedError):
        fresh.give(desk.record, place.tier, desk.people.cards[desk.eve.person_id])
    with pytest.raises(TamperedError):
        fresh.take(desk.record, place.tier, desk.ben.person_id, at=NOON)


def test_a_row_that_was_changed_after_it_was_proved_is_proved_again(desk: Office, place: Place) -> None:
    desk.ada.seal(desk.sheet, name="Somebody Else")
    TierKey.objects.filter(pk=row_of(place).pk).update(box_public=bytes(range(32)))
    with pytest.raises(TamperedError):
        desk.ada.seal(desk.sheet, name="Somebody Else")


def test_a_key_of_another_tier_or_record_is_not_taken_for_this_one(desk: Office, place: Place) -> None:
    other = desk.ada.create_record(kind="case", recipients={desk.ada.person_id: set(Tier)}, at=NOON)
    strange = TierKey.objects.get(record=other, tier=Tier.IDENTITY)
    columns = ("commitment", "box_public", "held_sealed", "signature")
    TierKey.objects.filter(pk=row_of(place).pk).update(**{name: getattr(strange, name) for name in columns})
    Grant.objects.filter(record_id=place.record_id, tier=place.tier).delete()
    Grant.objects.filter(record=other, tier=place.tier).update(record_id=place.record_id)
    with pytest.raises(NoKeyError):  # its hint is for another record: it is nobody's here
        reach_of(desk, 0).keys.newest(place)
    key = desk.ada.key_of_version(other.pk, place.tier, 1)
    sealed = seal_to(desk.ada.identity.box_public, key)
    Grant.objects.filter(record_id=place.record_id, tier=place.tier).update(sealed=sealed, hint=None)
    with pytest.raises(TamperedError):
        reach_of(desk, 0).keys.newest(place)


def test_a_next_key_by_a_colleague_who_did_not_hold_the_one_before_is_never_used(desk: Office, place: Place) -> None:
    eve = list(desk.people.identities.values())[2]
    trust = Trust(desk.people.root.sign_public, desk.people.recovery.public, desk.people.cards)
    guessed = OpenKey(new_key(), row_of(place))
    planted = make_key(eve, place, before=guessed, at=NOON)
    save_grants(grant_rows(planted, trust, desk.people.cards))
    with pytest.raises(TamperedError, match="did not hold the one before"):
        reach_of(desk, 0).keys.newest(place)


def test_a_next_key_that_holds_none_before_is_never_used(desk: Office, place: Place) -> None:
    eve = list(desk.people.identities.values())[2]
    trust = Trust(desk.people.root.sign_public, desk.people.recovery.public, desk.people.cards)
    planted = make_key(eve, place, before=OpenKey(new_key(), row_of(place)), at=NOON)
    planted.row.held_sealed = seal(planted.key, bytes(32), held_binding(planted.row))
    planted.row.save()
    save_grants(grant_rows(planted, trust, desk.people.cards))
    with pytest.raises(TamperedError, match="do not follow"):
        reach_of(desk, 0).keys.newest(place)


def test_every_older_key_follows_from_the_newest(desk: Office, place: Place) -> None:
    first = reach_of(desk, 0).keys.newest(place).key
    for _ in range(3):
        desk.ada.give(desk.record, Tier.IDENTITY, desk.people.cards[desk.eve.person_id])
        desk.ada.take(desk.record, Tier.IDENTITY, desk.eve.person_id, at=NOON)
    keys = reach_of(desk, 0).keys
    assert keys.of_version(place, 1) == first
    assert len({keys.of_version(place, version) for version in (1, 2, 3, 4)}) == 4
    with pytest.raises(TamperedError, match="nobody made"):
        keys.of_version(place, 5)
    assert set(Grant.objects.filter(record=desk.record, tier="identity").values_list("version", flat=True)) == {4}


@pytest.mark.django_db(transaction=True)
def test_an_older_key_put_back_is_noticed(desk: Office, place: Place) -> None:
    reach = reach_of(desk, 0)
    desk.ada.give(desk.record, Tier.IDENTITY, desk.people.cards[desk.eve.person_id])
    before = [list(model._base_manager.values()) for model in (TierKey, Grant)]
    desk.ada.take(desk.record, Tier.IDENTITY, desk.eve.person_id, at=NOON)
    assert reach.keys.newest(place).version == 2
    for model, rows in zip((TierKey, Grant), before, strict=True):
        model._base_manager.all().delete()
        model._base_manager.bulk_create([model(**row) for row in rows])
    with pytest.raises(TamperedError, match="put back"):
        reach.keys.newest(place)


@pytest.mark.django_db(transaction=True)
def test_an_undone_renewal_leaves_no_key_behind(desk: Office, place: Place) -> None:
    eve = desk.people.cards[desk.eve.person_id]
    desk.ada.give(desk.record, Tier.IDENTITY, eve)
    with transaction.atomic():
        desk.ada.take(desk.record, Tier.IDENTITY, eve.person_id, at=NOON)
        transaction.set_rollback(True)
    desk.eve.open(desk.stored(), "name")
    desk.ben.take(desk.record, Tier.IDENTITY, eve.person_id, at=NOON)
    assert desk.ada.open(desk.stored(), "name") == {"name": "Ri Hana"}
    row = desk.stored()
    desk.ada.seal(row, name="Ri Duri")
    row.save()
    assert desk.ben.open(desk.stored(), "name") == {"name": "Ri Duri"}
