from pathlib import Path

from waystation.cases.steps.steps_page import steps_page

PAGE = Path(__file__).resolve().parents[4] / "docs" / "steps.md"


def test_the_page_in_the_documents_is_the_table_of_today() -> None:
    """If this fails: write what `steps_page` returns into docs/steps.md."""
    assert PAGE.read_text("utf-8") == steps_page()
