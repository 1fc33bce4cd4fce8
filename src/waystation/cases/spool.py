"""What comes in is sealed before it touches the disk: a file of this process alone, under a key that is never written."""

import io
import os
import weakref
from collections.abc import Callable
from typing import BinaryIO
from uuid import uuid4

from waystation.vault import Binding, new_key, open_sealed, seal

BLOCK = 64 * 1024 - 1
"""Plain bytes a block: with the seal's padding 64 KiB and a little."""


class SealedSpool(io.RawIOBase):
    """A file that can be appended to and read anywhere, sealed block by block under a key that dies with this object.

    The disk sees ciphertext only; at most two blocks of plaintext are in memory.
    """

    def __init__(self, file: BinaryIO) -> None:
        """Keep the blocks in ``file``: empty, readable, writable, seekable, no one else's; it is closed with the spool."""
        super().__init__()
        self._file = file
        self._let_go = weakref.finalize(self, file.close)  # also where nobody closes it
        self._key = new_key()
        self._id = uuid4()
        self._tail = bytearray()
        self._blocks = 0
        self._stride = len(self._sealed(0, bytes(BLOCK)))
        self._at = 0
        self._read_block: tuple[int, bytes] = (-1, b"")

    @property
    def size(self) -> int:
        """Plain bytes written so far."""
        return self._blocks * BLOCK + len(self._tail)

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def writable(self) -> bool:
        """Say that it can be written."""
        return True

    def seekable(self) -> bool:
        """Say that it can be read from anywhere."""
        return True

    def write(self, data: object, /) -> int:
        """Append ``data``, wherever one was reading, and go to the end; return how many bytes that were."""
        self._demand_open()
        given = memoryview(data).cast("B")  # type: ignore[arg-type] # the io protocol's type of a buffer has no name before 3.12
        self._tail += given
        while len(self._tail) >= BLOCK:
            self._file.seek(self._blocks * self._stride)
            self._file.write(self._sealed(self._blocks, bytes(self._tail[:BLOCK])))
            del self._tail[:BLOCK]
            self._blocks += 1
        self._at = self.size
        return len(given)

    def readinto(self, buffer: object, /) -> int:
        """Fill ``buffer`` from where one is reading; return how many bytes that were, 0 at the end.

        Raises
        ------
        TamperedError
            If the file was changed by another.
        """
        self._demand_open()
        target = memoryview(buffer).cast("B")  # type: ignore[arg-type] # as in write
        index, start = divmod(self._at, BLOCK)
        given = self._block(index)[start : start + len(target)]
        target[: len(given)] = given
        self._at += len(given)
        return len(given)

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        """Go to a place to read from; return it."""
        origin = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self.size}[whence]
        self._at = max(0, origin + offset)
        return self._at

    def tell(self) -> int:
        """Return where one is reading."""
        return self._at

    def close(self) -> None:
        """Forget the key and let the file go."""
        if not self.closed:
            self._key = b""
            self._tail.clear()
            self._read_block = (-1, b"")
            self._let_go()
        super().close()

    def _demand_open(self) -> None:
        if self.closed:
            raise ValueError("the spool is closed")

    def _block(self, index: int) -> bytes:
        if index >= self._blocks:
            return bytes(self._tail) if index == self._blocks else b""
        if self._read_block[0] != index:
            self._file.seek(index * self._stride)
            sealed = self._file.read(self._stride)
            self._read_block = (index, open_sealed(self._key, sealed, self._place(index)))
        return self._read_block[1]

    def _sealed(self, index: int, plain: bytes) -> bytes:
        return seal(self._key, plain, self._place(index))

    def _place(self, index: int) -> Binding:
        return Binding("spool", self._id, "block", index + 1)


class CappedSpool:
    """A spool that stops keeping at ``limit`` bytes, so that an endless upload fills no disk.

    Attributes
    ----------
    over
        Whether more came than may be kept. What was kept until then is of no use; it is thrown away at once.
    """

    def __init__(self, make: Callable[[], BinaryIO], limit: int) -> None:
        """Keep at most ``limit`` bytes in a spool over the file that ``make`` opens."""
        self.spool = SealedSpool(make())
        self.limit = limit
        self.over = False

    def write(self, data: bytes) -> None:
        """Append ``data``, or, over the limit, throw everything away and keep nothing any more."""
        if self.over:
            return
        if self.spool.size + len(data) > self.limit:
            self.over = True
            self.spool.close()
            return
        self.spool.write(data)
