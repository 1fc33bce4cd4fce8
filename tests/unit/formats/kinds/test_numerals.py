from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waystation.formats.kinds import Numerals

POINT, COMMA = Numerals("."), Numerals(",")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", "0"),
        ("12", "12"),
        ("+5", "5"),
        ("-0", "0"),
        (".5", "0.5"),
        ("5.", "5"),
        ("12.50", "12.50"),
        ("1e-3", "0.001"),
        ("\u22123", "-3"),
        ("12,000", "12000"),
        ("1,234,567.8", "1234567.8"),
        ("12 000", "12000"),
        ("12\u00a0000", "12000"),
        ("12\u2009000", "12000"),
        ("12\u202f000", "12000"),
        ("12'000.5", "12000.5"),
        ("12’000", "12000"),
    ],
)
def test_numbers_with_a_decimal_point(text: str, value: str) -> None:
    assert POINT.read(text) == Decimal(value)


@pytest.mark.parametrize(("text", "value"), [("0,5", "0.5"), ("1.234,5", "1234.5"), ("1 234,5", "1234.5"), ("7", "7")])
def test_numbers_with_a_decimal_comma(text: str, value: str) -> None:
    assert COMMA.read(text) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    ["", "-", ".", "nan", "inf", "1,5", "0,123", "12,00", "1,2345", "1 00", "1,000 000", "1'000,000", "0x10", "１２", "²",
     "1_000", "1e999", "1e-999", "9" * 30, "9" * 70, "1." + "3" * 30, "1e", "--1", "1 e3"],
)  # fmt: skip
def test_what_is_no_number(text: str) -> None:
    assert POINT.read(text) is None


def test_thousands_are_not_separated_inside_lists() -> None:
    assert POINT.read("12,000", grouped=False) is None
    assert POINT.read("12000", grouped=False) == 12000


@settings(deadline=None)
@given(st.decimals(-(10**15), 10**15, places=6), st.sampled_from([POINT, COMMA]))
def test_what_is_shown_reads_as_the_same_number(value: Decimal, numerals: Numerals) -> None:
    assert numerals.read(numerals.show(value)) == value
