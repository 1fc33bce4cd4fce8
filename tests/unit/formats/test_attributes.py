from collections.abc import Callable
from pathlib import Path

from waystation.formats import read_folder
from waystation.formats.attributes import EXPORTED, attributes, exported_columns, rows_of
from waystation.formats.tables import TABLES

Write = Callable[[dict[str, str]], Path]


def test_places_and_legs_are_exported_and_nothing_else() -> None:
    assert set(EXPORTED) == {"places.csv", "legs.csv"}
    assert list(exported_columns("groups.csv")) == []
    assert attributes("outcomes.csv") == ()


def test_every_column_but_free_text_is_exported() -> None:
    for table in (TABLES[file] for file in EXPORTED):
        assert [each.name for each in attributes(table.file)] == [name for name in table.names if name != "note"]


def test_types_are_those_of_the_columns() -> None:
    types = {each.name: each.type for each in attributes("legs.csv")}
    assert (types["km"], types["intercepted"], types["cost_person"]) == (float, float, float)
    assert (types["largest_party"], types["night"], types["dates"], types["mode"]) == (int, bool, str, str)


def test_values_are_plain_and_blank_cells_say_what_they_mean(full: dict[str, str], write: Write) -> None:
    tables = read_folder(write(full)).tables
    a, b, c, d = rows_of(tables, "places.csv")
    assert (a["kind"], a["lat"], a["discovery"], a["discovery_when"]) == ("origin", 40.0, 0.001, "patrols.many=3")
    assert (b["beds"], b["stay_cost"], b["currency"], b["name"]) == (6, 400.0, "THB", "House, old")
    assert (b["may_wait"], b["may_stop"], c["may_wait"], d["may_stop"]) == (True, True, False, False)
    assert (d["beds"], d["currency"], d["stay_cost"], d["discovery_weight"]) == (None, "USD", 0.0, 10.0)
    first = next(rows_of(tables, "legs.csv"))
    assert (first["dates"], first["weekdays"]) == ("2026-11-01..2027-03-31|2027-05-01..", "mon|thu")
    assert (first["refusal"], first["not_for"], first["night"]) == ("longer:2", "wheelchair|oxygen", False)
    assert all(type(value) in {str, bool, int, float, type(None)} for value in first.values())


def test_every_value_is_of_its_type(full: dict[str, str], write: Write) -> None:
    tables = read_folder(write(full)).tables
    for file in EXPORTED:
        types = {each.name: each.type for each in attributes(file)}
        for row in rows_of(tables, file):
            assert all(value is None or type(value) is types[name] for name, value in row.items())
