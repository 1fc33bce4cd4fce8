from collections.abc import Callable
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

from waystation.store.sqlcipher import features
from waystation.store.sqlcipher.features import DatabaseFeatures


def test_the_version_is_that_of_the_library_that_opens_the_file(connect: Callable[..., Any]) -> None:
    with connect().cursor() as cursor:
        cursor.execute("SELECT sqlite_version()")
        assert cursor.fetchone()[0] == ".".join(map(str, features.VERSION))
    assert sqlcipher.sqlite_version_info == features.VERSION


def test_what_the_version_can_do_is_really_done(connect: Callable[..., Any]) -> None:
    wrapper = connect()
    assert wrapper.features.can_return_columns_from_insert
    assert wrapper.features.can_return_rows_from_bulk_insert
    assert wrapper.features.can_alter_table_drop_column
    with wrapper.cursor() as cursor:
        cursor.execute("CREATE TABLE made (id integer PRIMARY KEY, gone text)")
        cursor.execute("INSERT INTO made (gone) VALUES ('a'), ('b') RETURNING id")
        assert cursor.fetchall() == [(1,), (2,)]
        cursor.execute("ALTER TABLE made DROP COLUMN gone")
        cursor.execute("SELECT * FROM made")
        assert [column[0] for column in cursor.description] == ["id"]


def test_an_old_interpreter_s_sqlite_takes_nothing_away() -> None:
    own = set(vars(DatabaseFeatures))
    assert {"can_return_columns_from_insert", "can_return_rows_from_bulk_insert", "can_alter_table_drop_column"} <= own


def test_no_test_of_django_s_is_left_out_for_a_version_that_is_not_there(connect: Callable[..., Any]) -> None:
    reasons = connect().features.django_test_skips
    assert not [reason for reason in reasons if "escaped double quotes" in reason]
    assert [reason for reason in reasons if "15 significant digits" in reason]
