"""The parent: it holds the listening socket and no keys, and puts a new, locked worker in the place of one that ended."""

import contextlib
import os
import selectors
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from waystation.config.serving.control import MAY_I_TRY, OPENED, READY, SERVE, STATE, STOP, WAIT, Control
from waystation.config.serving.patience import Patience
from waystation.kernel import BadInputError, BrokenPromiseError

HOST = "127.0.0.1"
STOP_SECONDS = 5.0
MOST_FALSE_STARTS = 3
BACKLOG = 128


def listening(port: int) -> socket.socket:
    """Return a socket that listens on this machine alone; port 0 takes a free one.

    Raises
    ------
    BadInputError
        If the port is taken or may not be used.
    """
    made = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((HOST, port))
        made.listen(BACKLOG)
    except (OSError, OverflowError):
        made.close()
        raise BadInputError(f"port {port} cannot be used: another program has it; leave --port out") from None
    return made


@dataclass
class Worker:
    """One child and the line to it."""

    process: subprocess.Popen[bytes]
    control: Control
    ready: bool = False
    serving: bool = False


@dataclass
class Supervisor:
    """Keeps one worker serving and one loaded and waiting, until it is told to stop.

    Attributes
    ----------
    listener
        The listening socket; connections made while a worker is replaced wait in it.
    data
        The folder of this device's files.
    environment
        What workers are started with, besides what this process has.
    """

    listener: socket.socket
    data: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    patience: Patience = field(default_factory=Patience)

    def __post_init__(self) -> None:
        self._port: int = self.listener.getsockname()[1]
        self._selector = selectors.DefaultSelector()
        self._workers: list[Worker] = []
        self._stopping = False
        self._false_starts = 0
        self._stop_on_hangup = sys.stdin is not None and sys.stdin.isatty()

    @property
    def address(self) -> str:
        """Where the application is."""
        return f"http://{HOST}:{self._port}/"

    def run(self) -> None:
        """Serve until SIGINT or SIGTERM; then stop cleanly and return.

        Raises
        ------
        BrokenPromiseError
            If workers end before they are loaded, three times in a row.
        """
        wake, woken = socket.socketpair()
        for end in (wake, woken):
            end.setblocking(False)
        signal.set_wakeup_fd(woken.fileno(), warn_on_full_buffer=False)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGCHLD):
            signal.signal(number, lambda *_: None)
        self._selector.register(wake, selectors.EVENT_READ, None)
        try:
            self._fill()
            while not self._stopping:
                self._turn(wake)
        finally:
            self._end()
            signal.set_wakeup_fd(-1)
            wake.close()
            woken.close()

    def _turn(self, wake: socket.socket) -> None:
        for key, _ in self._selector.select(timeout=1.0):
            if key.data is None:
                with contextlib.suppress(BlockingIOError):
                    for number in wake.recv(64):
                        self._on_signal(number)
            else:
                self._on_words(key.data)
        self._reap()
        if not self._stopping:
            self._fill()

    def _on_signal(self, number: int) -> None:
        if number in {signal.SIGINT, signal.SIGTERM}:
            self._stopping = True
        elif number == signal.SIGHUP:
            for worker in self._workers:
                if worker.serving:
                    worker.process.kill()
            # The terminal it was started from was closed: there is nobody left to stop it.
            self._stopping = self._stopping or self._stop_on_hangup

    def _on_words(self, worker: Worker) -> None:
        words = worker.control.heard()
        if words is None:
            with contextlib.suppress(KeyError):
                self._selector.unregister(worker.control.end)
            return
        for word, _ in words:
            if word == READY:
                worker.ready = True
                self._false_starts = 0
            elif word == MAY_I_TRY:
                worker.control.tell(WAIT, self.patience.may_try(time.monotonic()))
            elif word == STATE:
                worker.control.tell(WAIT, self.patience.seconds_to_wait(time.monotonic()))
            elif word == OPENED:
                self.patience.opened()

    def _reap(self) -> None:
        for worker in list(self._workers):
            if worker.process.poll() is None:
                continue
            self._workers.remove(worker)
            with contextlib.suppress(KeyError, ValueError):
                self._selector.unregister(worker.control.end)
            worker.control.end.close()
            if not worker.ready:
                self._false_starts += 1
        if self._false_starts >= MOST_FALSE_STARTS:
            raise BrokenPromiseError("the application does not start")

    def _fill(self) -> None:
        """See to it that one worker serves, and that one more is loaded behind it."""
        if not self._workers:
            self._start()
        first = next((worker for worker in self._workers if worker.serving), self._workers[0])
        if not first.serving:
            first.serving = True
            first.control.tell(SERVE)
        if first.ready and len(self._workers) < 2:
            self._start()

    def _start(self) -> None:
        ours, theirs = socket.socketpair()
        listener = self.listener.fileno()
        environment = os.environ | self.environment
        environment["WAYSTATION_DATA"] = str(self.data)
        environment["WAYSTATION_PORT"] = str(self._port)
        environment["DJANGO_SETTINGS_MODULE"] = "waystation.config.settings"
        program = [sys.executable, "-m", "waystation.config.serving.worker", str(listener), str(theirs.fileno())]
        process = subprocess.Popen(  # noqa: S603 - our own module, by this very interpreter
            program, env=environment, pass_fds=(listener, theirs.fileno()), stdin=subprocess.DEVNULL
        )
        theirs.close()
        worker = Worker(process, Control(ours))
        self._workers.append(worker)
        self._selector.register(ours, selectors.EVENT_READ, worker)

    def _end(self) -> None:
        """Let the serving worker finish and end the waiting one; whoever takes too long is killed."""
        self.listener.close()
        for worker in self._workers:
            if worker.serving:
                worker.control.tell(STOP)
            else:
                worker.process.kill()
        limit = time.monotonic() + STOP_SECONDS
        for worker in self._workers:
            try:
                worker.process.wait(max(0.1, limit - time.monotonic()))
            except subprocess.TimeoutExpired:
                worker.process.kill()
                worker.process.wait()
            worker.control.end.close()
        self._selector.close()
