"""The way to Storm: one process for a whole test run, questions as files, answers as numbers."""

import json
import subprocess
import sys
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import Literal

MISSING = "Storm is not here; on Linux or macOS `uv sync --group oracle` installs it (stormpy 2.0 or newer)"
BEST_ARRIVAL = 'Pmax=? [F "arrived"]'


def is_here() -> bool:
    """Whether stormpy can be started; it is not imported into this process."""
    return find_spec("stormpy") is not None


class Storm:
    """Storm in a process of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._count = 0
        program = Path(__file__).with_name("storm_process.py")
        self._process = subprocess.Popen(
            [sys.executable, str(program)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )

    def __enter__(self) -> "Storm":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait(timeout=30)

    def ask(
        self, model: Iterable[str], *properties: str, form: Literal["drn", "prism", "intervals"] = "drn"
    ) -> list[float]:
        """Return the value of each property at the initial state of a model given as text."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._count += 1
        path = self.folder / f"model{self._count}.{form}"
        with path.open("w", encoding="ascii") as file:
            file.writelines(model)
        question = {"format": form, "path": str(path), "properties": list(properties or (BEST_ARRIVAL,))}
        self._process.stdin.write(json.dumps(question) + "\n")
        for line in self._process.stdout:
            if line.startswith("ANSWER "):
                reply = json.loads(line.removeprefix("ANSWER "))
                if "error" in reply:
                    raise RuntimeError(reply["error"])
                path.unlink()
                return [float(value) for value in reply["values"]]
        message = "Storm ended without an answer"
        raise RuntimeError(message)
