from collections.abc import Callable

import pytest

from waystation.formats import Fault

Spoil = Callable[..., tuple[Fault, ...]]


def test_two_rows_with_one_id(spoil: Spoil) -> None:
    (fault,) = spoil("legs.csv", "BC,B,C", "AB,B,C")
    assert (fault.line, fault.column) == (3, 1)
    assert fault.what == "the id AB stands in line 2 already"


@pytest.mark.parametrize(
    ("file", "old", "new", "line"), [("legs.csv", "BC,", "ab,", 3), ("conditions.csv", "river,,", "River,,", 3)]
)
def test_ids_that_differ_by_capitals_only(spoil: Spoil, file: str, old: str, new: str, line: int) -> None:
    faults = [fault for fault in spoil(file, old, new) if "by capitals only" in fault.what]
    assert [(fault.file, fault.line, fault.column) for fault in faults] == [(file, line, 1)]


def test_the_rows_of_one_condition_share_its_id(spoil: Spoil) -> None:
    assert spoil("conditions.csv", "rain", "more rain") == ()


def test_rows_of_different_files_may_share_an_id(spoil: Spoil) -> None:
    assert spoil("partners.csv", "G1,guide", "A,host,,,,,,\nG1,guide") == ()
