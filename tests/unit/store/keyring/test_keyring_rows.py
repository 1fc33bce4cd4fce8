import json

import pytest

from tests.unit.store.sheets import NOON, VALUES, Office
from waystation.store.keyring import KEYRING_TABLES, export_grants, import_grants
from waystation.store.models import Grant, TierKey, Withdrawal
from waystation.store.tiers import Tier
from waystation.vault import NoKeyError, TamperedError


def test_keys_survive_the_way_through_json(desk: Office) -> None:
    desk.eve.take(desk.record, Tier.IDENTITY, desk.ben.person_id, at=NOON)
    rows = json.loads(json.dumps(list(export_grants())))
    assert {row["table"] for row in rows} == set(KEYRING_TABLES)
    for model in (Grant, TierKey, Withdrawal):
        model._base_manager.all().delete()
    with pytest.raises(NoKeyError):
        desk.again(desk.ada).open(desk.stored(), "name")
    assert import_grants(rows) == len(rows) == 4 + 4 * 3 + 1
    assert json.loads(json.dumps(list(export_grants()))) == rows
    assert desk.again(desk.ada).open(desk.stored()) == VALUES
    assert desk.again(desk.ben).tiers_of(desk.record) == set(Tier) - {Tier.IDENTITY}


def test_keys_of_records_that_are_not_here_are_left_out(desk: Office) -> None:
    other = desk.ada.create_record(kind="case", recipients={}, at=NOON)
    rows = list(export_grants())
    for model in (Grant, TierKey):
        model._base_manager.filter(record=other).delete()
    other.delete()
    assert import_grants(rows) == 4 + 4 * 3


def test_an_older_store_opens_with_newer_keys(desk: Office) -> None:
    before = desk.stored()
    desk.ada.take(desk.record, Tier.IDENTITY, desk.ben.person_id, at=NOON)
    import_grants(list(export_grants()))
    assert desk.again(desk.ada).open(before, "name") == {"name": "Ri Hana"}


@pytest.mark.parametrize(
    "change",
    [
        {"table": "store_record"},
        {"sealed": "no hex"},
        {"record_id": "nobody"},
        {"tag": None},
        {"id": 7},
    ],
)
def test_what_is_no_backup_of_keys_changes_nothing(desk: Office, change: dict[str, object]) -> None:
    rows = list(export_grants())
    broken = [row | change if row["table"] == "store_grant" else row for row in rows]
    with pytest.raises(TamperedError):
        import_grants(broken)
    assert list(export_grants()) == rows


def test_a_row_without_a_column_is_no_backup(desk: Office) -> None:
    rows = [{name: value for name, value in row.items() if name != "version"} for row in export_grants()]
    with pytest.raises(TamperedError):
        import_grants(rows)


def test_every_key_table_names_its_record() -> None:
    for model in (TierKey, Grant, Withdrawal):
        assert model._meta.db_table in KEYRING_TABLES
        assert "record_id" in {field.column for field in model._meta.concrete_fields}
