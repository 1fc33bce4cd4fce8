"""The decision meeting of the guide: the page says what the command prints, and the minutes are there."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "guide" / "decide.md").read_text("utf-8")


def test_the_page_says_what_the_command_prints_and_the_minutes_are_written(tmp_path: Path) -> None:
    shown = re.search(r"```text\n(.*?)```", PAGE, re.DOTALL)
    assert shown is not None
    arguments = ["select", "examples/queue", "--quick", "--brief", str(tmp_path)]
    done = subprocess.run(
        [sys.executable, "-m", "waystation.cli.main", *arguments], capture_output=True, text=True, check=True, cwd=ROOT
    )
    printed = [line.rstrip() for line in done.stdout.splitlines()]
    said = [line for line in shown[1].splitlines() if line]
    assert len(said) > 10
    assert [line for line in printed if line in said] == said
    page = (tmp_path / "minutes-en.html").read_text("utf-8")
    headline = " ".join(said[:2]).split(". ")[0]
    assert headline in page
    assert "결정 회의 회의록" in (tmp_path / "minutes-ko.html").read_text("utf-8")


def test_every_command_of_the_page_names_an_option_that_there_is() -> None:
    options = set(re.findall(r"--[a-z-]+", PAGE))
    told = subprocess.run(
        [sys.executable, "-m", "waystation.cli.main", "select", "--help"], capture_output=True, text=True, check=True
    ).stdout
    assert options - {"--all"} <= set(re.findall(r"--[a-z-]+", told))
