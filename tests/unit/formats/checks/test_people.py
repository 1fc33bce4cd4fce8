from collections.abc import Callable

import pytest

from waystation.formats import Fault

Spoil = Callable[..., tuple[Fault, ...]]
SpoilAt = Callable[[str, str, str], tuple[tuple[Fault, ...], list[tuple[str, int, int]]]]


@pytest.mark.parametrize(
    ("new", "what"),
    [
        ("F1c", "F1c is accompanied by nobody else"),
        ("F2a", "F2a travels with the group F2, not with F1"),
        ("F1b", "F1b is a child or of disputed age and cannot accompany"),
    ],
)
def test_company_that_cannot_be(spoil: Spoil, new: str, what: str) -> None:
    (fault,) = spoil("travellers.csv", "oxygen,F1a", f"oxygen,{new}")
    assert (fault.line, fault.column) == (4, 27)
    assert fault.what == what


def test_a_person_of_disputed_age_cannot_accompany(spoil: Spoil) -> None:
    faults = spoil("travellers.csv", "F1a,F1,18-59", "F1a,F1,disputed")
    assert [(fault.line, fault.column) for fault in faults] == [(3, 19), (4, 27)]


def test_a_group_without_travellers(spoil: Spoil) -> None:
    (fault,) = spoil("groups.csv", "F2,B", "F3,B,,,,\nF2,B")
    assert (fault.line, fault.column) == (3, 1)
    assert fault.what == "the group F3 has no travellers"


def test_a_misspelt_group_is_one_fault(spoil: Spoil) -> None:
    (fault,) = spoil("travellers.csv", "F2a,F2", "F2a,F22")
    assert "groups.csv has no row F22" in fault.what


def test_without_the_file_every_group_is_empty(spoil: Spoil, full: dict[str, str]) -> None:
    del full["travellers.csv"]
    assert len(spoil("rates.csv", "33.5", "33.5")) == 2
