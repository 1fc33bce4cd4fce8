"""A PostgreSQL server sees ciphertext alone: its data files, its log ahead, its own log and its dumps hold no name."""

from pathlib import Path

import pytest

from tests.databases.postgresql import HOW_TO, Server, find_programs, running
from tests.forensic.evidence import Scene
from tests.forensic.names import invented_names
from tests.forensic.scan import Scanner

SIZES = [60, pytest.param(500, marks=pytest.mark.long)]
TALKATIVE = {"log_statement": "all", "log_parameter_max_length": "-1", "log_min_error_statement": "debug1"}
"""A server that writes down every statement with all that was put into it."""


def everything_of(server: Server, to: Path) -> list[Path]:
    """Return the folders and files to look into: all the server wrote, and its dumps in two forms, after a checkpoint."""
    with server.connect() as connection:
        connection.execute("CHECKPOINT")
    dumps = [to / "dump.sql", to / "dump.custom"]
    dumps[0].write_bytes(server.run("pg_dump", "waystation"))
    dumps[1].write_bytes(server.run("pg_dump", "--format=custom", "--compress=0", "waystation"))
    return [server.folder, *dumps]


@pytest.mark.parametrize("count", SIZES)
def test_no_name_reaches_the_server(tmp_path: Path, count: int) -> None:
    if find_programs() is None:
        pytest.skip(HOW_TO)
    scene, names = Scene(tmp_path / "scene"), invented_names(count)
    scanner = Scanner(names)
    command = ["tests.forensic.planter", str(scene.data), str(count)]
    with running(TALKATIVE) as server:
        with scene.process("planter", command, {"DATABASE_URL": server.url()}) as started:
            scene.wait_for_an_answer("planter", started)
        places = everything_of(server, tmp_path)
        hits, read = scanner.in_folders([*places, tmp_path])
        assert scene.answer("planter")["planted"] >= count - 8
        assert hits == []
        assert b"cases_case" in (tmp_path / "dump.sql").read_bytes()
        assert b"INSERT INTO" in (server.folder / "server.log").read_bytes()
        kinds = {
            path.relative_to(server.folder / "data").parts[0] for path in read if server.folder / "data" in path.parents
        }
        assert {"base", "pg_wal"} <= kinds
        assert not (scene.data / "store.db").exists()


def test_an_unsealed_write_is_found_there(tmp_path: Path) -> None:
    """The control: a column that somebody forgot to seal is found in the data files, the log ahead, the log and the dumps."""
    if find_programs() is None:
        pytest.skip(HOW_TO)
    names = invented_names(6)
    with running(TALKATIVE) as server:
        with server.connect() as connection:
            connection.execute("CREATE TABLE forgotten (name text)")
            for name in names:
                connection.execute("INSERT INTO forgotten VALUES (%s)", (name,))
        hits, _ = Scanner(names).in_folders(everything_of(server, tmp_path))
        found = {name: {_place(hit.path, server) for hit in hits if hit.name == name} for name in names}
    everywhere = {"base", "pg_wal", "server.log", "dump.sql", "dump.custom"}
    assert found == dict.fromkeys(names, everywhere)


def _place(path: Path, server: Server) -> str:
    data = server.folder / "data"
    return path.relative_to(data).parts[0] if path.is_relative_to(data) else path.name
