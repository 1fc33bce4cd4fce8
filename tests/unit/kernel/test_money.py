from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waystation.kernel import CURRENCIES, BadInputError, Money, decimals_of, parse_money


@pytest.mark.parametrize(
    ("currency", "decimals"), [("KRW", 0), ("VND", 0), ("LAK", 0), ("CNY", 2), ("THB", 2), ("USD", 2)]
)
def test_the_decimals_that_the_work_needs(currency: str, decimals: int) -> None:
    assert decimals_of(currency) == decimals


def test_an_unknown_currency_is_told_the_known_ones() -> None:
    with pytest.raises(BadInputError, match=r"'XXX' is not known; one of AUD, CAD, .*, USD"):
        decimals_of("XXX")
    with pytest.raises(BadInputError, match="XXX"):
        Money(1, "XXX")


@pytest.mark.parametrize(
    ("major", "currency", "minor"),
    [
        ("12.50", "USD", 1250),
        (5000, "KRW", 5000),
        (Decimal("-0.01"), "USD", -1),
        ("1E3", "USD", 100_000),
        ("12.500", "USD", 1250),
    ],
)
def test_of_the_major_unit(major: Decimal | int | str, currency: str, minor: int) -> None:
    assert Money.of(major, currency) == Money(minor, currency)


@pytest.mark.parametrize("major", ["0.001", "NaN", "Infinity"])
def test_more_decimals_than_the_currency_has_are_refused(major: str) -> None:
    with pytest.raises(BadInputError, match="more decimals than the currency's 2"):
        Money.of(major, "USD")


def test_what_is_no_amount_is_refused() -> None:
    with pytest.raises(BadInputError, match="'many' is not an amount"):
        Money.of("many", "USD")


def test_it_is_shown_exactly() -> None:
    assert (Money(1_250_000, "USD").plain, str(Money(1_250_000, "USD"))) == ("12500.00", "12,500.00 USD")
    assert (Money(1_250_000, "KRW").plain, str(Money(1_250_000, "KRW"))) == ("1250000", "1,250,000 KRW")
    assert Money(5, "USD").major == Decimal("0.05")


@given(st.integers(-(10**15), 10**15), st.sampled_from(sorted(CURRENCIES)))
def test_the_major_unit_and_back(minor: int, currency: str) -> None:
    money = Money(minor, currency)
    assert Money.of(money.major, currency) == money
    assert Money.of(money.plain, currency) == money
    if minor >= 0:
        assert parse_money(str(money)) == money


@pytest.mark.parametrize(
    ("text", "money"),
    [
        ("12000USD", Money(1_200_000, "USD")),
        (" 12,000.50 usd ", Money(1_200_050, "USD")),
        ("KRW 3000000", Money(3_000_000, "KRW")),
        ("krw3_000_000", Money(3_000_000, "KRW")),
        ("+7 THB", Money(700, "THB")),
        ("12000", Money(1_200_000, "USD")),
        ("12000KRW", Money(12_000, "KRW")),
    ],
)
def test_what_a_person_types(text: str, money: Money) -> None:
    assert parse_money(text, "USD") == money


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("lots", "'lots' is not an amount of money"),
        ("", "not an amount of money"),
        ("12.USD", "not an amount of money"),
        ("USD", "not an amount of money"),
        ("12000", "names no currency; write it like 12000USD"),
        ("-5USD", "negative"),
        ("5XYZ", "'XYZ' is not known"),
        ("5.5KRW", "more decimals"),
    ],
)
def test_what_cannot_be_read_says_why(text: str, why: str) -> None:
    with pytest.raises(BadInputError, match=why):
        parse_money(text)
