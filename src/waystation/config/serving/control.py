"""The line between the parent and one worker: short words, never a secret. Its end is how each notices that the other is gone."""

import contextlib
import socket
from collections.abc import Iterator

WORD_BYTES = 64
SERVE = "serve"
"""Parent to worker: answer from now on."""
STOP = "stop"
"""Parent to worker: finish, put the database in order, end."""
READY = "ready"
"""Worker to parent: everything is loaded."""
MAY_I_TRY = "try"
"""Worker to parent: a passphrase is about to be tried. The answer is ``wait`` and the seconds to wait, 0 for go on."""
WAIT = "wait"
OPENED = "opened"
"""Worker to parent: the passphrase was right, forget the failures."""
STATE = "state"
"""Worker to parent: how long would I have to wait? Nothing is counted."""


class Control:
    """One end of the line. Words are divided by line ends; a word may have one number behind it."""

    def __init__(self, end: socket.socket) -> None:
        self.end = end
        self._kept = b""

    def fileno(self) -> int:
        """Return the number to wait on."""
        return self.end.fileno()

    def tell(self, word: str, number: float | None = None) -> None:
        """Send a word; nothing happens if the other side is gone (that shows when reading)."""
        text = word if number is None else f"{word} {number:.3f}"
        with contextlib.suppress(OSError):
            self.end.sendall(f"{text}\n".encode("ascii"))

    def heard(self) -> list[tuple[str, float]] | None:
        """Wait for words and return them with their numbers (0 where there is none); None at the end of the line."""
        try:
            given = self.end.recv(WORD_BYTES * 16)
        except OSError:
            given = b""
        if not given:
            return None
        *whole, self._kept = (self._kept + given).split(b"\n")
        if len(self._kept) > WORD_BYTES:
            return None
        return list(_words(whole))


def _words(lines: list[bytes]) -> Iterator[tuple[str, float]]:
    for line in lines:
        word, _, number = line.decode("ascii", "replace").partition(" ")
        try:
            yield word, float(number) if number else 0.0
        except ValueError:
            continue
