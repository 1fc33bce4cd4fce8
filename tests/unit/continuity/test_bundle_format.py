import json
from contextlib import suppress
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waystation.cases.models import Case
from waystation.continuity.bundle_format import (
    CarriedFile,
    CarriedRecord,
    CarriedRow,
    binding,
    file_binding,
    record_from_bytes,
)
from waystation.continuity.errors import NotWholeError
from waystation.store.tiers import Tier

RECORD = CarriedRecord(
    uuid4(),
    {Tier.IDENTITY: b"sealed"},
    (CarriedRow(Case, uuid4(), {"code": "a-b", "version": 1}, {"name": b"\0\1"}),),
    (CarriedFile(uuid4(), Tier.EVIDENCE, b"n", b"k"),),
)


def test_a_record_is_read_as_it_was_written() -> None:
    assert record_from_bytes(RECORD.to_bytes()) == RECORD


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from(["id", "keys", "rows", "files"]), JSON)
@settings(deadline=None, max_examples=150)
def test_rubbish_in_any_part_is_one_clear_fault(part: str, value: Any) -> None:
    with suppress(NotWholeError):  # and no other error
        record_from_bytes(json.dumps(json.loads(RECORD.to_bytes()) | {part: value}).encode())


@given(st.binary(max_size=300))
@settings(deadline=None, max_examples=100)
def test_any_bytes_are_one_clear_fault(content: bytes) -> None:
    with pytest.raises(NotWholeError):
        record_from_bytes(content)


@pytest.mark.parametrize(
    "row",
    [
        {"model": "accounts.nobody"},
        {"model": "store.record"},
        {"sealed": {"code": "00"}},
        {"sealed": {"name": "zz"}},
        {"plain": []},
        {"id": "1"},
    ],
)
def test_a_row_that_is_none_of_ours_is_refused(row: dict[str, Any]) -> None:
    raw = json.loads(RECORD.to_bytes())
    raw["rows"][0] |= row
    with pytest.raises(NotWholeError):
        record_from_bytes(json.dumps(raw).encode())


def test_no_two_places_have_one_binding() -> None:
    row = RECORD.rows[0]
    fields = Case.sealed_fields()
    places = [binding(row, fields[name]) for name in ("name", "note")]
    places += [file_binding(row.id, part) for part in ("name", "key", "content")]
    assert len(set(places)) == 5
