from collections.abc import Callable

import pytest

from waystation.formats import Fault

Spoil = Callable[..., tuple[Fault, ...]]
SpoilAt = Callable[[str, str, str], tuple[tuple[Fault, ...], list[tuple[str, int, int]]]]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("observations.csv", "2026-11-18", "¶2026-11-21"),
        ("outcomes.csv", "2025-03-02", "¶2027-03-02"),
        ("groups.csv", "2026-10-02", "¶2026-12-02"),
        ("groups.csv", "2026-11-20", "¶2026-11-21"),
    ],
)
def test_what_happened_after_the_day_of_the_folder(spoil_at: SpoilAt, file: str, old: str, new: str) -> None:
    faults, places = spoil_at(file, old, new)
    assert [(fault.file, fault.line, fault.column) for fault in faults] == places
    assert "is later than as_of 2026-11-20" in faults[0].what


def test_the_day_of_the_folder_itself_is_not_later(spoil: Spoil) -> None:
    assert spoil("observations.csv", "2026-11-18", "2026-11-20") == ()


def test_without_as_of_nothing_is_later(spoil: Spoil) -> None:
    faults = spoil("network.toml", "2026-11-20", '"soon"')
    assert [fault.file for fault in faults] == ["network.toml"]


def test_partners_may_be_vetted_into_the_future_and_legs_run_there(spoil: Spoil) -> None:
    assert spoil("partners.csv", "2027-06-30", "2029-06-30") == ()
