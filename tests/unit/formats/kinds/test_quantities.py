from decimal import Decimal

import pytest

from waystation.formats.kinds import PLAIN, Amount, CellError, Chance, Number, Numerals, Whole


def test_numbers_keep_to_their_range() -> None:
    latitude = Number(-90, 90)
    assert latitude.read("90", PLAIN) == 90
    assert latitude.read("-90", PLAIN) == -90
    with pytest.raises(CellError, match="out of range; give a number: -90 to 90"):
        latitude.read("90.0001", PLAIN)
    with pytest.raises(CellError, match="out of range"):
        latitude.read("-90.0001", PLAIN)


def test_a_lower_bound_may_be_left_out() -> None:
    factor = Number(0, 10, above=True)
    assert factor.read("0.001", PLAIN) == Decimal("0.001")
    with pytest.raises(CellError, match="above 0, to 10"):
        factor.read("0", PLAIN)


@pytest.mark.parametrize(
    ("kind", "span"),
    [
        (Number(), ""),
        (Number(0), "0 or more"),
        (Number(0, above=True), "above 0"),
        (Number(high=3), "3 or less"),
        (Number(1, 2), "1 to 2"),
    ],
)
def test_a_range_is_said_in_words(kind: Number, span: str) -> None:
    assert kind.span == span


def test_the_other_decimal_sign_is_named() -> None:
    with pytest.raises(CellError, match=r"write 0\.95, or declare decimal = \",\""):
        Number().read("0,95", PLAIN)
    with pytest.raises(CellError, match="write 0,95"):
        Number().read("0.95", Numerals(","))


def test_whole_numbers() -> None:
    assert Whole(1, 10).read("3.0", PLAIN) == 3
    assert type(Whole(1, 10).read("3.0", PLAIN)) is int
    for text in ("3.5", "0", "11", "x"):
        with pytest.raises(CellError):
            Whole(1, 10).read(text, PLAIN)
    assert Whole(choices=(1, 12)).read("12", PLAIN) == 12
    with pytest.raises(CellError, match="one of 1, 12"):
        Whole(choices=(1, 12)).read("2", PLAIN)


@pytest.mark.parametrize(
    ("text", "value"), [("0.02", "0.02"), ("2 %", "0.02"), ("2%", "0.02"), ("100 %", "1"), ("0", "0"), ("1", "1")]
)
def test_chances(text: str, value: str) -> None:
    assert Chance().read(text, PLAIN) == Decimal(value)


@pytest.mark.parametrize("text", ["1.01", "-0.1", "101 %", "%", "2 % %", "1e-20 %"])
def test_what_is_no_chance(text: str) -> None:
    with pytest.raises(CellError):
        Chance().read(text, PLAIN)


def test_a_confidence_is_above_zero() -> None:
    assert Chance(above_zero=True).read("0.01", PLAIN) == Decimal("0.01")
    with pytest.raises(CellError, match="above 0"):
        Chance(above_zero=True).read("0", PLAIN)


def test_amounts() -> None:
    assert Amount().show(Amount().read("12,000.50", PLAIN), PLAIN) == "12000.50"
    for text in ("-1", "1e13"):
        with pytest.raises(CellError, match="out of range"):
            Amount().read(text, PLAIN)
