from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waystation.config.database import database_settings
from waystation.kernel import BadInputError

DATA = Path("/somewhere/data")


def test_without_an_address_the_store_is_a_file_of_this_device() -> None:
    settings = database_settings(DATA, "")
    assert settings["ENGINE"] == "waystation.store.sqlcipher"
    assert settings["NAME"] == str(DATA / "store.db")
    assert settings["CONN_MAX_AGE"] is None


def test_an_address_names_a_postgresql_server() -> None:
    settings = database_settings(DATA, "postgresql://a%40b:p%2Fw%3A@127.0.0.1:5433/way%20station")
    assert settings["ENGINE"] == "django.db.backends.postgresql"
    found = {name: settings[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")}
    assert found == {
        "NAME": "way station",
        "USER": "a@b",
        "PASSWORD": "p/w:",
        "HOST": "127.0.0.1",
        "PORT": "5433",
        "OPTIONS": {},
    }


def test_a_server_may_be_reached_through_a_socket() -> None:
    settings = database_settings(DATA, "postgres:///waystation?host=/var/run/PostgreSQL")
    assert (settings["HOST"], settings["PORT"], settings["OPTIONS"]) == ("/var/run/PostgreSQL", "", {})


@pytest.mark.parametrize(
    ("query", "options"),
    [
        ("", {"sslmode": "verify-full", "sslrootcert": "system"}),
        ("?sslrootcert=/etc/ours.pem", {"sslmode": "verify-full", "sslrootcert": "/etc/ours.pem"}),
        (
            "?sslmode=verify-ca&sslrootcert=/etc/ours.pem",
            {"sslmode": "verify-ca", "sslrootcert": "/etc/ours.pem"},
        ),
        ("?sslmode=require", {"sslmode": "require"}),
    ],
)
def test_a_server_elsewhere_is_spoken_to_under_tls(query: str, options: dict[str, str]) -> None:
    assert database_settings(DATA, f"postgresql://u:p@db.example.org/name{query}")["OPTIONS"] == options


@pytest.mark.parametrize("mode", ["disable", "allow", "prefer", ""])
def test_a_server_elsewhere_is_never_spoken_to_in_the_clear(mode: str) -> None:
    with pytest.raises(BadInputError, match="DATABASE_URL"):
        database_settings(DATA, f"postgresql://u:planted@db.example.org/name?sslmode={mode}")


@pytest.mark.parametrize(
    "url",
    [
        "planted",
        "mysql://planted:planted@host/planted",
        "sqlite:///planted",
        "postgresql://planted:planted@host",
        "postgresql://planted:planted@host/",
        "postgresql://planted:planted@host:planted/planted",
        "postgresql://planted:planted@host:99999/planted",
        "postgresql://planted:planted@[host/planted",
        "postgresql://planted:planted@localhost/planted?options=planted",
        "postgresql://planted:planted@localhost/planted?planted",
    ],
)
def test_an_address_that_cannot_be_used_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(BadInputError, match="DATABASE_URL") as caught:
        database_settings(DATA, url)
    assert "planted" not in str(caught.value)
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


@given(url=st.text(min_size=1))
def test_any_words_are_an_address_or_an_error_of_ours(url: str) -> None:
    try:
        settings = database_settings(DATA, url)
    except BadInputError:
        return
    assert settings["ENGINE"] == "django.db.backends.postgresql"
