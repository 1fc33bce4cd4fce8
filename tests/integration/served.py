"""A real ``waystation serve`` and a small browser that talks to it, for tests."""

import html
import http.client
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[2]
HOST = "127.0.0.1"
PATIENCE = 60.0
"""Seconds that anything may take on a busy machine before a test gives it up."""

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return html.unescape(self.body.decode("utf-8", "replace"))

    @property
    def to(self) -> str:
        return self.headers.get("location", "")


@dataclass
class Browser:
    """Keeps cookies and the form token; one connection for each request, so that a worker's end is never in its way."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""
    host: str = ""

    def ask(
        self, method: str, path: str, headers: Mapping[str, str] | None = None, body: bytes | None = None
    ) -> Answer:
        connection = http.client.HTTPConnection(HOST, self.port, timeout=PATIENCE)
        given = {"Host": self.host or f"{HOST}:{self.port}", "Connection": "close"}
        given |= {name.replace("_", "-"): value for name, value in (headers or {}).items()}
        if self.cookies:
            given["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        try:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in given.items():
                connection.putheader(name, value)
            if body is not None:
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body)
            came = connection.getresponse()
            content = came.read()
        finally:
            connection.close()
        for line in came.headers.get_all("Set-Cookie") or []:
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
        answer = Answer(came.status, {name.lower(): value for name, value in came.getheaders()}, content)
        if found := TOKEN.search(answer.text):
            self.token = found[1]
        return answer

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, headers)

    def post(self, path: str, values: Mapping[str, str] | None = None, **headers: str) -> Answer:
        body = urlencode({**(values or {}), "csrfmiddlewaretoken": self.token}).encode()
        kind = {"Content_Type": "application/x-www-form-urlencoded", "Origin": f"http://{HOST}:{self.port}"}
        return self.ask("POST", path, kind | headers, body)

    def unlock(self, passphrase: str) -> Answer:
        self.get("/unlock")
        return self.post("/unlock", {"passphrase": passphrase})


@dataclass
class Served:
    """One running ``waystation serve``."""

    process: subprocess.Popen[str]
    port: int
    lines: list[str]

    def browser(self) -> Browser:
        return Browser(self.port)

    def workers(self) -> list[int]:
        """Return the ids of the workers that run now, oldest first."""
        listed = subprocess.run(
            ["ps", "-o", "pid=,stat=", "--ppid", str(self.process.pid)]
            if sys.platform.startswith("linux")
            else ["ps", "-ax", "-o", "pid=,stat=,ppid="],
            capture_output=True,
            text=True,
            check=False,
        ).stdout
        rows = [line.split() for line in listed.splitlines()]
        mine = [row for row in rows if len(row) == 2 or row[2] == str(self.process.pid)]
        return sorted((int(row[0]) for row in mine if not row[1].startswith("Z")), key=started_at)

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Send a signal and return the exit status."""
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)

    def close(self) -> None:
        """Close what was read from."""
        if self.process.stdout is not None:
            self.process.stdout.close()


def started_at(process_id: int) -> tuple[int, int]:
    """Return what orders processes by age: numbers begin anew when they have run out, so they alone tell nothing."""
    try:
        fields = Path(f"/proc/{process_id}/stat").read_text("utf-8").rpartition(")")[2].split()
        return int(fields[19]), process_id
    except (OSError, IndexError):
        return 0, process_id


def environment(data: Path, database: str = "") -> dict[str, str]:
    """Return what programs of these tests are started with; ``database`` is the address of a PostgreSQL."""
    found = {name: value for name, value in os.environ.items() if not name.startswith("WAYSTATION")}
    found.pop("DATABASE_URL", None)
    if database:
        found["DATABASE_URL"] = database
    return found | {"WAYSTATION_DATA": str(data), "DJANGO_SETTINGS_MODULE": "waystation.config.settings"}


def start(data: Path, *arguments: str, stderr: int | None = subprocess.DEVNULL, database: str = "") -> Served:
    """Start ``waystation serve`` on ``data`` and read its address."""
    program = [sys.executable, "-m", "waystation.cli.main", "serve", "--no-browser", *arguments]
    if "--demo" not in arguments:
        program += ["--data", str(data)]
    process = subprocess.Popen(
        program,
        stdout=subprocess.PIPE,
        stderr=stderr,
        stdin=subprocess.DEVNULL,
        text=True,
        env=environment(data, database),
    )
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        lines.append(line)
        if found := re.search(r"http://127\.0\.0\.1:(\d+)/", line):
            return Served(process, int(found[1]), lines)
    process.wait(PATIENCE)
    raise AssertionError(f"it did not start, status {process.returncode}: {lines}")


@contextmanager
def serving(data: Path, *arguments: str, database: str = "") -> Iterator[Served]:
    """Serve ``data`` while the block runs; whatever is left of it afterwards is killed."""
    served = start(data, *arguments, database=database)
    try:
        yield served
    finally:
        left = served.workers()
        served.process.kill()
        served.process.wait(PATIENCE)
        for worker in left:
            wait_until_gone(worker)
        served.close()


def is_gone(process_id: int) -> bool:
    """Tell whether a process has ended; one that was not waited for by its parent has ended, too."""
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return True
    listed = subprocess.run(["ps", "-o", "stat=", "-p", str(process_id)], capture_output=True, text=True, check=False)
    return listed.stdout.strip().startswith("Z") or not listed.stdout.strip()


def wait_until_gone(process_id: int, limit: float = PATIENCE) -> float:
    """Wait for a process to end and return the seconds it took."""
    began = time.monotonic()
    while not is_gone(process_id):
        assert time.monotonic() - began < limit, "the process is still there"
        time.sleep(0.01)
    return time.monotonic() - began


def wait_for(condition: object, limit: float = PATIENCE) -> None:
    """Wait until ``condition()`` is true."""
    began = time.monotonic()
    while not condition():  # type: ignore[operator] # any callable
        assert time.monotonic() - began < limit, "it did not come about"
        time.sleep(0.02)


FOUND = """
import django, os
django.setup()
from datetime import UTC, datetime
from pathlib import Path
from waystation.accounts.roles import Role
from waystation.config.desk import Desk
from waystation.vault import CHEAP
desk = Desk(Path(os.environ["WAYSTATION_DATA"]), cost=CHEAP)
at = datetime.now(UTC)
roles = {Role.DIRECTOR, Role.CASE_LEAD}
desk.set_up(PASSPHRASE, name="Invented Harbour", person_name="Invented Founder", roles=roles, language="en", at=at)
desk.confirm(desk.shares()[:2], at=at)
"""
PASSPHRASE = "anchor basket candle dragon engine forest garden"


def found_cheaply(data: Path, database: str = "") -> None:
    """Set up an organisation in ``data`` whose passphrase costs nothing to try: the cost is written in the device file."""
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    program = FOUND.replace("PASSPHRASE", repr(PASSPHRASE))
    subprocess.run([sys.executable, "-c", program], env=environment(data, database), check=True)
