from collections.abc import Callable

import pytest

from waystation.formats import Fault

Spoil = Callable[..., tuple[Fault, ...]]
SpoilAt = Callable[[str, str, str], tuple[tuple[Fault, ...], list[tuple[str, int, int]]]]


@pytest.mark.parametrize(
    ("file", "old", "new", "what", "right"),
    [
        ("legs.csv", "100.50,USD", "¶100.505,USD", "cost_person 100.505 has more decimals than USD", "at most 2"),
        ("budget.csv", "500000,THB", "¶500000.005,THB", "amount 500000.005 has more decimals than THB", "at most 2"),
        ("budget.csv", "500000,THB", "¶500000.5,¶KRW", "amount 500000.5 has more decimals than KRW", "whole number"),
        ("budget.csv", "500000,THB", "¶500000.005,", "more decimals than USD", "at most 2"),
    ],
)
def test_an_amount_finer_than_its_currency(
    spoil_at: SpoilAt, file: str, old: str, new: str, what: str, right: str
) -> None:
    faults, places = spoil_at(file, old, new)
    assert [(fault.file, fault.line, fault.column) for fault in faults] == places
    assert what in faults[0].what
    assert right in faults[0].right


def test_decimals_that_say_nothing_are_fine(spoil: Spoil) -> None:
    assert spoil("budget.csv", "500000,THB", "500000.5000,THB") == ()


def test_a_currency_without_a_rate(spoil_at: SpoilAt) -> None:
    (fault,), places = spoil_at("partners.csv", "500,USD", "500,¶EUR")
    assert [(fault.file, fault.line, fault.column)] == places
    assert fault.what == "no rate from EUR to USD on or before 2026-11-20"
    assert fault.right == "add a row to rates.csv with base EUR and quote USD"


def test_a_rate_of_a_later_day_does_not_count(spoil: Spoil) -> None:
    faults = spoil("rates.csv", "2026-11-01", "2026-11-21")
    assert {(fault.file, fault.line) for fault in faults} == {("places.csv", 4), ("legs.csv", 4), ("budget.csv", 3)}


def test_a_rate_the_other_way_round_counts(spoil: Spoil) -> None:
    assert spoil("rates.csv", "USD,THB,33.5", "THB,USD,0.03") == ()


def test_no_chain_of_rates_is_followed(spoil: Spoil) -> None:
    faults = spoil("rates.csv", "2026-11-01,USD,THB,33.5", "2026-11-01,USD,EUR,0.9\n2026-11-01,EUR,THB,37")
    assert len(faults) == 3


def test_an_unreadable_rate_is_not_missing_too(spoil: Spoil) -> None:
    (fault,) = spoil("rates.csv", "33.5", "many")
    assert fault.file == "rates.csv"


def test_a_rate_to_itself_and_a_rate_twice(spoil: Spoil) -> None:
    faults = spoil("rates.csv", "THB,33.5", "THB,33.5\n2026-11-01,USD,THB,34\n2026-11-01,USD,USD,1")
    assert [(fault.line, fault.column) for fault in faults] == [(3, 1), (4, 16)]
    assert "stands in line 2 already" in faults[0].what
    assert faults[1].what == "a rate from USD to itself"


def test_a_rate_is_above_zero(spoil: Spoil) -> None:
    (fault,) = spoil("rates.csv", "33.5", "0")
    assert "above 0" in fault.right
