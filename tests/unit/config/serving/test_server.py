import os
import socket
import threading
import urllib.request
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from waystation.config.serving.server import WATERMARK, make_server

Start = Callable[[str, list[tuple[str, str]]], object]


def listener() -> socket.socket:
    made = socket.socket()
    made.bind(("127.0.0.1", 0))
    made.listen()
    return made


def answer(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
    body = environ["wsgi.input"].read()
    start("200 OK", [("Content-Type", "text/plain")])
    return [str(len(body)).encode()]


def test_it_answers_on_the_socket_it_was_given_until_it_is_stopped() -> None:
    given = listener()
    address = f"http://127.0.0.1:{given.getsockname()[1]}/"
    server = make_server(answer, given, 1_000_000)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        with urllib.request.urlopen(address, data=b"x" * 700_000, timeout=30) as came:
            assert came.read() == b"700000"
            assert came.headers.get("Server") is None
    finally:
        server.stop()
        thread.join(30)
    assert not thread.is_alive()
    server.finish(0.1)
    server.close()


def test_a_body_that_does_not_fit_the_memory_is_sealed_on_the_disk(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    kept: list[BinaryIO] = []

    def watched() -> BinaryIO:
        kept.append((tmp_path / str(len(kept))).open("w+b"))
        return kept[-1]

    monkeypatch.setattr("waystation.web.uploads.unnamed_file", watched)
    given = listener()
    server = make_server(answer, given, 4_000_000)
    thread = threading.Thread(target=server.run)
    thread.start()
    read: list[bytes] = []

    def look(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        for file in kept:
            file.flush()
            read.append(os.pread(file.fileno(), 4_000_000, 0))
        return answer(environ, start)

    server.inner.application = look
    try:
        address = f"http://127.0.0.1:{given.getsockname()[1]}/"
        with urllib.request.urlopen(address, data=b"Invented Name " * 100_000, timeout=60) as came:
            assert came.read() == b"1400000"
    finally:
        server.stop()
        thread.join(30)
        server.close()
    assert sum(map(len, read)) >= 1_000_000
    assert b"Invented" not in b"".join(read)


def test_no_traceback_is_shown_and_no_answer_is_spilled() -> None:
    server = make_server(answer, listener(), 1_000_000)
    try:
        settings = server.inner.adj
        assert settings.outbuf_overflow > settings.outbuf_high_watermark == WATERMARK
        assert settings.expose_tracebacks is False
    finally:
        server.close()


def test_a_server_that_leaves_keeps_its_connections_waiting_for_the_next() -> None:
    given = listener()
    again = given.dup()
    server = make_server(answer, given, 1_000_000)
    thread = threading.Thread(target=server.run)
    thread.start()
    with urllib.request.urlopen(f"http://127.0.0.1:{given.getsockname()[1]}/", data=b"x", timeout=30) as came:
        assert came.status == 200
    server.leave()
    with socket.create_connection(again.getsockname(), timeout=30):
        again.settimeout(30)
        taken, _ = again.accept()
        taken.close()
    server.stop()
    thread.join(30)
    server.close()
    again.close()


def test_closing_closes_the_connections_that_nobody_ended() -> None:
    given = listener()
    server = make_server(answer, given, 1_000_000)
    thread = threading.Thread(target=server.run)
    thread.start()
    with socket.create_connection(given.getsockname(), timeout=30) as kept:
        kept.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert kept.recv(20).startswith(b"HTTP/1.1 200")
        server.stop()
        thread.join(30)
        server.close()
        kept.settimeout(30)
        while kept.recv(4096):
            pass
    assert not server.inner._map
