import subprocess
import sys
from pathlib import Path

import pytest

from waystation.config.serving.hardening import HIBERNATION, SWAP, cautions

HEAD = "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n"


def machine(root: Path, *, swaps: str = "", state: str = "", encrypted: str = "") -> Path:
    for name, content in {"proc/swaps": HEAD + swaps, "sys/power/state": state}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    if encrypted:
        uuid = root / "sys/block" / encrypted / "dm/uuid"
        uuid.parent.mkdir(parents=True)
        uuid.write_text("CRYPT-LUKS2-0123\n")
    return root


@pytest.mark.parametrize(
    ("swaps", "state", "held", "found"),
    [
        ("", "freeze mem disk", False, ()),
        ("/dev/sda2 partition 100 0 -2\n", "freeze mem", False, (SWAP,)),
        ("/dev/sda2 partition 100 0 -2\n", "freeze mem", True, ()),
        ("/dev/sda2 partition 100 0 -2\n", "freeze mem disk", True, (HIBERNATION,)),
        ("/swapfile file 100 0 -2\n", "mem disk", False, (SWAP, HIBERNATION)),
        ("/dev/zram0 partition 100 0 100\n", "mem disk", False, ()),
        ("/dev/dm-1 partition 100 0 -2\n", "mem disk", False, ()),
        ("/dev/dm-1 partition 100 0 -2\n/dev/sda2 partition 1 0 -3\n", "mem", False, (SWAP,)),
    ],
)
def test_what_could_write_memory_to_the_disk(
    tmp_path: Path, swaps: str, state: str, held: bool, found: tuple[str, ...]
) -> None:
    assert cautions(held=held, root=machine(tmp_path, swaps=swaps, state=state, encrypted="dm-1")) == found


def test_a_system_without_such_files_has_nothing_to_be_warned_of(tmp_path: Path) -> None:
    assert cautions(held=False, root=tmp_path) == ()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells of itself in this way")
def test_a_hardened_process_leaves_no_core_and_lets_nobody_look() -> None:
    program = (
        "import ctypes, os, resource\n"
        "from waystation.config.serving.hardening import harden\n"
        "harden()\n"
        "print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), oct(os.umask(0)))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["(0,", "0)", "0", "0o77"]
