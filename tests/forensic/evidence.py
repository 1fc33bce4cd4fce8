"""Processes whose every output and temporary file is kept for the scanner."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120.0


@dataclass(frozen=True)
class Scene:
    """Everywhere a process may write: its data folder, its temporary and home folders, and what it says."""

    folder: Path

    def __post_init__(self) -> None:
        for each in (self.data, self.temporary, self.home):
            each.mkdir(parents=True, exist_ok=True)

    @property
    def data(self) -> Path:
        """The data folder."""
        return self.folder / "data"

    @property
    def temporary(self) -> Path:
        """Where temporary files go."""
        return self.folder / "t"

    @property
    def home(self) -> Path:
        """The home folder."""
        return self.folder / "home"

    def environment(self, more: Mapping[str, str]) -> dict[str, str]:
        """Return an environment in which nothing is written elsewhere."""
        kept = {
            name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "PYTEST_CURRENT_TEST"}
        }
        places = {name: str(self.temporary) for name in ("TMPDIR", "TEMP", "TMP", "SQLITE_TMPDIR")}
        places |= {"HOME": str(self.home), "XDG_CACHE_HOME": str(self.home), "XDG_CONFIG_HOME": str(self.home)}
        named = {"WAYSTATION_DATA": str(self.data), "DJANGO_SETTINGS_MODULE": "waystation.config.settings"}
        return kept | places | named | {"PYTHONDONTWRITEBYTECODE": "1"} | dict(more)

    @contextmanager
    def process(self, name: str, command: list[str], more: Mapping[str, str] = {}) -> Iterator[subprocess.Popen[bytes]]:
        """Run a program until the end of the block; what it says goes into files of its name."""
        with (self.folder / f"{name}.out").open("wb") as out, (self.folder / f"{name}.err").open("wb") as err:
            started = subprocess.Popen(
                [sys.executable, "-m", *command],
                cwd=ROOT,
                env=self.environment(more),
                stdin=subprocess.PIPE,
                stdout=out,
                stderr=err,
            )
            try:
                yield started
            finally:
                assert started.stdin is not None
                started.stdin.close()
                started.terminate()
                started.wait(PATIENCE)

    def wait_for_an_answer(self, name: str, started: subprocess.Popen[bytes]) -> None:
        """Wait until a program has said its line."""
        end = time.monotonic() + PATIENCE
        while not (self.folder / f"{name}.out").read_bytes().endswith(b"}\n"):
            assert started.poll() is None, self.said(name)
            assert time.monotonic() < end, self.said(name)
            time.sleep(0.05)

    def said(self, name: str) -> str:
        """Return everything a process has said."""
        return (self.folder / f"{name}.out").read_text("utf-8") + (self.folder / f"{name}.err").read_text("utf-8")

    def answer(self, name: str) -> dict[str, Any]:
        """Return the first line that a program said, as JSON."""
        found: dict[str, Any] = json.loads((self.folder / f"{name}.out").read_text("utf-8").splitlines()[0])
        return found
