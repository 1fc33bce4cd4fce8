import pytest

from waystation.cases.models import AGE_BANDS
from waystation.exchange.importing.columns import COLUMNS, band_of_age, columns_of, entry_of, missing_of
from waystation.intake.faults import FaultCode
from waystation.intake.tables.row import Row

HEADER = ("Reference", "이름", "Region", "age", "asker", "deadline", "people 5-11", "answer way", "shoe size")


def entry(*cells: str):  # type: ignore[no-untyped-def] # the entry of a row
    return entry_of(Row(7, cells), columns_of(HEADER)[0])


def test_columns_are_known_in_both_languages_and_others_are_named() -> None:
    columns, faults = columns_of(HEADER)
    assert [columns[at].name for at in range(4)] == ["reference", "name", "region", "age"]
    assert [(each.code, each.column) for each in faults] == [(FaultCode.COLUMN_UNKNOWN, "shoe size")]


def test_a_row_says_a_request() -> None:
    found = entry("r1", "'=Sky", "north", "34", "Self", "2031-05-01", "2")
    assert found.faults == ()
    call = found.call()
    assert (call.for_whom, call.asker, dict(call.heads), str(call.deadline)) == (
        "=Sky",
        "self",
        {"5-11": 2},
        "2031-05-01",
    )
    assert entry("r1", "Sky", "", "34").heads() == {"18-59": 1}


def test_every_fault_of_a_row_is_named() -> None:
    found = entry("", "Sky", "", "old", "cousin", "soon", "999", "pigeon")
    assert [(each.code, each.column) for each in found.faults] == [
        (FaultCode.VALUE_KIND, "age"),
        (FaultCode.VALUE_CHOICE, "asker"),
        (FaultCode.VALUE_KIND, "deadline"),
        (FaultCode.VALUE_KIND, "people 5-11"),
        (FaultCode.VALUE_CHOICE, "answer_way"),
    ]
    assert [each.column for each in missing_of(entry("r1"))] == ["name", "age"]


def test_the_same_row_has_the_same_digest_whatever_its_order() -> None:
    other = entry_of(Row(9, ("Sky", "r1", "34")), columns_of(("name", "reference", "age"))[0])
    assert entry("r1", "Sky", "", "34").digest == other.digest
    assert entry("r1", "Sky", "", "35").digest != other.digest


@pytest.mark.parametrize(
    ("years", "band"), [(0, "0-4"), (4, "0-4"), (5, "5-11"), (17, "12-17"), (59, "18-59"), (75, "75+")]
)
def test_ages_have_bands(years: int, band: str) -> None:
    assert band_of_age(years) == band
    assert band in AGE_BANDS


def test_names_of_columns_are_unique() -> None:
    names = [name for column in COLUMNS for name in (column.name, *column.aliases)]
    assert len(set(names)) == len(names)
