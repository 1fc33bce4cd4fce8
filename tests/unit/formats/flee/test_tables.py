from waystation.formats.flee.tables import FLEE_TABLES, OTHER_NAMES
from waystation.formats.kinds import PLAIN


def test_every_column_has_an_example_that_reads() -> None:
    for table in FLEE_TABLES:
        for column in table.columns:
            column.kind.read(column.example, PLAIN)


def test_other_names_are_of_columns_and_of_no_other_column() -> None:
    names = [column.name for table in FLEE_TABLES for column in table.columns]
    assert set(OTHER_NAMES) <= set(names)
    every = [*names, *(other for others in OTHER_NAMES.values() for other in others)]
    assert sorted(set(every) - {"name1", "name2"}) == sorted(name for name in every if name not in {"name1", "name2"})


def test_the_files_are_flees() -> None:
    assert [table.file for table in FLEE_TABLES] == ["locations.csv", "routes.csv", "closures.csv"]
