from collections.abc import Callable

from waystation.formats import Fault

Spoil = Callable[..., tuple[Fault, ...]]


def test_a_required_cell_that_is_blank(spoil: Spoil) -> None:
    (fault,) = spoil("groups.csv", "F2,B,,", "F2,,,")
    assert (fault.line, fault.column) == (3, 4)
    assert fault.what == "place is blank"
    assert "such as CHN" in fault.right


def test_a_leg_without_any_duration_is_one_fault(spoil: Spoil) -> None:
    (fault,) = spoil("legs.csv", "120,1,1.5,3", "120,,,")
    assert fault.what == "the leg has no duration"


def test_a_leg_with_half_a_duration_lacks_the_rest(spoil: Spoil) -> None:
    assert [fault.what for fault in spoil("legs.csv", "120,1,1.5,3", "120,,1.5,")] == [
        "days_low is blank",
        "days_high is blank",
    ]


def test_a_required_key_that_is_not_given(spoil: Spoil) -> None:
    (fault,) = spoil("network.toml", "as_of = 2026-11-20\n", "")
    assert (fault.file, fault.line, fault.column) == ("network.toml", 1, 1)
    assert fault.what == "as_of is not given"


def test_a_blank_key_is_not_given(spoil: Spoil) -> None:
    (fault,) = spoil("network.toml", 'name = "Rivers"', 'name = " "')
    assert (fault.what, fault.line, fault.column) == ("name is not given", 2, 8)


def test_a_required_file_without_rows(spoil: Spoil, full: dict[str, str]) -> None:
    rows = full["legs.csv"].split("\n", 1)[1]
    faults = spoil("legs.csv", rows, "")
    assert ("legs.csv", 1, "legs.csv has no rows") in {(fault.file, fault.line, fault.what) for fault in faults}
