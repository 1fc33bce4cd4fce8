import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core import serializers
from django.core.exceptions import FieldError
from django.db.models import F
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.store.sheets import NOON, Office, Sheet
from waystation.kernel import BadInputError
from waystation.store.fields import SealedField, SealedJson, SealedText
from waystation.store.sealed_value import SealedValue
from waystation.store.tiers import Tier

FIELDS = Sheet.sealed_fields()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("name", ""),
        ("name", "김하나"),
        ("name", "𠮷" * 200),
        ("born", date(1, 1, 1)),
        ("party", Decimal("200.5")),
        ("party", Decimal("1.50")),
        ("urgency", "now"),
        ("needs", {"b": [1, None, True, -2.5, "ß"], "a": {}}),
        ("needs", []),
    ],
)
def test_a_value_comes_back_as_it_was(name: str, value: object) -> None:
    assert FIELDS[name].decode(FIELDS[name].encode(value)) == value


def test_whole_numbers_come_back_as_decimals() -> None:
    assert FIELDS["party"].decode(FIELDS["party"].encode(3)) == Decimal(3)


@pytest.mark.parametrize(
    ("name", "value", "rule"),
    [
        ("name", b"Ri", "must be a text"),
        ("name", 7, "must be a text"),
        ("name", "x" * 201, "has 201 characters; at most 200 fit"),
        ("name", "a\0b", "no text has"),
        ("name", "\ud800", "no text has"),
        ("born", "2000-01-01", "without a time"),
        ("born", datetime(2000, 1, 1, tzinfo=UTC), "without a time"),
        ("party", 0, "at least 1"),
        ("party", 201, "at most 200.5"),
        ("party", 2.0, "exact"),
        ("party", True, "exact"),
        ("party", "3", "exact"),
        ("party", Decimal("NaN"), "finite"),
        ("party", Decimal("Infinity"), "finite"),
        ("party", Decimal("sNaN"), "finite"),
        ("party", Decimal("1e999999999"), "finite"),
        ("party", Decimal("0e999999999"), "finite"),
        ("party", Decimal("1e-999999999"), "finite"),
        ("party", Decimal("1." + "1" * 60), "finite"),
        ("urgency", "later", "declared"),
        ("urgency", ["now"], "declared"),
        ("needs", {1: 2}, "key that is no text"),
        ("needs", float("nan"), "does not have"),
        ("needs", {1, 2}, "does not have"),
        ("needs", b"x", "does not have"),
        ("needs", ["\ud800"], "does not have"),
        ("needs", "x" * 1_000_001, "longer than"),
    ],
)
def test_a_value_that_breaks_its_rule_is_refused_without_being_shown(name: str, value: Any, rule: str) -> None:
    with pytest.raises(BadInputError) as refused:
        FIELDS[name].encode(value)
    message = str(refused.value)
    assert message.startswith(f"{name}: ")
    assert rule in message
    assert refused.value.__cause__ is None
    if isinstance(value, str) and value.isprintable():
        assert value not in message


def test_a_number_too_long_to_be_written_is_refused() -> None:
    with pytest.raises(BadInputError, match="finite"):
        FIELDS["party"].encode(10**5000)


def test_deep_nesting_is_refused_before_it_can_hurt() -> None:
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(BadInputError, match="nested"):
        FIELDS["needs"].encode(deep)


def test_composed_and_decomposed_texts_are_kept_alike() -> None:
    assert FIELDS["name"].encode("e\u0301") == FIELDS["name"].encode("\u00e9") == "\u00e9".encode()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.text(st.characters(codec="utf-8"), max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(st.characters(codec="utf-8"), max_size=3), inner)
    ),
    max_leaves=8,
)


@given(value=JSON)
@settings(deadline=None, max_examples=60)
def test_equal_json_has_equal_plaintexts(value: object) -> None:
    field = SealedJson(tier=Tier.WELFARE)
    plain = field.encode(value)
    assert field.decode(plain) == value
    assert field.encode(json.loads(json.dumps(value))) == plain


@pytest.mark.parametrize("option", ["default", "db_index", "unique", "primary_key", "choices", "db_default"])
def test_what_a_database_cannot_keep_is_refused_at_class_time(option: str) -> None:
    with pytest.raises(TypeError, match=f"has no {option}"):
        SealedField(tier=Tier.IDENTITY, **{option: True})


def test_plaintext_cannot_be_set_on_a_row_by_mistake() -> None:
    with pytest.raises(TypeError, match=r"name is sealed: set it with Keyring.seal") as refused:
        Sheet(name="Ri Hana")
    assert "Hana" not in str(refused.value)
    with pytest.raises(TypeError, match="write what"):
        Sheet._base_manager.update(name="Ri Hana")


def refused_queries() -> list[Callable[[], Any]]:
    rows = Sheet._base_manager
    return [
        lambda: rows.filter(name="Ri"),
        lambda: rows.filter(name=None),
        lambda: rows.filter(name__in=["Ri"]),
        lambda: rows.filter(name__contains="R"),
        lambda: rows.exclude(name__gt=b"R"),
        lambda: rows.filter(name=F("alias")),
        lambda: rows.filter(name__length=3),
        lambda: rows.filter(name__length__gt=3),
        lambda: list(rows.order_by("name")),
        lambda: list(rows.order_by("-name")),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("number", range(len(refused_queries())))
def test_the_database_is_not_asked_about_sealed_fields(number: int) -> None:
    with pytest.raises((FieldError, TypeError), match="is sealed"):
        refused_queries()[number]()


def test_what_a_query_computes_over_a_sealed_field_stays_sealed(desk: Office) -> None:
    row = Sheet._base_manager.annotate(again=F("name")).values("name", "again").get()
    assert [type(value) for value in row.values()] == [SealedValue, SealedValue]


def test_whether_something_was_given_may_be_asked(desk: Office) -> None:
    assert Sheet._base_manager.filter(name__isnull=False).count() == 1
    Sheet._base_manager.update(name=None)
    assert Sheet._base_manager.filter(name__isnull=True).count() == 1


def test_rows_and_their_values_show_nothing(desk: Office) -> None:
    row = desk.stored()
    assert isinstance(row.name, SealedValue)
    assert repr(row) == f"<Sheet {row.pk}>"
    assert str(row) == "Sheet"
    shown = repr(row.__dict__) + repr(Sheet._base_manager.in_bulk()) + serializers.serialize("json", [row])
    assert "Hana" not in shown
    assert bytes(row.name.sealed).hex() not in shown
    assert shown.count("<sealed>") >= 14


def test_a_migration_keeps_the_tier_and_nothing_of_the_plaintexts_rules() -> None:
    name, path, positional, options = FIELDS["urgency"].deconstruct()
    assert (name, path, positional) == ("urgency", "waystation.store.fields.SealedField", [])
    assert options == {"tier": "welfare"}
    assert FIELDS["urgency"].clone().tier is Tier.WELFARE


def test_lengths_tell_multiples_of_64_only(desk: Office) -> None:
    lengths = set()
    for length in range(0, 200, 7):
        desk.ada.seal(desk.sheet, name="x" * length)
        assert isinstance(desk.sheet.name, SealedValue)
        lengths.add(len(desk.sheet.name.stored))
    assert len(lengths) == 4
    assert {length % 64 for length in lengths} == {min(lengths) % 64}


def test_a_text_field_says_how_long_by_default() -> None:
    assert SealedText(tier=Tier.EVIDENCE).longest == 10_000
    assert NOON.tzinfo is UTC
