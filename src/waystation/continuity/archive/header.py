import re

from waystation.continuity.errors import NotWholeError

BLOCK = 512
END = bytes(2 * BLOCK)
LARGEST = 8**11 - 1
"""Bytes of one member: what eleven octal digits can say (8 GiB)."""

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*(?:[./][a-z0-9_-]+)*")
_MOST_LETTERS = 100


def is_name(name: str) -> bool:
    """Tell whether ``name`` is one we write: small letters, digits, ``_-``, single dots and slashes between them."""
    return len(name) <= _MOST_LETTERS and _NAME.fullmatch(name) is not None


def header(name: str, size: int) -> bytes:
    """Return the one header block, 512 bytes, of a regular file: mode 600, no owner, time 0. The same for the same file always.

    Raises
    ------
    ValueError
        If the name is not one of ours, or the size is negative or above `LARGEST`.
    """
    if not is_name(name) or not 0 <= size <= LARGEST:
        raise ValueError(f"no member can be called this or be {size} bytes long")
    fields = (
        name.encode("ascii").ljust(100, b"\0"),
        b"0000600\0",
        b"0000000\0",
        b"0000000\0",
        b"%011o\0" % size,
        b"%011o\0" % 0,
        b" " * 8,
        b"0",
        bytes(100),
        b"ustar\x0000",
    )
    block = b"".join(fields).ljust(BLOCK, b"\0")
    return block[:148] + b"%06o\0 " % sum(block) + block[156:]


def read_header(block: bytes) -> tuple[str, int]:
    """Return name and size of a header block.

    Only a block that `header` would have written itself passes, to the byte: links, devices, long names, sparse files, paths
    that climb and whatever else a tar may hold are refused by this one comparison.

    Raises
    ------
    NotWholeError
        With the fault ``bad_name``.
    """
    try:
        name = block[:100].rstrip(b"\0").decode("ascii")
        size = int(block[124:135], 8)
        if header(name, size) == block:
            return name, size
    except ValueError:
        pass
    raise NotWholeError("bad_name", "a member inside has a name or a form that this program does not write")


def padding(size: int) -> int:
    """Return how many zero bytes follow a member of ``size`` bytes."""
    return -size % BLOCK
