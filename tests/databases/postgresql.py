"""A throw-away PostgreSQL server: made in a temporary folder, heard on 127.0.0.1 alone, gone at the end."""

import os
import pwd
import re
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

NEEDED = ("initdb", "postgres")
PLACES = (
    "/usr/lib/postgresql/*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
    "/opt/homebrew/opt/postgresql/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
    "/usr/local/pgsql/bin",
    "/usr/pgsql-*/bin",
)
HOW_TO = "PostgreSQL is not here. Debian, Ubuntu: sudo apt-get install postgresql   macOS: brew install postgresql@16"
USER = NAME = "waystation"
PATIENCE = 60.0
SERVANTS = ("postgres", "nobody")
"""Who runs the server when the tests run as root, which PostgreSQL refuses."""


def find_programs() -> Path | None:
    """Return the folder with PostgreSQL's programs: that of the PATH, else the newest of the usual places."""
    found = shutil.which("postgres")
    candidates = [Path(found).resolve().parent] if found else []
    for place in PLACES:
        candidates += sorted(Path("/").glob(place.removeprefix("/")), key=_version, reverse=True)
    return next((each for each in candidates if all((each / name).exists() for name in NEEDED)), None)


def _version(folder: Path) -> float:
    numbers = re.findall(r"\d+(?:\.\d+)?", str(folder))
    return float(numbers[-1]) if numbers else 0.0


@dataclass
class Server:
    """A running server.

    ``folder`` holds all that it writes: ``data`` and ``server.log``. Its one user may do everything and has a password of chance.
    """

    programs: Path
    folder: Path
    port: int
    password: str = field(repr=False)

    def url(self, name: str = NAME) -> str:
        """Return the address of a database, as ``DATABASE_URL`` takes it."""
        return f"postgresql://{USER}:{self.password}@127.0.0.1:{self.port}/{name}"

    def connect(self, name: str = NAME) -> psycopg.Connection[Any]:
        """Return a connection of the driver's own; each statement is its own transaction."""
        return psycopg.connect(self.url(name), autocommit=True)

    def create(self, name: str) -> str:
        """Make an empty database and return its address."""
        with self.connect("postgres") as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        return self.url(name)

    def run(self, program: str, *arguments: str) -> bytes:
        """Run one of PostgreSQL's programs, such as ``pg_dump``, against the server and return what it wrote."""
        environment = {"PGHOST": "127.0.0.1", "PGPORT": str(self.port), "PGUSER": USER, "PGPASSWORD": self.password}
        command = [str(self.programs / program), *arguments]
        return subprocess.run(command, env=environment, capture_output=True, check=True).stdout


@contextmanager
def running(settings: Mapping[str, str] = {}) -> Iterator[Server]:
    """Make a server, start it, and stop and remove it at the end.

    Raises
    ------
    FileNotFoundError
        If PostgreSQL is not installed; the message says how to install it.
    """
    programs = find_programs()
    if programs is None:
        raise FileNotFoundError(HOW_TO)
    folder = Path(tempfile.mkdtemp(prefix="waystation-postgresql-"))
    try:
        password = secrets.token_hex(16)
        _make(programs, folder, password)
        process, port = _start(programs, folder, {"fsync": "off"} | dict(settings))
        try:
            server = Server(programs, folder, port, password)
            _wait(server, process)
            server.create(NAME)
            yield server
        finally:
            _stop(process)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _servant() -> dict[str, Any]:
    """Return as whom to run: nobody else, unless this is root."""
    if os.getuid() != 0:
        return {}
    for name in SERVANTS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    raise RuntimeError(f"PostgreSQL does not run as root, and there is no user {' or '.join(SERVANTS)}")


def _make(programs: Path, folder: Path, password: str) -> None:
    secret = folder / "password"
    secret.write_text(password, "ascii")
    servant = _servant()
    if servant:
        for path in (folder, secret):
            os.chown(path, servant["user"], servant["group"])
    command = [str(programs / "initdb"), f"--pgdata={folder / 'data'}", f"--username={USER}", f"--pwfile={secret}"]
    command += ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-sync"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, **servant)
    secret.unlink()
    if done.returncode:
        raise RuntimeError(f"initdb failed: {done.stderr}")


def _start(programs: Path, folder: Path, settings: Mapping[str, str]) -> tuple[subprocess.Popen[bytes], int]:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port = int(asked.getsockname()[1])
    said = {"listen_addresses": "127.0.0.1", "port": str(port), "unix_socket_directories": "", **settings}
    command = [str(programs / "postgres"), "-D", str(folder / "data")]
    command += [word for name, value in said.items() for word in ("-c", f"{name}={value}")]
    with (folder / "server.log").open("wb") as log:
        # A session of its own: an interrupt from the keyboard reaches the tests, and they stop the server.
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, start_new_session=True, **_servant())
    return process, port


def _wait(server: Server, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            server.connect("postgres").close()
        except psycopg.OperationalError:
            if process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"PostgreSQL did not start: {(server.folder / 'server.log').read_text()}") from None
            time.sleep(0.05)
        else:
            return


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End it at once, without tidying up: nobody will ever start it again."""
    if process.poll() is None:
        process.send_signal(signal.SIGQUIT)
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
