from typing import Any

from django.db.backends.sqlite3 import base as sqlite
from django.db.backends.sqlite3._functions import register as register_functions
from django.utils.dateparse import parse_date, parse_datetime, parse_time
from sqlcipher3 import dbapi2 as Database

from waystation.store.sqlcipher.features import DatabaseFeatures
from waystation.store.sqlcipher.key import held_key
from waystation.store.sqlcipher.operations import DatabaseOperations

Database.register_converter("bool", b"1".__eq__)
Database.register_converter("date", sqlite.decoder(parse_date))
Database.register_converter("time", sqlite.decoder(parse_time))
Database.register_converter("datetime", sqlite.decoder(parse_datetime))
Database.register_converter("timestamp", sqlite.decoder(parse_datetime))
Database.register_adapter(sqlite.decimal.Decimal, str)
Database.register_adapter(sqlite.datetime.date, sqlite.adapt_date)
Database.register_adapter(sqlite.datetime.datetime, sqlite.adapt_datetime)

ALWAYS = (
    "PRAGMA cipher_memory_security = OFF",
    "PRAGMA foreign_keys = ON",
    "PRAGMA legacy_alter_table = OFF",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA secure_delete = ON",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -100000",
    "PRAGMA busy_timeout = 20000",
)
"""Said to every connection once its key is set."""


class CursorWrapper(Database.Cursor):  # type: ignore[misc] # the module has no types
    """A cursor that takes Django's ``%s``; the work is Django's own, on SQLCipher's cursor."""

    def execute(self, query: str, params: Any = None) -> Any:
        """Run one statement."""
        if params is None:
            return super().execute(query)
        names = list(params) if hasattr(params, "keys") else None
        return super().execute(self.convert_query(query, param_names=names), params)

    def executemany(self, query: str, param_list: Any) -> Any:
        """Run one statement for each set of parameters."""
        rows = list(param_list)
        names = list(rows[0]) if rows and hasattr(rows[0], "keys") else None
        return super().executemany(self.convert_query(query, param_names=names), rows)

    convert_query = sqlite.SQLiteCursorWrapper.convert_query


class DatabaseWrapper(sqlite.DatabaseWrapper):
    """Django's SQLite, opened with the key that this process holds."""

    display_name = "SQLCipher"
    Database = Database
    features_class = DatabaseFeatures
    ops_class = DatabaseOperations

    def get_connection_params(self) -> dict[str, Any]:
        """Return what is given to ``connect``; transactions begin IMMEDIATE, so that two writers wait instead of failing."""
        parameters: dict[str, Any] = super().get_connection_params()
        self.transaction_mode = self.transaction_mode or "IMMEDIATE"
        return parameters

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Open the file, set the key, and read once: a wrong key shows here and nowhere later."""
        connection = Database.connect(**conn_params)
        try:
            connection.execute(f"PRAGMA key = \"x'{held_key().hex()}'\"")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            for line in ALWAYS:
                connection.execute(line)
            register_functions(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def create_cursor(self, name: str | None = None) -> Any:
        """Return a cursor that takes Django's placeholders."""
        return self.connection.cursor(factory=CursorWrapper)
