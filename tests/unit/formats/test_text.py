import os
from pathlib import Path

import pytest

from waystation.formats.text import LOST, MOST_BYTES, decode, printable, read_text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_text_with_a_byte_order_mark_is_read(encoding: str) -> None:
    read = decode("a.csv", "id,이름\r\nA,한\rB,x\n".encode(encoding))
    assert (read.text, read.faults) == ("id,이름\nA,한\nB,x\n", ())


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff"])
def test_both_byte_orders_are_read(mark: bytes) -> None:
    encoding = "utf-16-le" if mark == b"\xff\xfe" else "utf-16-be"
    assert decode("a.csv", mark + "id\nA".encode(encoding)).text == "id\nA"


def test_bytes_that_are_no_text_are_a_fault_at_their_place_and_reading_goes_on() -> None:
    read = decode("a.csv", b"id,name\r\nA,caf\xe9\r\nB,x\r\n")
    (fault,) = read.faults
    assert (fault.file, fault.line, fault.column) == ("a.csv", 2, 6)
    assert "0xE9" in fault.what
    assert read.text == f"id,name\nA,caf{LOST}\nB,x\n"


def test_characters_are_counted_not_bytes() -> None:
    (fault,) = decode("a.csv", "한국\n한국,".encode() + b"\xff").faults
    assert (fault.line, fault.column) == (2, 4)


def test_a_nul_character_is_one_fault_for_the_whole_file() -> None:
    read = decode("a.csv", b"id\nA,\0\0\0\n\0")
    assert read.text is None
    assert [(fault.line, fault.column) for fault in read.faults] == [(2, 3)]


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "legs.csv"
    with path.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    assert "larger than 32 MiB" in read_text(path).faults[0].what


def test_what_is_no_file_is_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    for name in ("nowhere.csv", "pipe.csv", "."):
        read = read_text(tmp_path / name)
        assert read.text is None
        assert len(read.faults) == 1


def test_a_name_of_any_bytes_becomes_a_line() -> None:
    assert printable("a\nb\0c\udcff한") == f"a{LOST}b{LOST}c{LOST}한"
