"""One worker: Django behind waitress on the parent's socket. It holds one person's keys at most, and ends to be rid of them."""

import contextlib
import logging
import os
import signal
import socket
import sys
import threading
import warnings
from collections.abc import Callable
from functools import partial
from queue import Empty, SimpleQueue
from typing import Any, NoReturn

from waystation.config.serving.control import MAY_I_TRY, OPENED, READY, SERVE, STATE, STOP, WAIT, Control
from waystation.config.serving.hardening import cautions, harden
from waystation.config.serving.watch import start_watch

ANSWER_SECONDS = 5.0
FINISH_SECONDS = 2.0


def gone() -> NoReturn:
    """End at once: nothing is flushed, no handler runs, and the memory goes back to the system."""
    os._exit(0)


class Parent:
    """The worker's side of the line."""

    def __init__(self, control: Control) -> None:
        self._control = control
        self._answers: SimpleQueue[float] = SimpleQueue()
        self._asking = threading.Lock()
        self.serve = threading.Event()
        self.on_stop: Callable[[], object] = gone

    def listen(self) -> None:
        """Take what the parent says, in a thread of its own, until the parent is gone: then this process is gone, too."""
        while (words := self._control.heard()) is not None:
            for word, number in words:
                if word == WAIT:
                    self._answers.put(number)
                elif word == SERVE:
                    self.serve.set()
                elif word == STOP:
                    self.on_stop()
        gone()

    def ready(self) -> None:
        """Say that everything is loaded."""
        self._control.tell(READY)

    def opened(self) -> None:
        """Say that the passphrase was right."""
        self._control.tell(OPENED)

    def may_try(self) -> float:
        """Ask whether a passphrase may be tried now: seconds to wait, 0 for yes (and it is counted)."""
        return self._ask(MAY_I_TRY)

    def seconds_to_wait(self) -> float:
        """Ask how long the next try has to wait."""
        return self._ask(STATE)

    def _ask(self, word: str) -> float:
        with self._asking:
            self._control.tell(word)
            try:
                return self._answers.get(timeout=ANSWER_SECONDS)
            except Empty:
                gone()


class TypeAndPlace(logging.Handler):
    """Writes of any log record who wrote it, how grave it is, and an exception's type and place: no message, no arguments."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write the line."""
        from waystation.web.middleware.record import told, write_line

        error = record.exc_info[1] if record.exc_info else None
        write_line(f"{record.levelname.lower()} in {record.name}{f': {told(error)}' if error else ''}")


def be_quiet() -> None:
    """Let no message of an exception, a warning or a log reach the terminal."""
    from waystation.web.middleware.record import told, write_line

    logging.raiseExceptions = False
    logging.captureWarnings(capture=False)
    warnings.simplefilter("ignore")
    logging.root.handlers[:] = [TypeAndPlace(logging.ERROR)]
    logging.lastResort = None
    sys.excepthook = lambda _kind, error, _trace: write_line(f"failed: {told(error)}")
    threading.excepthook = lambda given: write_line(f"failed: {told(given.exc_value)}" if given.exc_value else "failed")
    sys.unraisablehook = lambda _given: None


def main(listener: int, line: int) -> None:
    """Load everything, wait for the word, serve.

    Parameters
    ----------
    listener, line
        Numbers of the listening socket and of the line to the parent, both inherited.
    """
    held = harden()
    parent = Parent(Control(socket.socket(fileno=line)))
    threading.Thread(target=parent.listen, name="parent", daemon=True).start()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's: it lets this process finish
    for number in (signal.SIGHUP, signal.SIGCONT, signal.SIGQUIT, signal.SIGTERM):
        signal.signal(number, lambda *_: gone())
    be_quiet()
    server, desk = _loaded(listener, parent, cautions(held=held))
    parent.on_stop, desk.leave = server.stop, server.leave
    for number in (signal.SIGHUP, signal.SIGCONT, signal.SIGQUIT, signal.SIGTERM):
        signal.signal(number, lambda *_: threading.Thread(target=_end, args=(desk, "signal")).start())
    parent.ready()
    parent.serve.wait()
    start_watch(desk.last_seen, desk.idle_seconds, partial(_end, desk))
    server.run()
    _finish(server, desk)


def _end(desk: Any, reason: str) -> None:
    from django.utils import timezone

    desk.end(reason, at=timezone.now())


def _loaded(listener: int, parent: Parent, found: tuple[str, ...]) -> tuple[Any, Any]:
    import django

    django.setup()
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application

    from waystation.config.desk import Desk
    from waystation.config.serving.server import make_server
    from waystation.config.warming import begin_warming
    from waystation.web.middleware.desk import install

    desk = Desk(
        settings.DATA_DIR,
        gate=parent,
        cautions=found,
        idle_seconds=settings.IDLE_SECONDS,
        end=gone,
        seated=begin_warming,
    )
    install(desk)
    application = get_wsgi_application()
    _warm()
    return make_server(application, socket.socket(fileno=listener), settings.LARGEST_BODY), desk


def _warm() -> None:
    """Load what the first pages need, so that the unlock page answers at once."""
    from django.template.loader import get_template
    from django.urls import get_resolver

    from waystation.web.wording import catalogue

    get_resolver().url_patterns  # noqa: B018 - reading it loads the views
    for language in ("en", "ko"):
        catalogue(language)
    get_template("web/door/unlock.html")


def _finish(server: Any, desk: Any) -> NoReturn:
    """Let the requests under way end, note that the session is over, write the database's log back into it, and end."""
    from django.db import Error
    from django.utils import timezone

    from waystation.store.sqlcipher.upkeep import checkpoint
    from waystation.vault import LockedError

    server.finish(FINISH_SECONDS)
    desk.depart("closed", at=timezone.now())
    with contextlib.suppress(Error, LockedError):
        checkpoint()
    gone()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
