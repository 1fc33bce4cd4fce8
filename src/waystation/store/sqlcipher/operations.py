from django.db.backends.sqlite3 import base  # noqa: F401 - first: Django's modules import each other in a circle
from django.db.backends.sqlite3 import operations as sqlite

from waystation.store.sqlcipher.features import VERSION


class DatabaseOperations(sqlite.DatabaseOperations):
    """Django's SQL for SQLite, as far as it depends on the version."""

    def force_group_by(self) -> list[str]:
        """Return what makes SQLite group where there is nothing to group by; needed before 3.39."""
        return ["GROUP BY TRUE"] if VERSION < (3, 39) else []
