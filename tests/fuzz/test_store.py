"""What is given to sealed fields, and what a database that lies gives back."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.damage import PLANTED, damaged, plaintext, read_or_refused
from waystation.store.fields import SealedChoice, SealedDate, SealedField, SealedJson, SealedNumber, SealedText
from waystation.store.keyring.keyring_rows import import_grants
from waystation.store.sealed_value import SealedValue
from waystation.store.tiers import Tier
from waystation.vault import TamperedError

often = settings(deadline=None, max_examples=200)


def named(field: SealedField) -> SealedField:
    field.set_attributes_from_name("whereabouts")
    return field


FIELDS = [
    named(SealedText(tier=Tier.IDENTITY, max_length=20)),
    named(SealedDate(tier=Tier.IDENTITY)),
    named(SealedChoice(tier=Tier.WELFARE, choices=("low", "high"))),
    named(SealedNumber(tier=Tier.MOVEMENT, minimum=0, maximum=50)),
    named(SealedJson(tier=Tier.WELFARE)),
]

TELLING = st.sampled_from([*PLANTED, plaintext(), plaintext() * 50, PLANTED[0] + "\ud800", PLANTED[1] + "\x00"])
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.decimals()
    | st.dates()
    | st.datetimes()
    | st.binary(max_size=20)
    | st.text(max_size=40)
    | TELLING,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(TELLING | st.integers(), inner, max_size=3) | st.tuples(inner)
    ),
    max_leaves=10,
)


@often
@given(st.sampled_from(FIELDS), VALUES)
def test_a_field_takes_a_value_or_refuses_it_without_repeating_it(field: SealedField, value: Any) -> None:
    if value is None:
        return
    plain = read_or_refused(lambda: field.encode(value))
    if plain is not None:
        assert isinstance(plain, bytes)
        assert field.encode(field.decode(plain)) == plain


@pytest.mark.parametrize("depth", [31, 33, 5000])
def test_json_as_deep_as_may_be(depth: int) -> None:
    value: Any = plaintext()
    for _ in range(depth):
        value = [value]
    plain = read_or_refused(lambda: FIELDS[4].encode(value))
    assert (plain is not None) == (depth < 32)


NO_NUMBERS = [Decimal("NaN"), Decimal("Infinity"), Decimal("1e400"), Decimal(-1), 51, 10**5000, 1.0, True, "7"]


@pytest.mark.parametrize("value", NO_NUMBERS, ids=range(9))
def test_numbers_that_are_none(value: Any) -> None:
    assert read_or_refused(lambda: FIELDS[3].encode(value)) is None


@pytest.mark.parametrize("value", [datetime(2031, 3, 1), "2031-03-01", 20310301])  # noqa: DTZ001 - a day is wanted, not a time
def test_days_that_are_none(value: Any) -> None:
    assert read_or_refused(lambda: FIELDS[1].encode(value)) is None
    assert FIELDS[1].encode(date(2031, 3, 1)) == b"2031-03-01"


@often
@given(st.binary(min_size=4, max_size=100))
def test_a_sealed_value_shows_nothing_of_itself(stored: bytes) -> None:
    value = SealedValue(stored)
    assert (repr(value), str(value), f"{value}") == ("<sealed>",) * 3
    assert value.version.to_bytes(4, "big") + value.sealed == stored


ID = {"id": "0" * 32, "record_id": "1" * 32}
ROW = {"table": "store_grant", **ID, "tier": "identity", "version": 1, "tag": "00" * 32, "sealed": "00"}
KEYS = st.sampled_from(list(ROW))


@pytest.mark.django_db
@settings(deadline=None, max_examples=50)
@given(st.lists(st.dictionaries(KEYS, VALUES, max_size=3).map(lambda more: ROW | more), max_size=3))
def test_backups_of_keys(rows: list[dict[str, Any]]) -> None:
    kept = read_or_refused(lambda: import_grants(rows))
    assert kept in (None, 0)  # no record is here that they could belong to


@often
@given(damaged(plaintext().encode()))
def test_too_short_a_column_is_refused_without_repeating_it(content: bytes) -> None:
    if len(content) < 4:
        with pytest.raises(TamperedError, match="cut short"):
            assert SealedValue(content).version
