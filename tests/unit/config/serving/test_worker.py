import json
import logging
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from waystation.config.serving import worker
from waystation.config.serving.control import MAY_I_TRY, OPENED, READY, SERVE, STATE, STOP, WAIT, Control
from waystation.config.serving.worker import Parent, TypeAndPlace


@pytest.fixture
def line() -> Iterator[tuple[Parent, Control]]:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield Parent(Control(ours)), Control(theirs)


def test_what_the_parent_says_is_done_and_its_end_is_ours(
    line: tuple[Parent, Control], monkeypatch: pytest.MonkeyPatch
) -> None:
    parent, other = line
    done: list[str] = []
    monkeypatch.setattr(worker, "gone", lambda: done.append("gone"))
    parent.on_stop = lambda: done.append("stop")
    other.tell(SERVE)
    other.tell(STOP)
    other.tell(WAIT, 4.0)
    other.end.close()
    parent.listen()
    assert parent.serve.is_set()
    assert done == ["stop", "gone"]


def test_the_parent_is_asked_and_told(line: tuple[Parent, Control], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "gone", lambda: None)
    parent, other = line
    heard: list[str] = []

    def answer() -> None:
        while words := other.heard():
            for word, _ in words:
                heard.append(word)
                if word in {MAY_I_TRY, STATE}:
                    other.tell(WAIT, 7.5)

    listening = threading.Thread(target=parent.listen)
    listening.start()
    answering = threading.Thread(target=answer)
    answering.start()
    parent.ready()
    assert parent.may_try() == 7.5
    assert parent.seconds_to_wait() == 7.5
    parent.opened()
    parent.seconds_to_wait()
    other.end.shutdown(socket.SHUT_RDWR)
    listening.join(30)
    answering.join(30)
    assert not listening.is_alive()
    assert heard == [READY, MAY_I_TRY, STATE, OPENED, STATE]


def test_a_log_record_tells_type_and_place_alone(capsys: pytest.CaptureFixture[str]) -> None:
    try:
        raise ValueError("Invented Name")
    except ValueError:
        record = logging.LogRecord("some.where", logging.ERROR, "x.py", 1, "of %s", ("Invented Name",), sys.exc_info())
    TypeAndPlace().emit(record)
    told = capsys.readouterr().err
    assert told.startswith("error in some.where: ValueError at test_worker.py:")
    assert "Invented" not in told


NOISE = """
import json, logging, os, sys, threading, warnings
os.environ["WAYSTATION_DATA"] = os.getcwd()
os.environ["DJANGO_SETTINGS_MODULE"] = "waystation.config.settings"
from waystation.config.serving.worker import be_quiet
be_quiet()
warnings.warn("Invented Name")
logging.getLogger("django.request").error("at %s", "Invented Name")
logging.getLogger("anything").warning("Invented Name")
def fail():
    raise ValueError("Invented Name")
thread = threading.Thread(target=fail)
thread.start()
thread.join()
class Last:
    def __del__(self):
        raise ValueError("Invented Name")
Last()
fail()
"""


def test_nothing_that_fails_says_more_than_where(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", NOISE], capture_output=True, text=True, check=False, cwd=tmp_path, env=dict(os.environ)
    )
    assert done.returncode == 1
    assert "Invented" not in done.stdout + done.stderr
    assert "error in django.request" in done.stderr
    assert done.stderr.count("failed: ValueError at") == 2
    assert json.dumps(done.stdout) == '""'
