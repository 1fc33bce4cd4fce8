"""The application's own tests, on PostgreSQL instead of the encrypted file: the same code has to bear both."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.databases.postgresql import Server

ROOT = Path(__file__).resolve().parents[2]
APPS = ("store", "audit", "accounts", "cases", pytest.param("continuity", marks=pytest.mark.long))
ELSEWHERE = ("--ignore=tests/unit/store/sqlcipher",)
"""What has its own databases and never speaks to the one that ``DATABASE_URL`` names."""

OF_SQLITE = (
    "tests/unit/store/test_fields.py::test_what_a_query_computes_over_a_sealed_field_stays_sealed",
    "tests/unit/store/keyring/test_keys.py::test_an_older_key_put_back_is_noticed",
    "tests/unit/store/keyring/test_keys.py::test_an_undone_renewal_leaves_no_key_behind",
    "tests/unit/cases/index/test_index.py::test_it_fills_newest_first_for_as_long_as_it_may",
    "tests/unit/cases/index/test_index.py::test_what_was_changed_while_it_was_read_is_not_put_back",
    "tests/unit/cases/index/test_index.py::test_what_could_not_be_read_is_tried_again",
    "tests/unit/cases/index/test_index.py::test_what_waits_and_was_changed_is_read_at_once",
    "tests/unit/cases/index/test_index.py::test_what_moved_since_is_remembered_and_after_beginning_anew_it_is_not",
)
"""Tests that ask for what SQLite alone has: the largest of some bytes, emptying tables beside one of the test's own, and telling
apart what was written earlier and later in one transaction (a server names all that the one under way wrote, each time)."""


@pytest.mark.parametrize("app", APPS)
def test_the_application_bears_postgresql(postgres: Server, app: str, tmp_path: Path) -> None:
    folder = f"tests/unit/{app}"
    if not list((ROOT / folder).rglob("test_*.py")):
        pytest.skip(f"{folder} has no tests yet")
    command = [sys.executable, "-m", "pytest", "-q", "-m", "not long and not browser", "-o", f"cache_dir={tmp_path}"]
    done = subprocess.run(
        [*command, *ELSEWHERE, *(f"--deselect={each}" for each in OF_SQLITE), folder],
        cwd=ROOT,
        env=alone() | {"DATABASE_URL": postgres.create(app)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]


def test_the_address_is_really_taken(postgres: Server) -> None:
    program = "from tests import settings; print(settings.DATABASES['default']['ENGINE'])"
    environment = alone() | {"DATABASE_URL": postgres.url()}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "django.db.backends.postgresql"


def alone() -> dict[str, str]:
    """Return the environment without what belongs to this run: its data folder, and pytest's own notes."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    kept.pop("WAYSTATION_DATA", None)
    return kept | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
