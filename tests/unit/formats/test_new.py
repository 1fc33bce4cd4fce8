from pathlib import Path

import pytest

from waystation.formats import new_folder, read_folder
from waystation.formats.new import empty_folder
from waystation.formats.tables import CSV_TABLES, TABLES
from waystation.kernel import BadInputError


def test_checking_an_empty_folder_names_exactly_what_is_to_be_filled_in(tmp_path: Path) -> None:
    new_folder(tmp_path / "routes")
    faults = read_folder(tmp_path / "routes").faults
    assert [(fault.file, fault.what) for fault in faults] == [
        ("legs.csv", "legs.csv has no rows"),
        ("network.toml", "name is not given"),
        ("network.toml", "currency is not given"),
        ("network.toml", "as_of is not given"),
        ("places.csv", "places.csv has no rows"),
    ]


def test_an_empty_folder_explains_every_file_and_column() -> None:
    files = empty_folder()
    assert set(files) == {*TABLES, "README.txt"}
    for table in TABLES.values():
        chapter = files["README.txt"].split(f"\n{table.file} (")[1].split("\n\n")[0:]
        for column in table.columns:
            assert any(f"{column.name}: " in paragraph for paragraph in chapter)


def test_headers_name_every_column() -> None:
    files = empty_folder()
    for table in CSV_TABLES:
        assert files[table.file].split("\n")[1] == ",".join(table.names)


def test_filled_in_it_is_a_network(tmp_path: Path) -> None:
    new_folder(tmp_path)
    settings = tmp_path / "network.toml"
    text = settings.read_text("utf-8").replace('name = ""', 'name = "N"').replace('currency = ""', 'currency = "USD"')
    settings.write_text(text.replace('as_of = ""', "as_of = 2026-11-20"), "utf-8")
    for name, lines in (
        ("places.csv", "A,origin,,,,1,2\nD,destination,,,,3,4\n"),
        ("legs.csv", "AD,A,D,,car,,1,1,1\n"),
    ):
        with (tmp_path / name).open("a", encoding="utf-8") as file:
            file.write(lines)
    assert read_folder(tmp_path).faults == ()


def test_what_is_there_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for path in (tmp_path, tmp_path / "file"):
        with pytest.raises(BadInputError, match="is not empty"):
            new_folder(path)
    with pytest.raises(BadInputError):
        new_folder(tmp_path / "file" / "routes")
