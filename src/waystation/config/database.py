from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from waystation.kernel import BadInputError

FORM = "DATABASE_URL cannot be used: write postgresql://user:password@host:port/name"
LOCAL = {"", "127.0.0.1", "::1", "localhost"}
STRICT = {"sslmode": "verify-full", "sslrootcert": "system"}
"""How a server elsewhere is spoken to: sealed, and only after its certificate was checked against its name."""
SEALED_MODES = {"require", "verify-ca", "verify-full"}


def database_settings(data: Path, url: str) -> dict[str, Any]:
    """Return Django's settings of the one database: SQLCipher in ``data``, or the PostgreSQL that ``url`` names.

    Parameters
    ----------
    data
        The folder of this device's files.
    url
        Empty for SQLCipher, or ``postgresql://user:password@host:port/name``; ``host`` may follow after ``?`` as a folder with a
        socket, ``sslmode`` and ``sslrootcert`` as PostgreSQL has them. A server on another machine is spoken to under TLS alone.

    Raises
    ------
    BadInputError
        If ``url`` has another form or asks for a connection in the clear. The message repeats no part of it.
    """
    if not url:
        # A connection is kept: closing the last one would write the log back into the file and sync it, at every page.
        return {"ENGINE": "waystation.store.sqlcipher", "NAME": str(data / "store.db"), "CONN_MAX_AGE": None}
    try:
        parts = urlsplit(url)
        port, options = parts.port, _options(parts.query)
    except ValueError:
        raise BadInputError(FORM) from None
    host = options.pop("host", parts.hostname or "")
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/") or options.keys() - STRICT.keys():
        raise BadInputError(FORM)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": _transport(host, options),
    }


def _options(query: str) -> dict[str, str]:
    return dict(parse_qsl(query, keep_blank_values=True, strict_parsing=True)) if query else {}


def _transport(host: str, options: dict[str, str]) -> dict[str, str]:
    """Return what is said to PostgreSQL about TLS; nothing by default if its server is on this machine."""
    if host in LOCAL or host.startswith("/"):
        return options
    if options.get("sslmode", "verify-full") not in SEALED_MODES:
        raise BadInputError(
            "DATABASE_URL cannot be used: a server on another machine needs sslmode=verify-full, verify-ca or require"
        )
    if options.get("sslmode") == "require":
        return options
    return STRICT | options
