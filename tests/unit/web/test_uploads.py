import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.test import RequestFactory, override_settings

from waystation.cases.spool import BLOCK
from waystation.web.uploads import SealedUpload, SealingUploadHandler, unnamed_file

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
