import io
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b
from typing import BinaryIO

from waystation.continuity.archive.header import BLOCK, END, padding, read_header
from waystation.continuity.errors import NotWholeError


@dataclass(frozen=True)
class Limits:
    """What is accepted at most: bytes of all members, number of members, bytes of one member. Checked before a member is read."""

    total: int
    members: int
    each: int

    @property
    def whole(self) -> int:
        """The most bytes the tar itself can have within these limits."""
        return self.total + 2 * BLOCK * self.members + len(END)


class TarSink(io.RawIOBase):
    """Takes a tar's bytes as they come and hands each member to where it belongs.

    ``receive(name, size)`` is called once for each member, before its content, and returns where to write it (closed at the
    member's end); it may raise `NotWholeError`. `members` holds size and digest of what was received. The first fault is kept in
    `fault` as well as raised, because what feeds the sink may hide it behind an error of its own.
    """

    def __init__(self, receive: Callable[[str, int], BinaryIO], limits: Limits) -> None:
        self.members: dict[str, tuple[int, str]] = {}
        self.fault: NotWholeError | None = None
        self._receive, self._limits = receive, limits
        self._pending = b""
        self._total = self._left = self._skip = 0
        self._name = ""
        self._target: BinaryIO | None = None
        self._digest = blake2b(digest_size=32)
        self._ended = False

    def writable(self) -> bool:
        """Say that it can be written."""
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override] # only bytes are given
        """Take the next bytes.

        Raises
        ------
        NotWholeError
            At the first fault; the sink takes nothing afterwards.
        """
        if self.fault is not None:
            raise self.fault
        try:
            self._take(bytes(data))
        except NotWholeError as error:
            self.fault = error
            self.give_up()
            raise
        return len(data)

    def finish(self) -> None:
        """Say that no more comes.

        Raises
        ------
        NotWholeError
            With the fault ``cut`` if the tar had not come to its end.
        """
        if self.fault is None and not (self._ended and self._pending == END):
            self.fault = NotWholeError("cut", "the file ends before its end; it was cut or never finished")
        if self.fault is not None:
            self.give_up()
            raise self.fault

    def give_up(self) -> None:
        """Close what is open."""
        if self._target is not None:
            self._target.close()
            self._target = None

    def _take(self, data: bytes) -> None:
        while data:
            if self._left:
                data = self._content(data)
            elif self._skip:
                data = self._padding(data)
            else:
                data = self._header(data)

    def _content(self, data: bytes) -> bytes:
        part, rest = data[: self._left], data[self._left :]
        assert self._target is not None
        self._target.write(part)
        self._digest.update(part)
        self._left -= len(part)
        if not self._left:
            self._close_member()
        return rest

    def _padding(self, data: bytes) -> bytes:
        part, rest = data[: self._skip], data[self._skip :]
        if part.strip(b"\0"):
            raise NotWholeError("bad_name", "there are bytes between the members inside")
        self._skip -= len(part)
        return rest

    def _header(self, data: bytes) -> bytes:
        wanted = (len(END) if self._ended else BLOCK) - len(self._pending)
        if wanted <= 0:
            raise NotWholeError("bad_name", "there are bytes after the end inside")
        self._pending, rest = self._pending + data[:wanted], data[wanted:]
        if self._ended:
            if self._pending.strip(b"\0"):
                raise NotWholeError("bad_name", "there are bytes after the end inside")
        elif len(self._pending) == BLOCK:
            if self._pending == bytes(BLOCK):
                self._ended = True
            else:
                self._open_member(*read_header(self._pending))
                self._pending = b""
        return rest

    def _open_member(self, name: str, size: int) -> None:
        if name in self.members:
            raise NotWholeError("bad_name", "two members inside have one name")
        self._total += size
        limits = self._limits
        if size > limits.each or self._total > limits.total or len(self.members) >= limits.members:
            raise NotWholeError("too_large", "what is inside is larger than is accepted")
        self._name, self._left, self._size = name, size, size
        self._digest = blake2b(digest_size=32)
        self._target = self._receive(name, size)
        if not size:
            self._close_member()

    def _close_member(self) -> None:
        assert self._target is not None
        self._target.close()
        self._target = None
        self.members[self._name] = (self._size, self._digest.hexdigest())
        self._skip = padding(self._size)
