import os
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from threading import Thread
from typing import Any, BinaryIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest
from django.test import RequestFactory, override_settings
from waitress import buffers
from waitress.server import create_server

from waystation.cases.spool import BLOCK
from waystation.config.serving.server import Server
from waystation.web.uploads import SealedUpload, SealingUploadHandler, seal_bodies, unnamed_file

NAME = "강해원 Kang Hae-won".encode()


@pytest.fixture(autouse=True)
def opened(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[BinaryIO]]:
    """The files without names that were opened; they are closed here, as a request closes them that was answered."""
    files: list[BinaryIO] = []

    def noted() -> BinaryIO:
        files.append(unnamed_file())
        return files[-1]

    monkeypatch.setattr("waystation.web.uploads.unnamed_file", noted)
    yield files
    for file in files:
        file.close()


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> Iterator[Path]:
    with override_settings(DATA_DIR=tmp_path, FILE_UPLOAD_HANDLERS=["waystation.web.uploads.SealingUploadHandler"]):
        yield tmp_path


def file_of(request: HttpRequest) -> SealedUpload:
    file = request.FILES["file"]
    assert isinstance(file, SealedUpload)
    return file


def content(file: SealedUpload) -> bytes:
    assert file.file is not None
    return bytes(file.file.read())


def sent(data: bytes, name: str = "a.txt") -> HttpRequest:
    return RequestFactory().post("/", {"word": "x", "file": SimpleUploadedFile(name, data)})


@pytest.mark.parametrize("size", [0, 1, 64 * 1024, 3 * BLOCK + 5])
def test_what_was_sent_is_read_again(size: int) -> None:
    data = os.urandom(size)
    request = sent(data)
    file = file_of(request)
    assert (file.size, file.name, file.too_large) == (size, "a.txt", False)
    assert content(file) == data
    assert request.POST["word"] == "x"


def test_the_disk_sees_nothing_while_it_comes_in(folder: Path, opened: list[BinaryIO]) -> None:
    assert file_of(sent(NAME * 40_000)).size == len(NAME) * 40_000
    opened[0].seek(0)
    on_disk = opened[0].read()
    assert len(on_disk) > BLOCK
    assert NAME[:10] not in on_disk
    assert list((folder / "incoming").iterdir()) == []


def test_an_endless_upload_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SealingUploadHandler, "limit", 1000)
    request = sent(bytes(1001))
    file = file_of(request)
    assert (file.too_large, file.size, request.POST["word"]) == (True, 0, "x")


def test_an_upload_cut_short_leaves_nothing(folder: Path) -> None:
    body = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n' + bytes(300_000)
    request = RequestFactory().generic("POST", "/", body, content_type="multipart/form-data; boundary=b")
    files = request.FILES
    assert len(files) <= 1
    assert list((folder / "incoming").iterdir()) == []


def test_a_closed_upload_opens_nothing() -> None:
    file = file_of(sent(b"words"))
    file.close()
    with pytest.raises(ValueError, match="closed"):
        content(file)


def test_a_body_that_does_not_fit_the_servers_memory_is_sealed(
    opened: list[BinaryIO], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Waitress's own buffer, filled as it fills it: a piece at a time, read while it grows, then handed to the application."""
    monkeypatch.setattr(buffers.TempfileBasedBuffer, "newfile", buffers.TempfileBasedBuffer.newfile)
    seal_bodies()
    buffer = buffers.OverflowableBuffer(20_000)
    data = NAME * 9_000
    for start in range(0, len(data), 8192):
        buffer.append(data[start : start + 8192])
    assert len(buffer) == len(data)
    assert buffer.get(100) == data[:100]
    buffer.skip(1_000)
    assert buffer.getfile().read(5) == data[1_000:1_005]
    buffer.getfile().seek(1_000)
    assert buffer.getfile().read() == data[1_000:]
    assert opened
    for file in opened:
        if not file.closed:
            file.seek(0)
            assert NAME[:10] not in file.read()
    buffer.close()


def test_a_server_with_little_memory_takes_a_large_upload(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(buffers.TempfileBasedBuffer, "newfile", buffers.TempfileBasedBuffer.newfile)
    seal_bodies()
    data, heard = os.urandom(3_000_000), []

    def application(environ: Any, start: Any) -> list[bytes]:
        heard.append(content(file_of(WSGIRequest(environ))))
        start("200 OK", [("Content-Length", "0")])
        return [b""]

    inner: Any = create_server(application, _start=False, host="127.0.0.1", port=0, threads=1, inbuf_overflow=100_000)
    inner.accept_connections()  # before anybody asks
    server = Server(inner)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    body = b'--%s\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n%s\r\n--%s--\r\n'
    mark = "b" * 40
    connection = HTTPConnection("127.0.0.1", inner.effective_port, timeout=30)
    kind = {"Content-Type": f"multipart/form-data; boundary={mark}"}
    connection.request("POST", "/", body % (mark.encode(), data, mark.encode()), kind)
    assert connection.getresponse().status == 200
    connection.close()
    server.stop()
    thread.join(30)
    server.close()
    assert heard == [data]


def test_a_file_that_was_taken_outlives_its_request() -> None:
    request = sent(b"words")
    taken = file_of(request).take()
    request.close()
    assert taken.read() == b"words"
    taken.close()
