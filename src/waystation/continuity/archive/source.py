import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import BinaryIO

from waystation.continuity.archive.header import END, header, padding
from waystation.kernel import BrokenPromiseError

CHUNK = 1 << 18


@dataclass(frozen=True)
class Member:
    """One file of the tar: its name, its size in bytes, and how to begin reading it (twice: once for its digest)."""

    name: str
    size: int
    open: Callable[[], BinaryIO]


def in_memory(name: str, content: bytes) -> Member:
    """Return a member whose content is held in memory."""
    return Member(name, len(content), lambda: io.BytesIO(content))


def on_disk(name: str, path: Path) -> Member:
    """Return a member that is read from a file when its turn comes."""
    return Member(name, path.stat().st_size, lambda: path.open("rb"))


def digest_of(member: Member) -> str:
    """Return the BLAKE2b-256 of a member's content, in hex; it is read once, in chunks."""
    digest = blake2b(digest_size=32)
    with member.open() as source:
        while chunk := source.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


class TarSource(io.RawIOBase):
    """A tar of the members, made as it is read: no more than one chunk is in memory, and nothing is on disk."""

    def __init__(self, members: Iterable[Member]) -> None:
        self._chunks = _chunks(members)
        self._left = b""

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def read(self, size: int | None = -1) -> bytes:
        """Return up to ``size`` bytes, all of the rest if negative; empty at the end."""
        if size is None or size < 0:
            return self._left + b"".join(self._chunks)
        while not self._left:
            chunk = next(self._chunks, None)
            if chunk is None:
                return b""
            self._left = chunk
        given, self._left = self._left[:size], self._left[size:]
        return given

    def readinto(self, buffer: "memoryview | bytearray") -> int:  # type: ignore[override] # any writable buffer
        """Fill ``buffer`` as far as one chunk goes."""
        given = self.read(len(buffer))
        buffer[: len(given)] = given
        return len(given)


def _chunks(members: Iterable[Member]) -> Iterator[bytes]:
    for member in members:
        yield header(member.name, member.size)
        yield from _content(member)
        if padding(member.size):
            yield bytes(padding(member.size))
    yield END


def _content(member: Member) -> Iterator[bytes]:
    left = member.size
    with member.open() as source:
        while left and (chunk := source.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk
        if left or source.read(1):
            raise BrokenPromiseError(f"{member.name} changed its size while it was read")
