from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waystation.engine.model import MissingRateError, Rate, convert
from waystation.kernel import Money

DAY = date(2026, 11, 1)
LATER = date(2026, 11, 20)
BAHT = Rate(DAY, "USD", "THB", Decimal("33.5"))


def test_money_of_the_same_currency_needs_no_rate() -> None:
    assert convert(Money(7, "USD"), "USD", [], DAY) == Money(7, "USD")


def test_a_price_is_rounded_up_and_a_budget_down() -> None:
    # 100.00 THB / 33.5 = 2.98507... USD
    assert convert(Money(10_000, "THB"), "USD", [BAHT], DAY) == Money(299, "USD")
    assert convert(Money(10_000, "THB"), "USD", [BAHT], DAY, is_budget=True) == Money(298, "USD")


def test_an_exact_amount_is_not_rounded() -> None:
    assert convert(Money(200, "USD"), "THB", [BAHT], DAY) == Money(6700, "THB")
    assert convert(Money(6700, "THB"), "USD", [BAHT], DAY) == Money(200, "USD")


def test_minor_units_of_both_currencies_count() -> None:
    won = Rate(DAY, "USD", "KRW", Decimal(1400))
    assert convert(Money(150, "USD"), "KRW", [won], DAY) == Money(2100, "KRW")
    assert convert(Money(1, "KRW"), "USD", [won], DAY) == Money(1, "USD")


def test_the_newest_rate_that_is_not_of_the_future() -> None:
    rates = [Rate(LATER, "USD", "THB", Decimal(30)), BAHT, Rate(date(2025, 1, 1), "USD", "THB", Decimal(40))]
    assert convert(Money(100, "USD"), "THB", rates, date(2026, 11, 19)) == Money(3350, "THB")
    assert convert(Money(100, "USD"), "THB", rates, LATER) == Money(3000, "THB")


def test_of_one_day_the_rate_given_the_right_way_round() -> None:
    wrong_way = Rate(DAY, "THB", "USD", Decimal("0.03"))
    for rates in ([BAHT, wrong_way], [wrong_way, BAHT]):
        assert convert(Money(100, "USD"), "THB", rates, DAY) == Money(3350, "THB")
        assert convert(Money(100, "THB"), "USD", rates, DAY) == Money(3, "USD")


@pytest.mark.parametrize(
    "rates", [[], [Rate(LATER, "USD", "THB", Decimal(30))], [Rate(DAY, "USD", "KRW", Decimal(1400))]]
)
def test_without_a_rate_nothing_is_converted(rates: list[Rate]) -> None:
    with pytest.raises(MissingRateError, match="no rate from USD to THB on or before 2026-11-01"):
        convert(Money(100, "USD"), "THB", rates, DAY)


@given(st.integers(0, 10**9), st.decimals(Decimal("0.01"), Decimal(2000), places=4), st.booleans())
def test_nobody_runs_short(minor: int, value: Decimal, turned: bool) -> None:
    rate = Rate(DAY, *(("THB", "USD") if turned else ("USD", "THB")), value)
    up = convert(Money(minor, "USD"), "THB", [rate], DAY).minor
    down = convert(Money(minor, "USD"), "THB", [rate], DAY, is_budget=True).minor
    exact = minor / value if turned else minor * value
    assert down <= exact.quantize(Decimal("0.000001")) + Decimal("0.000001")
    assert up >= exact.quantize(Decimal("0.000001")) - Decimal("0.000001")
    assert 0 <= up - down <= 1
