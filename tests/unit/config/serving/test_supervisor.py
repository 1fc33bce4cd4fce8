import signal
import socket
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from waystation.config.serving.supervisor import Supervisor, listening
from waystation.kernel import BadInputError, BrokenPromiseError

WORKER = """
import os, socket, sys, threading, time
line = socket.socket(fileno=int(sys.argv[2]))
listener = socket.socket(fileno=int(sys.argv[1]))
line.sendall(b"ready\\n")
if line.recv(64) != b"serve\\n":
    sys.exit()
threading.Thread(target=lambda: os._exit(0 if line.recv(64) else 0), daemon=True).start()
while True:
    taken, _ = listener.accept()
    taken.sendall(str(os.getpid()).encode())
    taken.close()
    if os.environ.get("ONCE"):
        os._exit(0)
"""


def test_a_port_is_on_this_machine_alone() -> None:
    with listening(0) as made:
        host, port = made.getsockname()
        assert host == "127.0.0.1"
        with pytest.raises(BadInputError, match=f"port {port} cannot be used"):
            listening(port)


def run_with(worker: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, **environment: str) -> Supervisor:
    """Return a supervisor whose workers run ``worker`` instead of our own program."""
    program = tmp_path / "worker.py"
    program.write_text(textwrap.dedent(worker))
    real = subprocess.Popen

    def started(command: list[str], **options: Any) -> Any:
        return real([sys.executable, str(program), *command[3:]], **options)

    monkeypatch.setattr("waystation.config.serving.supervisor.subprocess.Popen", started)
    return Supervisor(listening(0), tmp_path, environment)


def test_a_worker_that_ended_is_replaced_and_no_connection_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parent = run_with(WORKER, tmp_path, monkeypatch, ONCE="yes")
    port = parent.listener.getsockname()[1]
    answers: list[bytes] = []

    def visit() -> None:
        for _ in range(4):
            with socket.create_connection(("127.0.0.1", port), timeout=30) as asked:
                answers.append(asked.recv(64))
        signal.raise_signal(signal.SIGTERM)

    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    threading.Thread(target=visit).start()
    try:
        parent.run()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    assert len(set(answers)) == 4
    assert parent.address == f"http://127.0.0.1:{port}/"


def test_workers_that_never_start_are_not_tried_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parent = run_with("raise SystemExit(1)", tmp_path, monkeypatch)
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    began = time.monotonic()
    try:
        with pytest.raises(BrokenPromiseError):
            parent.run()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    assert time.monotonic() - began < 60
