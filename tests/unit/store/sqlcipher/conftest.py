from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db.utils import ConnectionHandler

from waystation.store.sqlcipher.key import hold_key

KEY = bytes(range(32))


@pytest.fixture(autouse=True)
def key_is_held() -> Iterator[bytes]:
    hold_key(KEY)
    yield KEY
    hold_key(KEY)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.db"


@pytest.fixture
def connect(path: Path, django_db_blocker: Any) -> Iterator[Callable[..., Any]]:
    """Give Django's own connections to a file, apart from the one the rest of the tests share."""
    opened: list[Any] = []

    def connect(**settings: Any) -> Any:
        engine = {"ENGINE": "waystation.store.sqlcipher", "NAME": str(path)}
        wrapper = ConnectionHandler({"default": engine | settings})["default"]
        wrapper.inc_thread_sharing()
        opened.append(wrapper)
        return wrapper

    with django_db_blocker.unblock():
        yield connect
        for each in opened:
            each.close()


@pytest.fixture
def file(connect: Callable[..., Any]) -> Any:
    """Give one connection to a file with a table of 200 rows."""
    wrapper = connect()
    with wrapper.cursor() as cursor:
        cursor.execute("CREATE TABLE parent (id integer PRIMARY KEY, words text NOT NULL)")
        cursor.execute("CREATE TABLE child (id integer PRIMARY KEY, parent integer NOT NULL REFERENCES parent (id))")
        cursor.executemany(
            "INSERT INTO parent (words) VALUES (%s)", [(f"planted words {number}",) for number in range(200)]
        )
    return wrapper
