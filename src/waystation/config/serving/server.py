"""Waitress, on a socket it was given and with nothing of a request or an answer ever in a temporary file in the clear."""

import socket
import threading
import time
from typing import Any

from waitress.server import create_server

from waystation.web.uploads import seal_bodies

THREADS = 8
WATERMARK = 16 * 1024 * 1024
"""Bytes of one answer that wait in memory before whoever makes it has to wait."""


class Server:
    """One waitress server.

    Attributes
    ----------
    inner
        Waitress's own object.
    """

    def __init__(self, inner: Any) -> None:
        self.inner = inner
        self._stopping = threading.Event()
        self._accept = inner.handle_accept
        inner.handle_accept = self._accept_unless_leaving

    def run(self) -> None:
        """Answer requests until `stop` is called."""
        self.inner.accept_connections()
        while not self._stopping.is_set():
            self._turn(1.0)

    def stop(self) -> None:
        """Let `run` return. Any thread may call this."""
        self._stopping.set()
        self.inner.pull_trigger()

    def leave(self) -> None:
        """Take no more connections: those that come now wait in the socket for the next process. Any thread may call this."""
        self.inner.accepting = False
        self.inner.pull_trigger()

    def _accept_unless_leaving(self) -> None:
        if self.inner.accepting:
            self._accept()

    def finish(self, seconds: float) -> None:
        """Take no more connections, and wait up to so many seconds for the requests under way."""
        self.inner.accepting = False
        limit = time.monotonic() + seconds
        dispatcher = self.inner.task_dispatcher
        while time.monotonic() < limit and (dispatcher.queue or _busy(dispatcher)):
            self._turn(0.05)
        for _ in range(3):  # what was answered still has to leave the buffers
            self._turn(0.02)

    def close(self) -> None:
        """End the threads, and close the socket and every connection still open, where the process goes on."""
        self.inner.task_dispatcher.shutdown()
        self.inner.close()
        self.inner.asyncore.close_all(self.inner._map)

    def _turn(self, seconds: float) -> None:
        self.inner.asyncore.loop(timeout=seconds, map=self.inner._map, use_poll=True, count=1)


def _busy(dispatcher: Any) -> bool:
    return bool(dispatcher.active_count > 0)


def make_server(application: Any, listener: socket.socket, largest_body: int) -> Server:
    """Return a server that takes connections from ``listener`` once it runs.

    Bodies up to ``largest_body`` bytes are taken; what does not fit the memory is sealed on its way to the disk. An answer is
    made no faster than it is read.
    """
    seal_bodies()
    inner = create_server(
        application,
        _start=False,
        sockets=[listener],
        threads=THREADS,
        ident="",
        max_request_body_size=largest_body,
        outbuf_high_watermark=WATERMARK,
        outbuf_overflow=8 * WATERMARK,
        channel_timeout=30,
        connection_limit=200,
        asyncore_use_poll=True,
        expose_tracebacks=False,
        log_socket_errors=False,
    )
    return Server(inner)
