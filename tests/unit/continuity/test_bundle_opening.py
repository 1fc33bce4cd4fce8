from dataclasses import replace
from uuid import uuid4

import pytest

from waystation.cases.models import Case
from waystation.continuity.bundle_format import CarriedFile, CarriedRecord, CarriedRow, binding, file_binding
from waystation.continuity.bundle_opening import open_record
from waystation.continuity.errors import NotWholeError
from waystation.store.tiers import Tier
from waystation.vault import OfficeKeys, new_key, seal, seal_to

OFFICE = OfficeKeys(b"o" * 32)
PLAIN = {"code": "a-b", "version": 1, "updated_at": "2031-03-01T09:00:00+00:00", "closed_at": None}


def record(**values: bytes) -> CarriedRecord:
    key, row = new_key(), CarriedRow(Case, uuid4(), PLAIN, {})
    fields = Case.sealed_fields()
    sealed = {name: seal(key, value, binding(row, fields[name])) for name, value in values.items()}
    file_id = uuid4()
    name, file_key = (
        seal(key, plain, file_binding(file_id, part)) for part, plain in (("name", b"a.txt"), ("key", new_key()))
    )
    keys = {tier: seal_to(OFFICE.box_public, key) for tier in Tier}
    return CarriedRecord(
        uuid4(), keys, (replace(row, sealed=sealed),), (CarriedFile(file_id, Tier.WELFARE, name, file_key),)
    )


def fault_of(given: CarriedRecord, office: OfficeKeys = OFFICE) -> str:
    with pytest.raises(NotWholeError) as caught:
        open_record(given, office)
    return caught.value.fault


def test_the_receiving_office_opens_it() -> None:
    opened = open_record(record(name="한글".encode(), party_size=b"3"), OFFICE)
    assert opened.rows[0].values == {"name": "한글", "party_size": 3}
    assert opened.rows[0].plain["code"] == "a-b"
    assert opened.files[0].name == "a.txt"
    assert "한글" not in repr(opened)


def test_another_office_does_not() -> None:
    assert fault_of(record(name=b"x"), OfficeKeys(b"p" * 32)) == "changed"


def test_a_value_that_was_moved_is_refused() -> None:
    given = record(name=b"x", note=b"y")
    row = given.rows[0]
    moved = replace(row, sealed={"name": row.sealed["note"], "note": row.sealed["name"]})
    assert fault_of(replace(given, rows=(moved,))) == "changed"
    assert fault_of(replace(given, rows=(replace(row, id=uuid4()),))) == "changed"


def test_a_tier_without_its_key_is_refused() -> None:
    given = record(name=b"x")
    assert fault_of(replace(given, keys={})) == "changed"


@pytest.mark.parametrize(("name", "value"), [("party_size", b"9999"), ("urgency", b"whenever"), ("name", b"x" * 300)])
def test_a_value_that_breaks_its_columns_rule_is_refused(name: str, value: bytes) -> None:
    assert fault_of(record(**{name: value})) == "wrong_kind"
