from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from waystation.kernel import BadInputError


def database_settings(data: Path, url: str) -> dict[str, Any]:
    """Return Django's settings of the one database: SQLCipher in ``data``, or the PostgreSQL that ``url`` names.

    Raises
    ------
    BadInputError
        If ``url`` is neither empty nor of the form ``postgresql://user:password@host:port/name``. The message repeats no part of it.
    """
    if not url:
        return {"ENGINE": "waystation.store.sqlcipher", "NAME": str(data / "store.db")}
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise BadInputError("DATABASE_URL cannot be used: write postgresql://user:password@host:port/name")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(port or ""),
    }
