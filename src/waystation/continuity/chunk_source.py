import io
from collections.abc import Iterator


class ChunkSource(io.RawIOBase):
    """A stream that is read from chunks as they come."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks, self._left = chunks, b""

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def read(self, size: int | None = -1) -> bytes:
        """Return up to ``size`` bytes, all of the rest if negative; empty at the end."""
        if size is None or size < 0:
            rest, self._left = self._left + b"".join(self._chunks), b""
            return rest
        while not self._left:
            chunk = next(self._chunks, None)
            if chunk is None:
                return b""
            self._left = chunk
        given, self._left = self._left[:size], self._left[size:]
        return given
