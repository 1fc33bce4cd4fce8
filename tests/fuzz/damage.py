"""What every fuzz test shares: ways to damage a good file, and what may come of reading the result."""

import random
import traceback
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from hypothesis import strategies as st

from waystation.kernel import WaystationError

T = TypeVar("T")

FLIPS = 200
"""How many bits of each kind of file are flipped, one at a time."""

PLANTED = ("Oyelaran-Quispe", "김영희마루", "สมชายใจดี")
"""Names that stand in what is sealed, and that no error may repeat."""


def plaintext() -> str:
    """Return all planted names in one text."""
    return " / ".join(PLANTED)


DAMAGE = st.lists(
    st.tuples(
        st.sampled_from(["flip", "set", "cut out", "repeat", "put in", "move", "cut off"]),
        st.floats(0, 1, exclude_max=True),
        st.integers(1, 64),
        st.binary(min_size=1, max_size=64),
    ),
    min_size=1,
    max_size=4,
)
"""What to do, where (a part of the whole), over how many bytes, with which."""


def damage(whole: bytes, steps: Sequence[tuple[str, float, int, bytes]]) -> bytes:
    """Return good bytes damaged in one to four places."""
    content = bytearray(whole)
    for what, where, length, more in steps:
        at = int(where * len(content))
        match what:
            case "flip" if content:
                content[at] ^= 1 << length % 8
            case "set" if content:
                content[at] = more[0]
            case "cut out":
                del content[at : at + length]
            case "repeat":
                content[at:at] = content[at : at + length]
            case "put in":
                content[at:at] = more
            case "move":
                part = content[at : at + length]
                del content[at : at + length]
                place = more[0] * len(content) // 256
                content[place:place] = part
            case _:
                del content[at:]
    return bytes(content)


def damaged(whole: bytes) -> st.SearchStrategy[bytes]:
    """Damage good bytes in any way."""
    return DAMAGE.map(lambda steps: damage(whole, steps))


def read_or_refused(read: Callable[[], T], *, secrets: Sequence[str | bytes] = ()) -> T | None:
    """Read; None if it was refused by an error of the project's own tree that repeats none of the planted names or secrets.

    Any other exception passes through and fails the test.
    """
    try:
        return read()
    except WaystationError as error:
        told = _everything_told(error)
        for secret in (*PLANTED, *secrets):
            for form in _forms(secret):
                assert form not in told, "an error repeats what is secret"
        return None


def _everything_told(error: BaseException) -> str:
    """Return all that a log would show of an error: its chain of causes with their texts, arguments and attributes."""
    lines = traceback.format_exception(error)
    seen: BaseException | None = error
    while seen is not None:
        lines += [repr(seen), str(seen), repr(seen.args), repr(vars(seen))]
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
    return "\n".join(line for line in lines if line)


def _forms(secret: str | bytes) -> list[str]:
    if isinstance(secret, bytes):
        return [secret.hex(), repr(secret)[2:-1]]
    return [secret, secret.encode().hex(), repr(secret.encode())[2:-1]]


def flips(whole: bytes, seed: int, count: int = FLIPS) -> Iterator[bytes]:
    """Yield ``count`` copies, each with another single bit flipped."""
    for bit in random.Random(seed).sample(range(len(whole) * 8), count):
        changed = bytearray(whole)
        changed[bit // 8] ^= 1 << bit % 8
        yield bytes(changed)


def unnoticed(whole: bytes, read: Callable[[bytes], object], seed: int, count: int = FLIPS) -> int:
    """Return how many of ``count`` flipped bits ``read`` did not notice; it must read the undamaged file."""
    read(whole)
    missed = 0
    for changed in flips(whole, seed, count):
        try:
            read(changed)
        except WaystationError:
            continue
        missed += 1
    return missed
