import gc
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waystation.cases.spool import BLOCK, CappedSpool, SealedSpool
from waystation.vault import TamperedError

SIZES = st.sampled_from([0, 1, 63, 64, 65, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK, 2 * BLOCK + 7])


def filled(data: bytes) -> tuple[SealedSpool, io.BytesIO]:
    file = io.BytesIO()
    spool = SealedSpool(file)
    spool.write(data)
    spool.seek(0)
    return spool, file


@given(st.lists(SIZES, max_size=4), st.binary(min_size=1, max_size=9))
@settings(deadline=None, max_examples=30)
def test_what_was_written_in_pieces_is_read_as_one(sizes: list[int], pattern: bytes) -> None:
    pieces = [(pattern * size)[:size] for size in sizes]
    spool = SealedSpool(io.BytesIO())
    for piece in pieces:
        assert spool.write(piece) == len(piece)
    assert spool.size == sum(sizes)
    assert spool.seek(0) == 0
    assert spool.read() == b"".join(pieces)
    assert spool.read(1) == b""


@given(st.integers(0, 3 * BLOCK), st.integers(0, 2 * BLOCK))
@settings(deadline=None, max_examples=30)
def test_it_is_read_from_anywhere(start: int, length: int) -> None:
    data = bytes(index % 251 for index in range(2 * BLOCK + 100))
    spool, _ = filled(data)
    spool.seek(start)
    found = b"".join(iter(lambda: spool.read(min(4096, length)), b""))[:length] if length else b""
    assert found == data[start : start + length]
    assert spool.seek(-10, 2) == len(data) - 10
    assert spool.read(99) == data[-10:]


def test_writing_appends_wherever_one_reads() -> None:
    spool, _ = filled(b"one")
    spool.seek(0)
    assert spool.read(2) == b"on"
    spool.write(b" two")
    assert (spool.tell(), spool.read(99)) == (7, b"")
    spool.seek(2)
    assert spool.read(99) == b"e two"


def test_the_disk_sees_nothing() -> None:
    name = "Kang Hae-won 강해원".encode()
    spool, file = filled(name * 20_000)
    assert spool.size > 5 * BLOCK
    assert file.getvalue()
    assert name[:12] not in file.getvalue()


def test_a_changed_block_is_noticed() -> None:
    spool, file = filled(bytes(3 * BLOCK))
    with file.getbuffer() as sealed:
        sealed[BLOCK + 500] ^= 1
    assert spool.read(BLOCK) == bytes(BLOCK)
    with pytest.raises(TamperedError):
        spool.read(1)


def test_exchanged_blocks_are_noticed() -> None:
    spool, file = filled(bytes(BLOCK) + b"\1" * BLOCK)
    half = len(file.getvalue()) // 2
    turned = file.getvalue()[half:] + file.getvalue()[:half]
    with file.getbuffer() as sealed:
        sealed[:] = turned
    with pytest.raises(TamperedError):
        spool.read()


def test_a_closed_spool_opens_nothing() -> None:
    spool, file = filled(bytes(BLOCK + 1))
    spool.close()
    spool.close()
    assert file.closed
    with pytest.raises(ValueError, match="closed"):
        spool.read(1)


def test_a_spool_nobody_closed_lets_its_file_go() -> None:
    spool, file = filled(bytes(BLOCK + 1))
    spool.me = spool  # type: ignore[attr-defined] # a circle, as between a request and its files
    del spool
    gc.collect()
    assert file.closed


def test_an_endless_upload_fills_no_disk() -> None:
    file = io.BytesIO()
    capped = CappedSpool(lambda: file, limit=2 * BLOCK)
    capped.write(bytes(2 * BLOCK))
    kept = capped.over
    capped.write(b"x")
    assert (kept, capped.over) == (False, True)
    assert file.closed
    capped.write(b"x")
