"""How the measuring process and its workers speak: one line of text there, one line of JSON back."""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from types import TracebackType

ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"), "1")
ROOT = Path(__file__).parents[1]
SHORTEST = 0.2


def peak_mb() -> float:
    """Return the most memory this process has held so far (resident set), in megabytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1e6 if sys.platform == "darwin" else 1e3)


def timed(solve: Callable[[], float]) -> tuple[float, float]:
    """Return the seconds one solution takes and its value: the mean of as many as fill `SHORTEST` seconds, at least one.

    A single short run measures a cache that the other program has just emptied rather than the work.
    """
    runs, begun = 0, perf_counter()
    while True:
        value = solve()
        runs += 1
        seconds = perf_counter() - begun
        if seconds >= SHORTEST:
            return seconds / runs, value


def serve(facts: dict[str, float], run: Callable[[str], dict[str, float]]) -> None:
    """Say the facts, then answer each line of input until it ends."""
    print("#" + json.dumps(facts), flush=True)
    for line in sys.stdin:
        print("#" + json.dumps(run(line.strip())), flush=True)


class Worker:
    """A worker process."""

    def __init__(self, module: str, size: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", module, size],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
            cwd=ROOT,
            env={**os.environ, **ONE_THREAD},
        )
        self.facts = self._answer()

    def __enter__(self) -> "Worker":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process.stdin is not None:
            self._process.stdin.close()
        self._process.wait(timeout=60)

    def run(self, command: str) -> dict[str, float]:
        """Send a command and return its answer."""
        assert self._process.stdin is not None
        self._process.stdin.write(command + "\n")
        return self._answer()

    def _answer(self) -> dict[str, float]:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if line.startswith("#"):
                answer: dict[str, float] = json.loads(line[1:])
                return answer
        message = "the worker ended without an answer"
        raise RuntimeError(message)
