import math
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waystation.briefs import figures
from waystation.kernel import Money


@pytest.mark.parametrize(
    ("chance", "shown"),
    [
        (0.0, "0 %"),
        (1.0, "100 %"),
        (0.9432, "94.3 %"),
        (0.94, "94 %"),
        (0.5, "50 %"),
        (0.0004, "under 0.1 %"),
        (0.99995, "over 99.9 %"),
        (1.0 - 1e-13, "100 %"),
        (0.001, "0.1 %"),
        (math.nan, "–"),
    ],
)
def test_percent_is_never_more_exact_than_it_is(chance: float, shown: str) -> None:
    assert figures.percent("en", chance) == shown


@settings(deadline=None)
@given(st.floats(0.0, 1.0))
def test_a_least_chance_is_never_shown_too_low(chance: float) -> None:
    shown = float(figures.percent_at_least("en", chance).removesuffix(" %"))
    assert shown >= chance * 100 - 1e-6
    assert shown <= chance * 100 + 0.1 + 1e-6


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        (Money(1234500, "USD"), "12,345 USD"),
        (Money(1234550, "USD"), "12,345.50 USD"),
        (Money(20000000, "KRW"), "20,000,000 KRW"),
        (Money(0, "USD"), "0 USD"),
    ],
)
def test_money_has_separators_and_its_currency(amount: Money, shown: str) -> None:
    assert figures.money("ko", amount) == shown


def test_a_mean_amount_is_rounded_up_to_the_major_unit() -> None:
    assert figures.mean_money("en", 1104300.2, "USD") == "11,044 USD"
    assert figures.mean_money("en", 1104300.0, "USD") == "11,043 USD"
    assert figures.mean_money("en", 0.0, "USD") == "0 USD"
    assert figures.mean_money("en", 12.3, "KRW") == "13 KRW"
    assert figures.mean_money("en", math.nan, "USD") == "–"


def test_counts_know_one_from_many() -> None:
    assert figures.counted("en", "days", 1) == "1 day"
    assert figures.counted("en", "days", 1.5) == "1.5 days"
    assert figures.counted("ko", "people", 5) == "5명"
    assert figures.counted("en", "days", math.nan) == "–"


def test_calendar_days() -> None:
    assert figures.calendar("en", date(2026, 12, 2), year=False) == "2 Dec"
    assert figures.calendar("en", date(2026, 12, 2), year=True) == "2 Dec 2026"
    assert figures.calendar("ko", date(2026, 12, 2), year=True) == "2026년 12월 2일"


def test_numbers_and_units_stay_together_and_nothing_else_does() -> None:
    assert figures.tied("by day 31 (19 Dec) on 12월 2일") == "by day\u00a031 (19\u00a0Dec) on 12월\u00a02일"
    assert figures.tied("94 % of 12 USD입니다, 300 m of 5 men") == "94\u00a0% of 12\u00a0USD입니다, 300\u00a0m of 5 men"


@pytest.mark.parametrize(
    ("low", "high", "shown"),
    [
        (0.88, 0.97, "88 to 97 %"),
        (0.882, 0.9704, "88.2 to 97 %"),
        (0.9401, 0.9403, "94 %"),
        (0.0, 0.012, "0 to 1.2 %"),
        (0.0002, 0.012, "under 0.1 % to 1.2 %"),
        (0.97, 0.9999, "97 % to over 99.9 %"),
        (0.0, 0.0, "0 %"),
    ],
)
def test_a_range_of_chances_has_one_sign(low: float, high: float, shown: str) -> None:
    assert figures.percent_range("en", low, high) == shown


@pytest.mark.parametrize(
    ("low", "high", "shown"),
    [
        (0.88, 0.97, "88–97 %"),
        (0.0, 0.012, "0–1.2 %"),
        (0.0002, 0.012, "<0.1–1.2 %"),
        (0.97, 0.9999, "97–>99.9 %"),
        (0.97, 1.0, "97–100 %"),
        (0.0002, 0.0003, "under 0.1 %"),
    ],
)
def test_a_range_is_short_in_a_table(low: float, high: float, shown: str) -> None:
    assert figures.short_percent_range("en", low, high) == shown
    assert figures.short_percent_range("ko", 0.88, 0.97) == "88~97 %"


def test_differences_are_points_without_a_sign() -> None:
    assert figures.points("en", 0.012) == "1.2 points"
    assert figures.points("en", -0.01) == "1 point"
    assert figures.points("ko", 0.012) == "1.2 %p"


def test_ranges_of_money_and_days() -> None:
    assert figures.mean_money_range("en", 8800001.0, 10100000.0, "USD") == "88,001 to 101,000 USD"
    assert figures.mean_money_range("en", 100.0, 100.0, "USD") == "1 USD"
    assert figures.mean_money_range("en", math.nan, 1.0, "USD") == "–"
    assert figures.counted_range("en", "days", 40.0, 44.25) == "40 to 44.2 days"
    assert figures.counted_range("en", "days", 1.0, 1.0) == "1 day"
    assert figures.counted_range("ko", "days", math.nan, 1.0) == "–"
