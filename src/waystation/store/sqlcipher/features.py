from django.db.backends.sqlite3 import base  # noqa: F401 - first: Django's modules import each other in a circle
from django.db.backends.sqlite3 import features as sqlite
from django.utils.functional import cached_property
from sqlcipher3 import dbapi2 as sqlcipher

VERSION: tuple[int, int, int] = sqlcipher.sqlite_version_info
"""Of the SQLite inside SQLCipher. Django would read that of the interpreter's own, which is another and often an older one."""


class DatabaseFeatures(sqlite.DatabaseFeatures):
    """What SQLCipher's own SQLite can do."""

    can_alter_table_drop_column = VERSION >= (3, 35, 5)
    can_return_columns_from_insert = VERSION >= (3, 35)
    can_return_rows_from_bulk_insert = VERSION >= (3, 35)

    @cached_property
    def django_test_skips(self) -> dict[str, set[str]]:  # type: ignore[override] # as Django's own
        """Return the tests of Django's that do not apply, by reason: SQLite's, for the version that is really there."""
        skips = dict(super().django_test_skips)
        if VERSION >= (3, 47):
            skips.pop("SQLite does not parse escaped double quotes in the JSON path notation", None)
        return skips
