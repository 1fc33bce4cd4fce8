from pathlib import Path

from waystation.formats.document import format_page
from waystation.formats.tables import TABLES
from waystation.kernel import CURRENCIES

ROOT = Path(__file__).resolve().parents[3]


def test_the_committed_page_is_the_one_that_is_drawn() -> None:
    drawn = format_page()
    assert (ROOT / "docs" / "format.md").read_text("utf-8") == drawn, (
        "draw it anew: python -m waystation.formats.document > docs/format.md"
    )


def test_the_page_names_every_file_and_column_in_its_own_section() -> None:
    sections = format_page().split("\n## ")
    for table in TABLES.values():
        (section,) = [text for text in sections if text.startswith(f"`{table.file}`")]
        for column in table.columns:
            assert f"| `{column.name}` |" in section


def test_nothing_is_left_to_be_filled_in() -> None:
    page = format_page()
    assert not any(mark in page for mark in ("{files}", "{kinds}", "{currencies}", "{tables}", "{example}"))
    assert all(f"{name} {decimals}" in page for name, decimals in CURRENCIES.items())


def test_every_row_of_a_table_has_as_many_cells_as_its_head() -> None:
    head = 0
    for line in format_page().split("\n"):
        cells = line.replace("\\|", "").count("|") if line.startswith("|") else 0
        assert not (cells and head) or cells == head, line
        head = cells
