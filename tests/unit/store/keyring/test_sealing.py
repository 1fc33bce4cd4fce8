from uuid import uuid4

import pytest

from tests.unit.store.sheets import NOON, VALUES, Office, Sheet
from waystation.kernel import BadInputError, BrokenPromiseError
from waystation.store.keyring.sealing import encoded, named_fields, sealed_value, versions
from waystation.store.sealed_value import SealedValue
from waystation.store.tiers import Tier
from waystation.vault import TamperedError


def test_all_faults_are_told_at_once_and_no_value(desk: Office) -> None:
    with pytest.raises(BadInputError) as refused:
        desk.ada.seal(desk.sheet, name="fine", party=1000, urgency="Hana", alias=None)
    assert str(refused.value) == "party: must be at most 200.5; urgency: must be one of its declared choices"
    assert desk.ada.open(desk.sheet) == VALUES


def test_a_field_that_is_not_there_is_a_mistake_of_the_program(desk: Office) -> None:
    with pytest.raises(TypeError, match="no sealed field code, mood"):
        named_fields(desk.sheet, ["name", "mood", "code"])
    assert encoded(desk.sheet, {"name": "x", "alias": None}) == {"name": b"x", "alias": None}


def test_the_keys_that_are_needed_are_known_before_any_is_used(desk: Office) -> None:
    desk.ada.seal(desk.sheet, alias=None)
    assert {(place.tier, version) for place, version in versions([desk.sheet], ("name", "alias", "party"))} == {
        (Tier.IDENTITY, 1),
        (Tier.MOVEMENT, 1),
    }
    assert versions([desk.sheet], ("alias",)) == set()


def test_none_takes_a_value_away(desk: Office) -> None:
    row = desk.stored()
    desk.ada.seal(row, name=None, alias="")
    row.save()
    assert desk.ada.open(desk.stored(), "name", "alias", "born") == {
        "name": None,
        "alias": "",
        "born": VALUES["born"],
    }


def test_a_value_moved_to_another_column_row_or_record_does_not_open(desk: Office) -> None:
    moved = desk.stored()
    moved.alias = moved.name
    with pytest.raises(TamperedError):
        desk.ada.open(moved, "alias")
    other = Sheet(record=desk.record, name=desk.stored().name)
    with pytest.raises(TamperedError):
        desk.ada.open(other, "name")
    record = desk.ada.create_record(kind="case", recipients={desk.ada.person_id: set(Tier)}, at=NOON)
    elsewhere = Sheet(id=desk.sheet.pk, record=record, name=desk.stored().name)
    with pytest.raises(TamperedError):
        desk.ada.open(elsewhere, "name")


def test_a_value_of_another_tier_or_version_does_not_open(desk: Office) -> None:
    row = desk.stored()
    row.testimony = row.name
    with pytest.raises(TamperedError):
        desk.ada.open(row, "testimony")
    assert row.name is not None
    old = row.name
    desk.ada.take(desk.record, Tier.IDENTITY, desk.ben.person_id, at=NOON)
    for false in (SealedValue.of(2, old.sealed), SealedValue.of(3, old.sealed), SealedValue.of(0, old.sealed)):
        row.name = false
        with pytest.raises(TamperedError):
            desk.ada.open(row, "name")


@pytest.mark.parametrize("place", [5, 30, -1])
def test_a_flipped_bit_is_noticed(desk: Office, place: int) -> None:
    row = desk.stored()
    assert row.name is not None
    stored = bytearray(row.name.stored)
    stored[place] ^= 1
    Sheet._base_manager.filter(pk=row.pk).update(name=SealedValue(bytes(stored)))
    for reading in (lambda: desk.ada.open(desk.stored(), "name"), lambda: desk.ada.open_many([desk.stored()], "name")):
        with pytest.raises(TamperedError):
            reading()


def test_many_rows_open_with_few_queries(desk: Office, django_assert_max_num_queries: object) -> None:
    rows = []
    for number in range(30):
        record = desk.ada.create_record(
            kind="case", recipients={desk.ada.person_id: set(Tier)} if number % 3 else {}, at=NOON
        )
        row = Sheet(id=uuid4(), record=record, name=None)
        if number % 3:
            desk.ada.seal(row, name=f"Ri {number}", party=number)
        else:
            desk.people.recovered().seal(row, name="nobody else's")
        row.save()
        rows.append(row)
    fresh = desk.again(desk.ada)
    with django_assert_max_num_queries(5):  # type: ignore[operator] # a fixture of the test runner's
        opened = fresh.open_many(rows, "name", "party")
    assert list(opened) == [row.pk for number, row in enumerate(rows) if number % 3]
    assert opened[rows[1].pk] == {"name": "Ri 1", "party": 1}
    with django_assert_max_num_queries(1):  # type: ignore[operator] # likewise
        assert fresh.open(rows[1], "name") == {"name": "Ri 1"}


@pytest.mark.parametrize("name", ["born", "party", "needs"])
def test_a_value_of_another_kind_is_not_shown_by_the_error(desk: Office, name: str) -> None:
    field = Sheet.sealed_fields()[name]
    version, key = desk.ada.demand_key(desk.record, field.tier)
    row = desk.stored()
    setattr(row, name, sealed_value(row, field, version, key, "Ri Hana \udcff".encode(errors="surrogateescape")))
    with pytest.raises(BrokenPromiseError, match=f"{name}: what is sealed there") as broken:
        desk.ada.open(row, name)
    assert "Hana" not in repr(broken.value)
    assert broken.value.__suppress_context__
