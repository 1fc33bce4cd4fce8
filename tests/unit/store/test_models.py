from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Index, ProtectedError, UniqueConstraint

from tests.unit.store.sheets import NOON, Office, Sheet
from waystation.store import models
from waystation.store.errors import OutdatedSealError
from waystation.store.models import Grant, Record, SealedFile, SealedModel, TierKey, Withdrawal
from waystation.store.tiers import Tier

SOMEBODY = uuid4()


def record(**columns: Any) -> Record:
    return Record.objects.create(**{"kind": "case", "created_at": NOON} | columns)


def tier_key(**columns: Any) -> TierKey:
    given = {
        "tier": "identity",
        "version": 1,
        "commitment": bytes(32),
        "box_public": bytes(32),
        "held_sealed": b"",
        "made_by": SOMEBODY,
        "made_at": NOON,
        "signature": bytes(64),
    }
    return TierKey.objects.create(**given | {"record": record()} | columns)


def grant(**columns: Any) -> Grant:
    given = {"tier": "identity", "version": 1, "tag": bytes(32), "sealed": b""}
    return Grant.objects.create(**given | {"record": record()} | columns)


def withdrawal(**columns: Any) -> Withdrawal:
    given = {
        "tier": "identity",
        "version": 1,
        "sealed": b"",
        "made_by": SOMEBODY,
        "made_at": NOON,
        "signature": bytes(64),
    }
    return Withdrawal.objects.create(**given | {"record": record()} | columns)


def sealed_file(**columns: Any) -> SealedFile:
    given = {"tier": "identity", "key_version": 1, "name_sealed": b"", "size_sealed": b"", "key_sealed": b""}
    return SealedFile.objects.create(**given | {"record": record()} | columns)


BREAKS: list[tuple[str, Callable[..., Any], dict[str, Any]]] = [
    ("store_record_has_a_kind", record, {"kind": ""}),
    ("store_record_hold_by_somebody", record, {"hold": True}),
    ("store_record_hold_by_somebody", record, {"hold_by": SOMEBODY}),
    ("store_record_shredded_by_somebody", record, {"shredded_at": NOON}),
    ("store_record_shredded_by_somebody", record, {"shredded_by": SOMEBODY}),
    (
        "store_record_held_is_whole",
        record,
        {"hold": True, "hold_by": SOMEBODY, "shredded_at": NOON, "shredded_by": SOMEBODY},
    ),
    ("store_tierkey_tier_known", tier_key, {"tier": "secret"}),
    ("store_tierkey_version_from_1", tier_key, {"version": 0}),
    ("store_tierkey_commitment_length", tier_key, {"commitment": bytes(31)}),
    ("store_tierkey_box_public_length", tier_key, {"box_public": bytes(33)}),
    ("store_tierkey_signature_length", tier_key, {"signature": b""}),
    ("store_grant_tier_known", grant, {"tier": ""}),
    ("store_grant_version_from_1", grant, {"version": 0}),
    ("store_grant_tag_length", grant, {"tag": bytes(33)}),
    ("store_grant_hint_length", grant, {"hint": bytes(31)}),
    ("store_withdrawal_tier_known", withdrawal, {"tier": "IDENTITY"}),
    ("store_withdrawal_version_from_1", withdrawal, {"version": 0}),
    ("store_withdrawal_signature_length", withdrawal, {"signature": bytes(65)}),
    ("store_sealedfile_tier_known", sealed_file, {"tier": "x"}),
    ("store_sealedfile_key_version_from_1", sealed_file, {"key_version": 0}),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("constraint", "make", "columns"), BREAKS)
def test_the_database_keeps_its_constraints(constraint: str, make: Callable[..., Any], columns: dict[str, Any]) -> None:
    make()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make(**columns)


@pytest.mark.django_db
@pytest.mark.parametrize("make", [tier_key, grant])
def test_a_key_and_a_grant_stand_once(make: Callable[..., Any]) -> None:
    first = make()
    make(record=first.record, version=2)
    make(record=first.record, tier="movement")
    with pytest.raises(IntegrityError), transaction.atomic():
        make(record=first.record)


def test_every_constraint_is_broken_here() -> None:
    declared = {
        constraint.name
        for model in (Record, TierKey, Grant, Withdrawal, SealedFile)
        for constraint in model._meta.constraints
    }
    once = {"store_tierkey_once", "store_grant_once", "store_grant_hint_once"}
    assert declared == {name for name, _, _ in BREAKS} | once


@pytest.mark.django_db
def test_a_hint_stands_once_and_grants_without_one_any_number_of_times() -> None:
    for _ in range(2):
        grant()
    grant(hint=bytes(32))
    with pytest.raises(IntegrityError), transaction.atomic():
        grant(hint=bytes(32))


@pytest.mark.django_db
@pytest.mark.parametrize("make", [tier_key, grant, withdrawal, sealed_file])
def test_a_record_is_not_deleted_under_what_belongs_to_it(make: Callable[..., Any]) -> None:
    row = make()
    with pytest.raises(ProtectedError):
        row.record.delete()


@pytest.mark.django_db
@pytest.mark.parametrize("make", [record, tier_key, grant, withdrawal, sealed_file])
def test_no_row_shows_more_than_its_kind(make: Callable[..., Any]) -> None:
    row = make()
    assert str(SOMEBODY) not in repr(row)
    assert repr(bytes(2))[2:-1] not in repr(row)


def test_saving_leaves_alone_what_was_not_sealed_anew(desk: Office) -> None:
    early = desk.stored()
    desk.ada.take(desk.record, Tier.IDENTITY, desk.ben.person_id, at=NOON)
    row = desk.stored()
    desk.ada.seal(row, alias="brook")
    row.save()
    early.code = "quiet-river"
    early.save()
    now = desk.stored()
    assert now.code == "quiet-river"
    assert desk.ada.open(now, "name", "alias") == {"name": "Ri Hana", "alias": "brook"}


def test_a_value_sealed_with_a_former_key_is_not_written(desk: Office) -> None:
    row = desk.stored()
    desk.ada.seal(row, name="late")
    desk.ben.take(desk.record, Tier.IDENTITY, desk.ada.person_id, at=NOON)
    row.code = "also not"
    with pytest.raises(OutdatedSealError):
        row.save()
    assert (desk.stored().code, desk.ben.open(desk.stored(), "name")) == ("", {"name": "Ri Hana"})
    desk.ben.seal(row, name="again")
    row.save()
    assert desk.ben.open(desk.stored(), "name") == {"name": "again"}


def test_only_named_columns_are_written_when_some_are_named(desk: Office) -> None:
    row = desk.stored()
    desk.ada.seal(row, name="new", alias="new")
    row.code = "new"
    row.save(update_fields=("name",))
    now = desk.stored()
    assert (now.code, desk.ada.open(now, "name", "alias")) == ("", {"name": "new", "alias": "river"})


def test_reading_a_column_later_does_not_forget_what_was_sealed(desk: Office) -> None:
    row = Sheet._base_manager.defer("alias").get(pk=desk.sheet.pk)
    desk.ada.seal(row, name="new")
    assert desk.ada.open(row, "alias") == {"alias": "river"}
    row.save()
    assert desk.ada.open(desk.stored(), "name") == {"name": "new"}


def test_reading_the_row_again_forgets_it(desk: Office) -> None:
    row = desk.stored()
    desk.ada.seal(row, name="new")
    row.refresh_from_db()
    row.save()
    assert desk.ada.open(row, "name") == desk.ada.open(desk.stored(), "name") == {"name": "Ri Hana"}


def test_what_is_deferred_stays_unread_and_unwritten(desk: Office) -> None:
    row = Sheet._base_manager.only("code").get(pk=desk.sheet.pk)
    row.code = "new"
    row.save()
    assert row.get_deferred_fields()
    assert desk.stored().code == "new"


def test_sealed_models_are_those_of_all_apps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    found = models.sealed_models()
    assert all(issubclass(model, SealedModel) for model in found)
    assert {"case", "person", "organisation"} <= {model._meta.model_name for model in found}
    assert Sheet not in found


def test_sealed_fields_come_in_their_order() -> None:
    assert list(Sheet.sealed_fields())[:3] == ["name", "alias", "born"]


def test_a_class_that_orders_or_compares_by_a_sealed_field_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [fault for fault in Sheet.check() if fault.id == "store.E001"] == []
    monkeypatch.setattr(Sheet._meta, "ordering", ["-name", "code"])
    monkeypatch.setattr(Sheet._meta, "constraints", [UniqueConstraint(fields=("born", "code"), name="once")])
    monkeypatch.setattr(Sheet._meta, "indexes", [Index(fields=("-party",), name="quick")])
    faults = [fault for fault in Sheet.check() if fault.id == "store.E001"]
    assert [fault.msg.split()[0] for fault in faults] == ["born", "name", "party"]
