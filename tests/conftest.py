"""What every test of the application stands on: a store of its own, locked with a key that is known."""

import pytest


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """Hold a key before the test database is made: SQLCipher opens nothing without one."""
    from waystation.store.sqlcipher.key import hold_key

    hold_key(bytes(range(32)))
