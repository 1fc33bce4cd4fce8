from django.db.backends.sqlite3 import operations as sqlite


class DatabaseOperations(sqlite.DatabaseOperations):
    """Django's SQL for SQLite."""
