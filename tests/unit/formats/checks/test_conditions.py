from collections.abc import Callable

import pytest

from waystation.formats import Fault

Spoil = Callable[..., tuple[Fault, ...]]
PATROLS = "patrols,Patrols,few|many,0.8,,,"


@pytest.mark.parametrize(
    ("old", "new", "place", "what"),
    [
        (PATROLS, "patrols,Patrols,few|many,,,,", (4, 26), "does not say how it changes"),
        (PATROLS, "patrols,Patrols,few|many,0.8,0.9 0.1|0.1 0.9,,", (4, 30), "both persistence and transitions"),
        (PATROLS, "patrols,Patrols,few|many,,1 0 0|0 1 0|0 0 1,,", (4, 27), "3 rows for 2 levels"),
        (PATROLS, "patrols,Patrols,few|many,,0.1 0.9|0.9 0.1,,", (4, 27), "no step of 12 hours"),
        ("river,,low|high|flood", "river,,low|flood|high", (3, 8), "other levels in another row"),
        (PATROLS, "patrols,Patrols,few|many,0.8,,1|2,", (4, 31), "holds in month 3, 4, 5, 6, 7, 8, 9, 10, 11, 12"),
        (PATROLS, PATROLS + "\npatrols,,few|many,0.8,,,", (5, 24), "has a row for all other months in line 4 already"),
        (PATROLS, PATROLS + "\nriver,,low|high|flood,0.8,,5|8,", (5, 28), "has a row for month 8 in line 2 already"),
    ],
)
def test_rows_that_do_not_make_a_chain_for_each_month(
    spoil: Spoil, old: str, new: str, place: tuple[int, int], what: str
) -> None:
    faults = spoil("conditions.csv", old, new)
    assert [(fault.file, fault.line, fault.column) for fault in faults] == [("conditions.csv", *place)]
    assert what in faults[0].what


def test_a_matrix_without_a_root_is_fine_for_slots_of_a_day(spoil: Spoil) -> None:
    new = "patrols,Patrols,few|many,,0.1 0.9|0.9 0.1,,"
    assert spoil("conditions.csv", PATROLS, new, ("network.toml", "slot_hours = 12", "slot_hours = 24")) == ()


def test_rows_that_share_out_the_year(spoil: Spoil) -> None:
    new = "patrols,,few|many,0.8,,1|2|3|4|5|6,\npatrols,,few|many,0.8,,7|8|9|10|11|12,"
    assert spoil("conditions.csv", PATROLS, new) == ()


def test_a_condition_of_one_level(spoil: Spoil) -> None:
    assert spoil("conditions.csv", PATROLS, PATROLS + "\nlaw,,same,0,,,\nlaw2,,same,,1,,") == ()


def test_unreadable_months_are_not_missing_too(spoil: Spoil) -> None:
    (fault,) = spoil("conditions.csv", "6|7|8", "6|7|x")
    assert "is not a month" in fault.what
