from datetime import date, datetime

import click
import pytest

from waystation.cli.parameters import CHANCE, DATE, MONEY, WIDTH
from waystation.kernel import Money


def test_money_with_its_currency() -> None:
    assert MONEY.convert("12000USD", None, None) == Money(1_200_000, "USD")
    assert MONEY.convert(Money(5, "THB"), None, None) == Money(5, "THB")


@pytest.mark.parametrize("text", ["12000", "-5USD", "lots", "5XYZ"])
def test_what_is_no_money_is_refused(text: str) -> None:
    with pytest.raises(click.BadParameter, match=r"12000USD|negative|not known"):
        MONEY.convert(text, None, None)


def test_a_day() -> None:
    assert DATE.convert("2026-12-01", None, None) == date(2026, 12, 1)
    assert DATE.convert(date(2026, 12, 1), None, None) == date(2026, 12, 1)


@pytest.mark.parametrize("text", ["2026-02-30", "1 December", "", datetime(2026, 12, 1).isoformat(" ")])  # noqa: DTZ001
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(click.BadParameter, match="is not a day; write it like 2026-12-01"):
        DATE.convert(text, None, None)


@pytest.mark.parametrize(
    ("text", "chance"),
    [("0.05", 0.05), ("5%", 0.05), (" 5 % ", 0.05), ("0", 0.0), ("1", 1.0), ("100%", 1.0), (0.25, 0.25)],
)
def test_a_chance(text: object, chance: float) -> None:
    assert CHANCE.convert(text, None, None) == chance


@pytest.mark.parametrize("text", ["1.01", "-0.1", "101%", "often", "", "nan", "%"])
def test_what_is_no_chance_is_refused(text: str) -> None:
    with pytest.raises(click.BadParameter, match=r"a number from 0 to 1 such as 0\.05, or 5%"):
        CHANCE.convert(text, None, None)


def test_a_width_lies_between_nothing_and_everything() -> None:
    assert WIDTH.convert("90%", None, None) == 0.9


@pytest.mark.parametrize("text", ["0", "1", "100%"])
def test_what_is_no_width_is_refused(text: str) -> None:
    with pytest.raises(click.BadParameter, match=r"between 0 and 1 such as 0\.9, or 90%"):
        WIDTH.convert(text, None, None)
