"""The device file and, until the recovery shares are confirmed, what is needed to print them again."""

import contextlib
import os
from pathlib import Path

from waystation.vault import Device, TamperedError, device_from_json, device_to_json

DEVICE = "device.json"
UNCONFIRMED = "unconfirmed.sealed"
OWNER_ONLY = 0o600


def write_whole(path: Path, content: bytes) -> None:
    """Put ``content`` in the file's place, whole or not at all, for its owner alone, and on the disk when this returns."""
    fresh = path.with_name(f"{path.name}.new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, OWNER_ONLY)
    with os.fdopen(descriptor, "wb") as target:
        target.write(content)
        target.flush()
        os.fsync(target.fileno())
    fresh.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def has_device(folder: Path) -> bool:
    """Tell whether this device was set up."""
    return (folder / DEVICE).exists()


def read_device(folder: Path) -> Device:
    """Read the device file; TamperedError if it is no device file."""
    try:
        return device_from_json((folder / DEVICE).read_text("utf-8"))
    except (OSError, UnicodeDecodeError):
        raise TamperedError("the device file cannot be read") from None


def write_device(folder: Path, device: Device) -> None:
    """Write the device file, whole or not at all."""
    write_whole(folder / DEVICE, device_to_json(device).encode())


def keep_unconfirmed(folder: Path, sealed: bytes) -> None:
    """Keep the recovery secret, sealed to the founder alone, until its shares are confirmed."""
    write_whole(folder / UNCONFIRMED, sealed)


def read_unconfirmed(folder: Path) -> bytes | None:
    """Return what `keep_unconfirmed` kept; None if it was never kept, or forgotten."""
    try:
        return (folder / UNCONFIRMED).read_bytes()
    except OSError:
        return None


def forget_unconfirmed(folder: Path) -> None:
    """Write over what `keep_unconfirmed` kept, and remove it."""
    path = folder / UNCONFIRMED
    with contextlib.suppress(OSError):
        size = path.stat().st_size
        with path.open("r+b") as target:
            target.write(os.urandom(size))
            target.flush()
            os.fsync(target.fileno())
        path.unlink()
