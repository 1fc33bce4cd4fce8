from collections.abc import Callable
from pathlib import Path

import pytest

from waystation.formats import read_folder

Write = Callable[[dict[str, str]], Path]


@pytest.mark.parametrize(
    ("file", "old", "new", "place", "what"),
    [
        (
            "observations.csv",
            "patrols,2026-11-01,few",
            "river,2026-11-01,low",
            ("conditions.csv", 4, 1),
            "patrols was never observed",
        ),
        ("legs.csv", "USD,0.01", "USD,", ("legs.csv", 3, 39), "BC states no chance of interception"),
        ("places.csv", "D,desti", "E,hub,,,,1,2\nD,desti", ("places.csv", 7, 1), "no leg leads to or from E"),
        ("partners.csv", "2027-06-30", "2026-11-19", ("partners.csv", 2, 24), "the vetting of G1 ended on 2026-11-19"),
        ("groups.csv", "2026-11-20", "", ("groups.csv", 3, 8), "F2 has not agreed"),
        (
            "travellers.csv",
            "assessment",
            "",
            ("travellers.csv", 3, 23),
            "F1b is a child or of disputed age without a best",
        ),
        ("travellers.csv", "5-11,full,,F1a", "5-11,full,,", ("travellers.csv", 3, 20), "without an adult of the group"),
    ],
)
def test_what_would_surprise_is_a_warning_and_no_fault(
    full: dict[str, str], write: Write, file: str, old: str, new: str, place: tuple[str, int, int], what: str
) -> None:
    assert full[file].count(old) == 1
    full[file] = full[file].replace(old, new)
    reading = read_folder(write(full))
    assert reading.network is not None
    (warning,) = reading.warnings
    assert (warning.file, warning.line, warning.column) == place
    assert what in warning.what


def test_a_zero_that_is_written_is_meant(full: dict[str, str], write: Write) -> None:
    full["legs.csv"] = full["legs.csv"].replace("USD,0.01", "USD,0")
    assert read_folder(write(full)).warnings == ()
