from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waystation.continuity.digests import digest_rows, tables_of
from waystation.store.sqlcipher.connect import open_store

KEY = bytes(32)
VALUES = st.none() | st.integers(-(2**40), 2**40) | st.text(max_size=5) | st.binary(max_size=5)
ROWS = st.lists(st.tuples(VALUES, VALUES), max_size=5)


@given(ROWS, ROWS)
@settings(deadline=None, max_examples=200)
def test_only_the_same_rows_have_the_same_digest(one: list[tuple[object, ...]], two: list[tuple[object, ...]]) -> None:
    same = digest_rows(["a", "b"], one) == digest_rows(["a", "b"], two)
    assert same == (repr(one) == repr(two))


def test_names_of_columns_count() -> None:
    assert digest_rows(["a"], [(1,)]) != digest_rows(["b"], [(1,)])


@pytest.mark.parametrize(("one", "two"), [(True, 1), (memoryview(b"x"), b"x"), (Decimal("1.50"), "1.50")])
def test_a_value_is_what_sqlite_gives_back(one: object, two: object) -> None:
    assert digest_rows(["a"], [(one,)]) == digest_rows(["a"], [(two,)])


def test_a_tables_digest_does_not_depend_on_the_order_of_writing(tmp_path: Path) -> None:
    for name, order in (("one", [1, 2, 3]), ("two", [3, 1, 2])):
        with closing(open_store(tmp_path / name, KEY, isolation_level=None)) as opened:
            opened.execute("CREATE TABLE t (k TEXT PRIMARY KEY, v BLOB)")
            opened.executemany("INSERT INTO t VALUES (?, ?)", [(str(each), bytes([each])) for each in order])
    one, two = (tables_of(tmp_path / name, KEY) for name in ("one", "two"))
    assert one == two
    assert one["t"].rows == 3
    with closing(open_store(tmp_path / "two", KEY, isolation_level=None)) as opened:
        opened.execute("UPDATE t SET v = x'00' WHERE k = '2'")
    assert tables_of(tmp_path / "two", KEY) != one
    assert tables_of(tmp_path / "two", KEY, only={"other"}) == {}
