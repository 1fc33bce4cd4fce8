import datetime as dt
import decimal
from collections.abc import Mapping
from itertools import chain
from typing import Any

from django.db.backends.sqlite3 import base as sqlite
from django.db.backends.sqlite3._functions import register as register_functions  # type: ignore[import-untyped] # no stub
from django.utils.asyncio import async_unsafe
from django.utils.dateparse import parse_date, parse_datetime, parse_time
from sqlcipher3 import dbapi2 as sqlcipher

from waystation.store.sqlcipher.connect import BUSY_SECONDS, open_store
from waystation.store.sqlcipher.creation import DatabaseCreation
from waystation.store.sqlcipher.features import DatabaseFeatures
from waystation.store.sqlcipher.key import held_key
from waystation.store.sqlcipher.operations import DatabaseOperations

sqlcipher.register_converter("bool", b"1".__eq__)
sqlcipher.register_converter("date", sqlite.decoder(parse_date))
sqlcipher.register_converter("time", sqlite.decoder(parse_time))
sqlcipher.register_converter("datetime", sqlite.decoder(parse_datetime))
sqlcipher.register_converter("timestamp", sqlite.decoder(parse_datetime))
sqlcipher.register_adapter(decimal.Decimal, str)
sqlcipher.register_adapter(dt.date, sqlite.adapt_date)
sqlcipher.register_adapter(dt.datetime, sqlite.adapt_datetime)


class CursorWrapper(sqlcipher.Cursor):  # type: ignore[misc] # the module has no types
    """A cursor that takes Django's ``%s``; the work is Django's own, on SQLCipher's cursor."""

    def execute(self, query: str, params: Any = None) -> Any:
        """Run one statement."""
        if params is None:
            return super().execute(query)
        return super().execute(self._with_marks(query, params), params)

    def executemany(self, query: str, param_list: Any) -> Any:
        """Run one statement for each set of parameters, which may come from a generator."""
        every = iter(param_list)
        first = next(every, None)
        if first is None:
            return super().executemany(self._with_marks(query, ()), [])
        return super().executemany(self._with_marks(query, first), chain([first], every))

    def _with_marks(self, query: str, params: Any) -> Any:
        names = list(params) if isinstance(params, Mapping) else None
        return self.convert_query(query, param_names=names)

    convert_query = sqlite.SQLiteCursorWrapper.convert_query


class DatabaseWrapper(sqlite.DatabaseWrapper):
    """Django's SQLite, opened with the key that this process holds."""

    display_name = "SQLCipher"
    Database = sqlcipher
    creation_class = DatabaseCreation
    features_class = DatabaseFeatures
    ops_class = DatabaseOperations
    transaction_mode: str | None
    init_commands: list[str]

    def get_connection_params(self) -> dict[str, Any]:
        """Return what is given to ``connect``.

        Transactions begin IMMEDIATE: two writers then wait for each other, where with a plain BEGIN the second one fails
        after it has already read.
        """
        parameters: dict[str, Any] = super().get_connection_params()
        self.transaction_mode = self.transaction_mode or "IMMEDIATE"
        return {"timeout": BUSY_SECONDS, **parameters}

    @async_unsafe
    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Open the file with the key that is held.

        Raises
        ------
        LockedError
            If no key is held.
        WrongSecretError
            If it does not open the file.
        """
        connection = open_store(key=held_key(), **conn_params)
        register_functions(connection)
        for command in filter(None, map(str.strip, self.init_commands)):
            connection.execute(command)
        return connection

    def create_cursor(self, name: str | None = None) -> Any:
        """Return a cursor that takes Django's placeholders."""
        return self.connection.cursor(factory=CursorWrapper)
