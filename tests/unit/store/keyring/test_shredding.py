from io import BytesIO

import pytest
from django.db import transaction

from tests.unit.store.sheets import NOON, Office, Sheet
from waystation.kernel import RuleRefusedError
from waystation.store.files import files_folder, keep_file
from waystation.store.keyring import KEYRING_TABLES, export_grants, import_grants
from waystation.store.models import Grant, Record, SealedFile, TierKey, Withdrawal
from waystation.store.tiers import Tier
from waystation.vault import NoKeyError


@pytest.mark.django_db(transaction=True)
def test_afterwards_nothing_opens_for_anybody(desk: Office) -> None:
    keep_file(desk.ada, desk.record, Tier.EVIDENCE, BytesIO(b"film"), "film.mp4")
    desk.eve.take(desk.record, Tier.IDENTITY, desk.ben.person_id, at=NOON)
    before = desk.stored()
    desk.ada.open(before)
    desk.ada.shred(desk.record, at=NOON)
    assert (desk.record.shredded_at, desk.record.shredded_by) == (NOON, desk.ada.person_id)
    for model in (Grant, TierKey, Withdrawal, SealedFile):
        assert not model._base_manager.filter(record_id=desk.record.pk).exists()
    assert list(files_folder().iterdir()) == []
    assert all(getattr(desk.stored(), name) is None for name in Sheet.sealed_fields())
    for keyring in (desk.ada, desk.again(desk.ada), desk.people.recovered()):
        with pytest.raises(NoKeyError):
            keyring.open(before, "name")
        assert keyring.tiers_of(desk.record) == frozenset()
        with pytest.raises(NoKeyError):
            keyring.seal(desk.stored(), name="again")


def test_an_old_backup_of_the_store_does_not_open_either(desk: Office) -> None:
    rows = list(Sheet._base_manager.values())
    desk.ada.shred(desk.record, at=NOON)
    keys = list(export_grants())
    Sheet._base_manager.all().delete()
    Sheet._base_manager.bulk_create([Sheet(**row) for row in rows])
    Record.objects.update(shredded_at=None, shredded_by=None)
    assert import_grants(keys) == 0
    for keyring in (desk.again(desk.ada), desk.people.recovered()):
        with pytest.raises(NoKeyError):
            keyring.open(desk.stored(), "name")
    assert len(KEYRING_TABLES) == 3


@pytest.mark.django_db(transaction=True)
def test_a_legal_hold_is_stronger(desk: Office) -> None:
    kept = keep_file(desk.ada, desk.record, Tier.EVIDENCE, BytesIO(b"film"), "film.mp4")
    Record.objects.update(hold=True, hold_by=desk.ben.person_id)
    with pytest.raises(RuleRefusedError, match="legal hold"):
        desk.ada.shred(desk.record, at=NOON)
    assert desk.ada.open(desk.stored(), "name") == {"name": "Ri Hana"}
    assert [path.name for path in files_folder().iterdir()] == [kept.pk.hex]
    assert desk.record.shredded_at is None


@pytest.mark.django_db(transaction=True)
def test_what_is_undone_leaves_keys_and_files(desk: Office) -> None:
    kept = keep_file(desk.ada, desk.record, Tier.EVIDENCE, BytesIO(b"film"), "film.mp4")
    with transaction.atomic():
        desk.ada.shred(desk.record, at=NOON)
        transaction.set_rollback(True)
    assert [path.name for path in files_folder().iterdir()] == [kept.pk.hex]
    assert desk.ada.open(desk.stored(), "name") == {"name": "Ri Hana"}


def test_twice_is_once(desk: Office) -> None:
    desk.ada.shred(desk.record, at=NOON)
    desk.ben.shred(desk.record, at=NOON)
    assert desk.record.shredded_by == desk.ada.person_id


def test_a_value_sealed_before_is_not_written_afterwards(desk: Office) -> None:
    row = desk.stored()
    desk.ada.seal(row, name="late")
    desk.ada.shred(desk.record, at=NOON)
    with pytest.raises(Exception, match="renewed since"):
        row.save()
