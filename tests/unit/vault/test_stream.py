import random
import tracemalloc
from io import BytesIO
from typing import BinaryIO, cast
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nacl.bindings import (
    crypto_secretstream_xchacha20poly1305_init_push,
    crypto_secretstream_xchacha20poly1305_push,
    crypto_secretstream_xchacha20poly1305_state,
)

from waystation.vault import Binding, TamperedError, TooLargeError, new_key, open_stream, seal, seal_stream
from waystation.vault.cipher import derived_key
from waystation.vault.stream import CHUNK

KEY = bytes(range(32))
FILE = Binding("store_sealedfile", UUID(int=5), "content", 1)
SEALED_CHUNK = CHUNK + 17
HEADER = 28
# A short file sealed with KEY for the place FILE by version 1 of the format.
FROZEN = (
    "57534631360c8cab4112e4a71b26c94fc9d382056419f3f99d0381d110f8d3f067975f5e70d3f49c72746c8a11743611f21db43d6c59"
    "943ee7eb31a01eea298f979ad483fac0dd8613c2fc6fd426ea533be539a853c9f3131d5b6fc4211992c9c2338e96e24b7792af34f3ca20"
)


def sealed(plain: bytes, key: bytes = KEY, place: Binding = FILE) -> bytes:
    target = BytesIO()
    assert seal_stream(key, BytesIO(plain), target, place) == len(plain)
    return target.getvalue()


def opened(stream: bytes, key: bytes = KEY, place: Binding = FILE) -> bytes:
    return b"".join(open_stream(key, BytesIO(stream), place))


class Trickle:
    """Gives what is asked for in pieces of any size, as a pipe does."""

    def __init__(self, content: bytes, seed: int) -> None:
        self._content, self._chance = BytesIO(content), random.Random(seed)

    def read(self, size: int) -> bytes:
        return self._content.read(self._chance.randint(1, size))


@pytest.mark.parametrize(
    "size", [0, 1, 63, 64, 65, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK - 1, 2 * CHUNK, 3 * CHUNK + 7]
)
def test_what_was_sealed_opens_at_every_border(size: int) -> None:
    plain = random.Random(size).randbytes(size)
    assert opened(sealed(plain)) == plain


@settings(deadline=None, max_examples=25)
@given(size=st.integers(0, 200_000), seed=st.integers(0, 99))
def test_a_source_that_trickles_gives_the_same(size: int, seed: int) -> None:
    plain = random.Random(seed).randbytes(size)
    target = BytesIO()
    assert seal_stream(KEY, cast(BinaryIO, Trickle(plain, seed)), target, FILE) == size
    trickle = cast(BinaryIO, Trickle(target.getvalue(), seed))
    chunks = list(open_stream(KEY, trickle, FILE))
    assert b"".join(chunks) == plain
    assert all(0 < len(chunk) <= CHUNK for chunk in chunks)


def test_the_length_is_told_in_steps_of_64_only() -> None:
    assert {len(sealed(bytes(size))) for size in range(64)} == {HEADER + 64 + 17}


def test_every_flipped_bit_of_a_short_file_is_noticed() -> None:
    stream = sealed(b"testimony")
    for bit in range(len(stream) * 8):
        changed = bytearray(stream)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(TamperedError):
            opened(bytes(changed))


def test_every_cut_of_a_short_file_is_noticed() -> None:
    stream = sealed(b"testimony")
    for length in range(len(stream)):
        with pytest.raises(TamperedError):
            opened(stream[:length])


def parts(stream: bytes) -> tuple[bytes, list[bytes]]:
    body = stream[HEADER:]
    return stream[:HEADER], [body[start : start + SEALED_CHUNK] for start in range(0, len(body), SEALED_CHUNK)]


def test_a_file_cut_between_chunks_is_noticed_at_its_end() -> None:
    head, chunks = parts(sealed(bytes(3 * CHUNK)))
    given_out: list[bytes] = []
    with pytest.raises(TamperedError, match="cut short"):
        given_out.extend(open_stream(KEY, BytesIO(head + b"".join(chunks[:-1])), FILE))
    assert len(given_out) == 3


def test_chunks_reordered_left_out_doubled_joined_or_added_are_noticed() -> None:
    head, (first, second, third, last) = parts(sealed(random.Random(1).randbytes(3 * CHUNK + 5)))
    _, (other, *_) = parts(sealed(random.Random(2).randbytes(3 * CHUNK + 5)))
    for chunks in (
        [second, first, third, last],
        [first, third, last],
        [first, first, second, third, last],
        [other, second, third, last],
        [first, second, third, last, last],
        [first, second, third, last, b"\0"],
        [last],
    ):
        with pytest.raises(TamperedError):
            opened(head + b"".join(chunks))
    assert len(opened(head + first + second + third + last)) == 3 * CHUNK + 5


def crafted(*chunks: tuple[bytes, int]) -> bytes:
    """Seal chunks with tags of one's own choice, as only a holder of the key can."""
    state = crypto_secretstream_xchacha20poly1305_state()
    stream = b"WSF1" + crypto_secretstream_xchacha20poly1305_init_push(state, derived_key(KEY, b"waystation.strea"))
    place = FILE.encoded(b"waystation stream 1")
    return stream + b"".join(
        crypto_secretstream_xchacha20poly1305_push(state, plain, place, tag) for plain, tag in chunks
    )


def test_a_stream_laid_out_otherwise_is_refused_even_with_the_key() -> None:
    message, push, rekey, final = 0, 1, 2, 3
    end = (b"x" * 63 + b"\x80", final)
    assert opened(crafted((bytes(CHUNK), message), end)) == bytes(CHUNK) + b"x" * 63
    for chunks in (
        [(bytes(64), message), end],
        [(bytes(CHUNK), push), end],
        [(bytes(CHUNK), rekey), end],
        [(bytes(64), final)],
        [(b"", final)],
        [(b"\x80", final)],
    ):
        with pytest.raises(TamperedError):
            opened(crafted(*chunks))


def test_two_files_joined_are_no_file() -> None:
    with pytest.raises(TamperedError):
        opened(sealed(b"one") + sealed(b"two"))
    with pytest.raises(TamperedError, match="after its end"):
        opened(sealed(bytes(CHUNK - 1)) + b"\0")


@pytest.mark.parametrize(
    "place",
    [
        Binding("t", UUID(int=5), "content", 1),
        Binding("store_sealedfile", UUID(int=6), "content", 1),
        Binding("store_sealedfile", UUID(int=5), "content", 2),
    ],
)
def test_a_file_opens_only_where_it_belongs(place: Binding) -> None:
    with pytest.raises(TamperedError):
        opened(sealed(b"testimony"), place=place)


def test_another_key_does_not_open_and_a_value_is_no_file() -> None:
    with pytest.raises(TamperedError):
        opened(sealed(b"testimony"), key=new_key())
    with pytest.raises(TamperedError, match="not a sealed file"):
        opened(seal(KEY, b"testimony", FILE))
    with pytest.raises(TamperedError, match="not a key"):
        opened(sealed(b"testimony"), key=b"short")


def test_the_limit_holds_both_ways() -> None:
    assert seal_stream(KEY, BytesIO(bytes(100)), BytesIO(), FILE, limit=100) == 100
    target = BytesIO()
    with pytest.raises(TooLargeError):
        seal_stream(KEY, BytesIO(bytes(CHUNK + 1)), target, FILE, limit=CHUNK)
    with pytest.raises(TamperedError):
        opened(target.getvalue())
    stream = BytesIO(sealed(bytes(CHUNK + 1)))
    with pytest.raises(TooLargeError):
        list(open_stream(KEY, stream, FILE, limit=CHUNK))


def test_files_written_today_open_tomorrow() -> None:
    assert opened(bytes.fromhex(FROZEN)) == "증언".encode()
    assert CHUNK == 65_536


def test_a_limit_of_just_the_size_is_no_limit() -> None:
    for size in (0, 1, CHUNK, CHUNK + 1):
        assert sum(map(len, open_stream(KEY, BytesIO(sealed(bytes(size))), FILE, limit=size))) == size


def test_a_limit_stops_a_source_without_an_end() -> None:
    class Endless:
        def read(self, size: int) -> bytes:
            return bytes(size)

    with pytest.raises(TooLargeError):
        seal_stream(KEY, cast(BinaryIO, Endless()), BytesIO(), FILE, limit=1_000_000)


class Sink:
    def write(self, part: bytes) -> int:
        return len(part)


class Zeros:
    def __init__(self, size: int) -> None:
        self.left = size

    def read(self, size: int) -> bytes:
        given = min(size, self.left)
        self.left -= given
        return bytes(given)


def test_memory_does_not_grow_with_the_file() -> None:
    def peak(size: int) -> int:
        tracemalloc.start()
        seal_stream(KEY, cast(BinaryIO, Zeros(size)), cast(BinaryIO, Sink()), FILE)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    assert peak(64 * CHUNK) < peak(4 * CHUNK) + CHUNK


@pytest.mark.long
def test_four_gibibytes_and_not_one_byte_more() -> None:
    sink = cast(BinaryIO, Sink())
    assert seal_stream(KEY, cast(BinaryIO, Zeros(4 * 1024**3)), sink, FILE) == 4 * 1024**3
    with pytest.raises(TooLargeError):
        seal_stream(KEY, cast(BinaryIO, Zeros(4 * 1024**3 + 1)), sink, FILE)
