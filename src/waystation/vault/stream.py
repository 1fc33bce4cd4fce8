"""Sealing a file of any size, 64 KiB at a time: libsodium's secretstream (XChaCha20-Poly1305)."""

from collections.abc import Iterator
from typing import BinaryIO, Final

from nacl.bindings import (
    crypto_secretstream_xchacha20poly1305_ABYTES,
    crypto_secretstream_xchacha20poly1305_HEADERBYTES,
    crypto_secretstream_xchacha20poly1305_init_pull,
    crypto_secretstream_xchacha20poly1305_init_push,
    crypto_secretstream_xchacha20poly1305_pull,
    crypto_secretstream_xchacha20poly1305_push,
    crypto_secretstream_xchacha20poly1305_state,
    crypto_secretstream_xchacha20poly1305_TAG_FINAL,
    crypto_secretstream_xchacha20poly1305_TAG_MESSAGE,
)
from nacl.exceptions import CryptoError

from waystation.vault.cipher import Binding, derived_key, padded, unpadded
from waystation.vault.errors import TamperedError, TooLargeError

CHUNK: Final = 64 * 1024
LARGEST_FILE: Final = 4 * 1024**3

_MAGIC = b"WSF1"
_SEALED_CHUNK = CHUNK + crypto_secretstream_xchacha20poly1305_ABYTES


def seal_stream(key: bytes, source: BinaryIO, target: BinaryIO, bound_to: Binding, *, limit: int = LARGEST_FILE) -> int:
    """Seal all of ``source`` into ``target``, 64 KiB in memory at a time.

    Full chunks of 64 KiB, then a last one of less, padded to 64 bytes and marked as the last: so the end is sealed too.

    Returns
    -------
    int
        Plain bytes read.

    Raises
    ------
    TooLargeError
        At the first byte over ``limit``. ``target`` then holds a part without an end that nobody can open; throw it away.
    """
    state = crypto_secretstream_xchacha20poly1305_state()
    header = crypto_secretstream_xchacha20poly1305_init_push(state, _stream_key(key))
    target.write(_MAGIC + header)
    place, total = _place(bound_to), 0
    while True:
        chunk = _read_fully(source, CHUNK)
        total += len(chunk)
        if total > limit:
            raise TooLargeError("the file is larger than it may be")
        last = len(chunk) < CHUNK
        plain, tag = (padded(chunk), _FINAL) if last else (chunk, _MESSAGE)
        target.write(crypto_secretstream_xchacha20poly1305_push(state, plain, place, tag))
        if last:
            return total


def open_stream(key: bytes, source: BinaryIO, bound_to: Binding, *, limit: int = LARGEST_FILE) -> Iterator[bytes]:
    """Open what ``seal_stream`` made, chunk by chunk (at most 64 KiB each).

    Every chunk was authenticated before it is given out, but only the end shows that nothing is missing: whoever keeps
    the chunks throws them away if this raises.

    Raises
    ------
    TamperedError
        If a bit was changed, or the stream was cut, extended, reordered, joined from two, moved, or sealed with another key.
    TooLargeError
        At the first byte over ``limit``.
    """
    state = crypto_secretstream_xchacha20poly1305_state()
    header = _read_fully(source, len(_MAGIC) + crypto_secretstream_xchacha20poly1305_HEADERBYTES)
    if len(header) < len(_MAGIC) + crypto_secretstream_xchacha20poly1305_HEADERBYTES or not header.startswith(_MAGIC):
        raise TamperedError("this is not a sealed file")
    crypto_secretstream_xchacha20poly1305_init_pull(state, header[len(_MAGIC) :], _stream_key(key))
    place, total, last = _place(bound_to), 0, False
    while not last:
        chunk, last = _pulled(state, _read_fully(source, _SEALED_CHUNK), place)
        total += len(chunk)
        if total > limit:
            raise TooLargeError("the file is larger than it may be")
        if last and source.read(1):
            raise TamperedError("a sealed file goes on after its end")
        if chunk:
            yield chunk


_MESSAGE = crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
_FINAL = crypto_secretstream_xchacha20poly1305_TAG_FINAL


def _pulled(state: crypto_secretstream_xchacha20poly1305_state, sealed: bytes, place: bytes) -> tuple[bytes, bool]:
    if len(sealed) < crypto_secretstream_xchacha20poly1305_ABYTES:
        raise TamperedError("a sealed file was cut short")
    try:
        plain, tag = crypto_secretstream_xchacha20poly1305_pull(state, sealed, place)
    except (CryptoError, RuntimeError):
        raise TamperedError("a sealed file was changed, moved, or sealed with another key") from None
    if tag == _FINAL:
        return unpadded(plain), True
    if tag != _MESSAGE or len(plain) != CHUNK:
        raise TamperedError("a sealed file is not laid out as it must be")
    return plain, False


def _read_fully(source: BinaryIO, size: int) -> bytes:
    """Read ``size`` bytes, or all there are: a pipe or socket may give less at a time."""
    parts, missing = [], size
    while missing and (part := source.read(missing)):
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)


def _stream_key(key: bytes) -> bytes:
    return derived_key(key, b"waystation.strea")


def _place(bound_to: Binding) -> bytes:
    return bound_to.encoded(b"waystation stream 1")
