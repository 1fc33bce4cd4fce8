import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from waystation.cli.serve import serve


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What the serving process was asked to do."""
    told: dict[str, Any] = {}

    def folder(data: Path | None, **options: Any) -> None:
        told.update(options, data=data)
        options["say"]("Waystation is open at http://127.0.0.1:7/")
        options["opened"]("http://127.0.0.1:7/")

    def demo(**options: Any) -> None:
        told.update(options, demo=True)

    monkeypatch.setattr("waystation.config.serving.start.serve_folder", folder)
    monkeypatch.setattr("waystation.config.serving.start.serve_demo", demo)
    monkeypatch.setattr("waystation.cli.serve.webbrowser.open", lambda address: told.update(browser=address))
    return told


def opened_in_time(asked: dict[str, Any]) -> bool:
    limit = time.monotonic() + 30
    while "browser" not in asked and time.monotonic() < limit:
        time.sleep(0.01)
    return "browser" in asked


def test_it_opens_the_browser_at_the_address_it_prints(asked: dict[str, Any]) -> None:
    done = CliRunner().invoke(serve, [])
    assert (done.exit_code, done.stdout) == (0, "Waystation is open at http://127.0.0.1:7/\n")
    assert opened_in_time(asked)
    assert (asked["browser"], asked["data"], asked["port"], asked["idle_seconds"]) == (
        "http://127.0.0.1:7/",
        None,
        0,
        300,
    )


def test_it_takes_a_folder_a_port_and_a_time(asked: dict[str, Any], tmp_path: Path) -> None:
    arguments = ["--data", str(tmp_path), "--port", "8123", "--no-browser", "--idle", "60"]
    assert CliRunner().invoke(serve, arguments).exit_code == 0
    assert "browser" not in asked
    assert (asked["data"], asked["port"], asked["idle_seconds"]) == (tmp_path, 8123, 60)


def test_a_demonstration_has_a_folder_of_its_own(asked: dict[str, Any], tmp_path: Path) -> None:
    assert CliRunner().invoke(serve, ["--demo"]).exit_code == 0
    assert asked["demo"]
    assert CliRunner().invoke(serve, ["--demo", "--data", str(tmp_path)]).exit_code == 2


@pytest.mark.parametrize("arguments", [["--port", "0"], ["--idle", "1"], ["--idle", "100000"], ["extra"]])
def test_what_cannot_be_is_bad_usage(asked: dict[str, Any], arguments: list[str]) -> None:
    assert CliRunner().invoke(serve, arguments).exit_code == 2
    assert not asked
