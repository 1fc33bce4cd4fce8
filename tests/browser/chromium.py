"""The system's Chromium, found or asked for, and started so that it talks to this machine alone."""

import os
import subprocess
from pathlib import Path

from playwright.sync_api import Browser, Playwright

FINDER = Path(__file__).parents[2] / "scripts" / "browser"
QUIET = (
    "--headless",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


class NoBrowserError(Exception):
    """There is no Chromium here; the message says how to get one."""


def find_chromium() -> str:
    """Return the path of a Chromium on this machine, installing it where that needs no asking."""
    found = subprocess.run([str(FINDER)], capture_output=True, text=True, check=False, cwd=FINDER.parents[1])
    if found.returncode:
        raise NoBrowserError(found.stderr)
    return found.stdout.strip().splitlines()[-1]


def start_chromium(playwright: Playwright) -> Browser:
    """Start it without a window. As root it cannot use its sandbox; as anybody else it does."""
    alone = ("--no-sandbox",) if os.geteuid() == 0 else ()
    return playwright.chromium.launch(executable_path=find_chromium(), args=[*QUIET, *alone])
