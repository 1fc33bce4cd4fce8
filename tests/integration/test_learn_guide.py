"""The guide's page on learning: every line it quotes is printed by the command above it, and its figures are right."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from waystation.cli.main import cli
from waystation.engine.learning.jeffreys import jeffreys_interval, missions_of
from waystation.engine.model import Mode
from waystation.formats import read_folder

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "guide" / "learn.md").read_text("utf-8")
FOLDER = ROOT / "docs" / "guide" / "few-outcomes"


def quoted_lines() -> dict[str, list[str]]:
    """Return the lines quoted below each command of the page."""
    found: dict[str, list[str]] = {}
    command = ""
    for line in PAGE.splitlines():
        if line.startswith("$ "):
            command = line.removeprefix("$ ")
            found.setdefault(command, [])
        elif line.startswith("> "):
            found[command].append(line.removeprefix("> "))
    return found


def printed_by(command: str) -> str:
    program, *arguments = shlex.split(command)
    if program == "python":
        done = subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=True)
        return done.stdout
    assert program == "waystation"
    result = CliRunner().invoke(cli, arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.mark.parametrize("command", list(quoted_lines()))
def test_every_quoted_line_is_printed(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert quoted_lines()[command], "a command without a line quoted below it"
    printed = re.sub(r"\s+", " ", printed_by(command))
    for line in quoted_lines()[command]:
        assert line in printed


def test_the_figures_of_the_record() -> None:
    low, high = jeffreys_interval(1, missions_of(1015, 3), 0.9)
    assert (f"{100 * low:.2f}", f"{100 * high:.2f}") == ("0.05", "1.15")
    assert "Between 0.05 and 1.15 per cent" in PAGE
    assert missions_of(1015, 10) == 102
    assert round(100 * jeffreys_interval(1, 102, 0.9).high) == 4
    assert round(100_000 * 0.99**1015) == 4
    assert round(100 * 0.99**102) == 36


def test_the_folder_has_what_the_page_says_of_it() -> None:
    network = read_folder(FOLDER).network
    assert network is not None
    modes = [leg.mode for leg in network.legs]
    assert (modes.count(Mode.CAR), modes.count(Mode.FOOT), len(network.partners)) == (5, 1, 4)
    assert sum(outcome.count for outcome in network.outcomes) == 150
