import socket
from pathlib import Path

import pytest

from waystation.config.serving import start
from waystation.config.serving.folder import held
from waystation.kernel import BadInputError


class Quiet:
    """Stands in for the supervisor: says what it was given and returns at once."""

    made: list["Quiet"]

    def __init__(self, listener: socket.socket, data: Path, environment: dict[str, str]) -> None:
        self.listener, self.data, self.environment = listener, data, environment
        self.address = "http://127.0.0.1:1/"
        Quiet.made.append(self)

    def run(self) -> None:
        self.listener.close()


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    Quiet.made = []
    monkeypatch.setattr(start, "Supervisor", Quiet)


def test_a_folder_is_prepared_told_of_opened_and_let_go(tmp_path: Path) -> None:
    lines: list[str] = []
    opened: list[str] = []
    start.serve_folder(tmp_path / "data", port=0, idle_seconds=60, say=lines.append, opened=opened.append)
    assert opened == ["http://127.0.0.1:1/"]
    assert lines[0] == "Waystation is open at http://127.0.0.1:1/"
    assert lines[-1] == "Stopped."
    assert Quiet.made[0].environment == {"WAYSTATION_IDLE": "60"}
    assert held(tmp_path / "data") > 0


def test_a_port_that_is_taken_lets_the_folder_go(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(BadInputError):
            start.serve_folder(
                tmp_path, port=taken.getsockname()[1], idle_seconds=60, say=lambda _: None, opened=lambda _: None
            )
    assert not Quiet.made
    assert held(tmp_path) > 0


def test_an_address_of_a_database_that_cannot_be_used_starts_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "mysql://somewhere/else")
    with pytest.raises(BadInputError, match="DATABASE_URL"):
        start.serve_folder(tmp_path, port=0, idle_seconds=60, say=lambda _: None, opened=lambda _: None)
    assert not Quiet.made


def test_a_demonstration_is_removed_even_when_it_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    filled: list[Path] = []

    def fill(folder: Path) -> list[str]:
        filled.append(folder)
        return ["  director, Invented: words"]

    monkeypatch.setattr("waystation.config.demo.fill.fill_in_process", fill)
    lines: list[str] = []
    start.serve_demo(port=0, idle_seconds=60, say=lines.append, opened=lambda _: None)
    assert "  director, Invented: words" in lines
    assert Quiet.made[0].data == filled[0]
    with pytest.raises(BadInputError):
        start.serve_demo(port=1 << 20, idle_seconds=60, say=lines.append, opened=lambda _: None)
    assert not [folder for folder in filled if folder.exists()]
