"""The throw-away server itself: who hears it, who runs it, and that it is gone afterwards."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from tests.databases import __main__ as command
from tests.databases import postgresql
from tests.databases.postgresql import HOW_TO, Server, find_programs, running

ROOT = Path(__file__).resolve().parents[2]


def test_it_answers_its_one_user_alone(postgres: Server) -> None:
    with postgres.connect() as connection:
        assert connection.execute("SELECT current_user, current_database()").fetchone() == ("waystation", "waystation")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(postgres.url().replace(postgres.password, "guessed"))


def test_it_is_heard_on_this_machine_alone(postgres: Server) -> None:
    with postgres.connect() as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("127.0.0.1",)
        assert connection.execute("SHOW unix_socket_directories").fetchone() == ("",)


def test_it_does_not_run_as_root(postgres: Server) -> None:
    assert (postgres.folder / "data").stat().st_uid != 0


def test_its_password_is_not_shown(postgres: Server) -> None:
    assert postgres.password not in repr(postgres)
    assert not (postgres.folder / "password").exists()


def test_it_is_gone_afterwards() -> None:
    if find_programs() is None:
        pytest.skip(HOW_TO)
    with running({"log_connections": "on"}) as server:
        url = server.url()
        assert "connection authorized" in (server.folder / "server.log").read_text()
    assert not server.folder.exists()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url)


def test_without_it_one_is_told_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(postgresql, "find_programs", lambda: None)
    monkeypatch.setattr(command, "find_programs", lambda: None)
    monkeypatch.setattr(os, "getuid", lambda: 1000)
    with pytest.raises(FileNotFoundError, match="apt-get install postgresql"), running():
        pass
    assert command.main([]) == 0
    assert command.main(["try", "never-run"]) == 0
    assert command.main(["run", "never-run"]) == 1
    told = capfd.readouterr().err
    assert told.count("brew install postgresql@16") == 3
    assert "Not run: never-run" in told


def test_the_newest_of_the_usual_places_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for version, programs in {"9.6": ("initdb", "postgres"), "16": ("initdb", "postgres"), "17": ("psql",)}.items():
        folder = tmp_path / version / "bin"
        folder.mkdir(parents=True)
        for name in programs:
            (folder / name).touch()
    monkeypatch.setattr(postgresql, "PLACES", (f"{tmp_path}/*/bin",))
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_programs() == tmp_path / "16" / "bin"


@pytest.mark.parametrize("arguments", [["run"], ["try"], ["start"]])
def test_a_call_that_makes_no_sense_is_told_what_would(arguments: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    assert command.main(arguments) == 2
    assert "Usage" in capfd.readouterr().err


def test_a_command_gets_an_address_that_works_and_its_status_is_passed_on() -> None:
    if find_programs() is None:
        pytest.skip(HOW_TO)
    program = (
        "import os, sys, psycopg\n"
        "with psycopg.connect(os.environ['DATABASE_URL']) as connection:\n"
        "    sys.exit(connection.execute('SELECT 7').fetchone()[0])"
    )
    done = subprocess.run(["scripts/postgres", "run", sys.executable, "-c", program], cwd=ROOT, check=False)
    assert done.returncode == 7
