import multiprocessing
from pathlib import Path
from typing import Any

from django.db import NotSupportedError
from django.db.backends.sqlite3 import base  # noqa: F401 - first: Django's modules import each other in a circle
from django.db.backends.sqlite3 import creation as sqlite

from waystation.store.sqlcipher.copy import copy_file
from waystation.store.sqlcipher.key import held_key

BESIDE = ("-wal", "-shm", "-journal")
"""What SQLite keeps next to a database, by the end of its name."""


class DatabaseCreation(sqlite.DatabaseCreation):
    """Makes, copies and removes the databases of tests."""

    connection: Any  # Django says a DatabaseWrapper of its own SQLite; ours is made of it

    def get_test_db_clone_settings(self, suffix: str) -> dict[str, Any]:
        """Return the settings of a copy for another process.

        Raises
        ------
        NotSupportedError
            If the database is in memory and processes do not fork: Django would carry it across unencrypted.
        """
        if self.is_in_memory_db(self.connection.settings_dict["NAME"]) and multiprocessing.get_start_method() != "fork":
            raise NotSupportedError("an encrypted database in memory is copied by fork alone; give the test a file")
        settings: dict[str, Any] = super().get_test_db_clone_settings(suffix)
        return settings

    def _clone_test_db(self, suffix: str, verbosity: int, keepdb: bool = False) -> None:
        """Copy a database of tests; Django copies the file, which under WAL leaves out what was written last."""
        source = self.connection.settings_dict["NAME"]
        if self.is_in_memory_db(source):
            return
        target = Path(self.get_test_db_clone_settings(suffix)["NAME"])
        if keepdb and target.exists():
            return
        _remove(target)
        copy_file(Path(source), target, held_key())

    def _destroy_test_db(self, test_database_name: str, verbosity: int) -> None:
        """Remove a database of tests and what lies beside it."""
        if test_database_name and not self.is_in_memory_db(test_database_name):
            _remove(Path(test_database_name))


def _remove(database: Path) -> None:
    for end in ("", *BESIDE):
        database.with_name(database.name + end).unlink(missing_ok=True)
