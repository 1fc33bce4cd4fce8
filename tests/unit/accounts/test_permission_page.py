from pathlib import Path

from waystation.accounts.permission_page import permission_page
from waystation.accounts.permissions import Action
from waystation.accounts.roles import Role

PAGE = Path(__file__).resolve().parents[3] / "docs" / "permissions.md"


def test_the_page_in_the_documents_is_the_table_of_today() -> None:
    """If this fails: write what `permission_page` returns into docs/permissions.md."""
    assert PAGE.read_text("utf-8") == permission_page()


def test_every_role_and_every_action_has_a_row() -> None:
    page = permission_page()
    assert all(f"| {role} |" in page for role in Role)
    assert all(f"| {action} |" in page for action in Action)


def test_nobodys_row_of_parts_is_full() -> None:
    parts = permission_page().split("## Parts of a case")[1].split("## Actions")[0]
    rows = [line.split("|")[2:6] for line in parts.splitlines() if line.startswith("| ") and "role" not in line]
    assert len(rows) == len(Role) + 1
    assert all(any(not cell.strip() for cell in row) for row in rows[1:])
