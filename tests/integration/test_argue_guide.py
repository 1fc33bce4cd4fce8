"""The guide's page on arguing with a plan: every line it quotes is printed by the command above it."""

import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from waystation.cli.main import cli

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "guide" / "argue.md").read_text("utf-8")
WORSE = "out/worse"


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


def in_one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)


@pytest.fixture(scope="module")
def worse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the example and believe in more interceptions on the way through China, as the page says."""
    folder = tmp_path_factory.mktemp("changed") / "worse"
    shutil.copytree(ROOT / "examples" / "family-of-five", folder)
    legs = (folder / "legs.csv").read_text("utf-8")
    changed = re.sub(r"^(n-s-through,.*?),0\.0025,", r"\1,0.01,", legs, flags=re.MULTILINE)
    assert changed != legs
    (folder / "legs.csv").write_text(changed, "utf-8")
    return folder


@pytest.mark.parametrize("command", list(quoted_lines()))
def test_every_quoted_line_is_printed(command: str, worse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    program, *arguments = shlex.split(command)
    assert program == "waystation"
    result = CliRunner().invoke(cli, [str(worse) if each == WORSE else each for each in arguments])
    assert result.exit_code == 0, result.output
    printed = in_one_line(result.stdout)
    for line in quoted_lines()[command]:
        assert in_one_line(line) in printed


def test_the_page_quotes_every_command_it_shows() -> None:
    quoted = quoted_lines()
    assert len(quoted) == 5
    assert all(quoted.values())
    assert sum(map(len, quoted.values())) >= 15
