from django.db.backends.sqlite3 import features as sqlite


class DatabaseFeatures(sqlite.DatabaseFeatures):
    """What SQLCipher's own SQLite can do."""
