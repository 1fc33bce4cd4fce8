"""What every test of the application stands on: a store of its own, locked with a key that is known."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.office import Office


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """Hold a key before the test database is made: SQLCipher opens nothing without one."""
    from waystation.store.sqlcipher.key import hold_key

    hold_key(bytes(range(32)))


@pytest.fixture
def store(db: None) -> None:
    """An empty, migrated store, its key held."""


@pytest.fixture
def office(db: None) -> "Iterator[Office]":
    """A founded organisation with somebody in every role, recovery confirmed; see `tests.office.Office`."""
    from tests.office import whole_office
    from waystation.web.middleware import desk

    yield whole_office()
    desk._installed.clear()
