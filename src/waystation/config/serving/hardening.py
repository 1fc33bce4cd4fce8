"""What keeps the worker's memory from the disk: no core dumps, pages held in memory, and what cannot be helped is said."""

import contextlib
import ctypes
import ctypes.util
import os
import resource
import sys
from pathlib import Path

_PR_SET_DUMPABLE = 4
_MCL_CURRENT, _MCL_FUTURE, _MCL_ONFAULT = 1, 2, 4

SWAP = "swap"
"""Keys and names could be written to swap space that is not encrypted."""
HIBERNATION = "hibernation"
"""The device could write all of its memory to disk when it sleeps."""


def harden() -> bool:
    """Forbid core dumps and reading by other processes of the same user; hold this process's pages in memory.

    Returns
    -------
    bool
        Whether its pages are held: swap cannot hold them then. Best effort: most systems let an ordinary user hold only a little.
    """
    os.umask(0o077)
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if not sys.platform.startswith("linux"):
        return False
    library = ctypes.CDLL(ctypes.util.find_library("c") or None, use_errno=True)
    library.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    return bool(library.mlockall(_MCL_CURRENT | _MCL_FUTURE | _MCL_ONFAULT) == 0)


def cautions(*, held: bool, root: Path = Path("/")) -> tuple[str, ...]:
    """Return what could still write memory to the disk: `SWAP`, `HIBERNATION`, both or none.

    Parameters
    ----------
    held
        What `harden` returned.
    root
        Where ``proc`` and ``sys`` are looked for. macOS has neither, and encrypts its swap and its sleep image by itself.
    """
    plain = [name for name in _swaps(root) if not _is_safe(name, root)]
    found = []
    if plain and not held:
        found.append(SWAP)
    if plain and "disk" in _read(root / "sys/power/state").split():
        found.append(HIBERNATION)
    return tuple(found)


def _swaps(root: Path) -> list[str]:
    lines = _read(root / "proc/swaps").splitlines()[1:]
    return [line.split()[0] for line in lines if line.split()]


def _is_safe(device: str, root: Path) -> bool:
    """Tell whether swap is in memory (zram) or on an encrypted device (dm-crypt)."""
    name = Path(device).name
    if name.startswith("zram"):
        return True
    with contextlib.suppress(OSError):
        name = Path(device).resolve().name if device.startswith("/dev/mapper/") else name
    return _read(root / "sys/block" / name / "dm/uuid").startswith("CRYPT-")


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8", "replace")
    except OSError:
        return ""
