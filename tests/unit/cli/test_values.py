import math

from waystation.cli.values import exact_money, mean_money, number
from waystation.kernel import Money


def test_exact_money_is_in_the_major_unit() -> None:
    assert exact_money(Money(123450, "USD")) == "1234.50"
    assert exact_money(Money(5000, "KRW")) == "5000"
    assert exact_money(None) is None


def test_a_mean_is_rounded_to_the_minor_unit_half_to_even() -> None:
    assert [mean_money(minor, "USD") for minor in (100.5, 101.5, 99.4)] == ["1.00", "1.02", "0.99"]
    assert mean_money(1234.5, "KRW") == "1234"
    assert mean_money(math.nan, "USD") is None


def test_no_number_is_null() -> None:
    assert number(math.nan) is None
    assert number(0.25) == 0.25
