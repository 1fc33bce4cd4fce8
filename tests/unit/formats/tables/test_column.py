import tomllib

import pytest

from waystation.formats.kinds import PLAIN, Chance, OneOf
from waystation.formats.tables import CSV_TABLES, SETTINGS, TABLES, Column, Table

EVERY = [(table, column) for table in TABLES.values() for column in table.columns]


def names(pair: object) -> str:
    return pair.name if isinstance(pair, Column) else pair.file if isinstance(pair, Table) else ""


def plain_example(table: Table, column: Column) -> str:
    return str(tomllib.loads(f"key = {column.example}")["key"]) if table is SETTINGS else column.example


@pytest.mark.parametrize(("table", "column"), EVERY, ids=names)
def test_an_example_reads_and_is_shown_in_its_normal_form(table: Table, column: Column) -> None:
    example = plain_example(table, column)
    assert column.kind.show(column.kind.read(example, PLAIN), PLAIN) == example


@pytest.mark.parametrize(("table", "column"), EVERY, ids=names)
def test_a_column_says_what_it_means_and_what_a_blank_cell_means(table: Table, column: Column) -> None:
    assert column.meaning.endswith(".")
    assert column.when_blank
    assert not (column.required and (column.default or column.blank)), "a required cell is never blank"
    assert not (column.default and column.blank), "one meaning of a blank cell"


@pytest.mark.parametrize(("table", "column"), EVERY, ids=names)
def test_a_default_is_a_value_of_its_column(table: Table, column: Column) -> None:
    assert (column.default_value is not None) == bool(column.default)


def test_names_are_unique_and_plain() -> None:
    for table in TABLES.values():
        assert len(set(table.names)) == len(table.names)
        assert all(name.replace("_", "").isalpha() and name.islower() for name in table.names)


def test_the_first_column_is_required_so_that_a_row_never_begins_blank() -> None:
    assert all(table.columns[0].required for table in CSV_TABLES)


def test_words_are_told_apart_by_more_than_capitals() -> None:
    for _, column in EVERY:
        if isinstance(column.kind, OneOf):
            members = [str(member).casefold() for member in column.kind.members]
            assert len(set(members)) == len(members)


def test_only_dates_can_lie_in_the_past() -> None:
    assert {(table.file, column.name) for table, column in EVERY if column.past} == {
        ("observations.csv", "date"),
        ("outcomes.csv", "date"),
        ("judgements.csv", "date"),
        ("calibration.csv", "date"),
        ("beliefs.csv", "date"),
        ("groups.csv", "asked_on"),
        ("groups.csv", "consent_on"),
        ("groups.csv", "promised_on"),
    }


def test_a_blank_cell_in_words() -> None:
    assert Column("a", Chance(), "A.", "0", required=True).when_blank == "required"
    assert Column("a", Chance(), "A.", "0", default="0").when_blank == "`0`"
    assert Column("a", Chance(), "A.", "0", blank="none").when_blank == "none"
    assert Column("a", Chance(), "A.", "0").when_blank == "nothing said"
