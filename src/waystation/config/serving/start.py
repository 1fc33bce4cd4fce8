"""Serve a folder from the first line on the terminal to the last."""

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from waystation.config.database import database_settings
from waystation.config.serving.folder import held, prepared, usual_folder
from waystation.config.serving.supervisor import Supervisor, listening

Say = Callable[[str], None]


def serve_folder(folder: Path | None, *, port: int, idle_seconds: int, say: Say, opened: Say) -> None:
    """Serve ``folder`` (None: the platform's own) until told to stop.

    Parameters
    ----------
    port
        0 for any free one.
    idle_seconds
        How long nobody may do anything before the keys are gone.
    say, opened
        Told the lines for the terminal; told the address once it answers.

    Raises
    ------
    BadInputError
        If the folder or the port cannot be used, or another process serves the folder. Nothing was started.
    """
    os.umask(0o077)
    database_settings(
        Path(), os.environ.get("DATABASE_URL", "")
    )  # a bad address is said here, not by a worker that fails
    data = prepared(folder or usual_folder())
    lock = held(data)
    try:
        listener = listening(port)
        environment = {"WAYSTATION_IDLE": str(idle_seconds)}
        supervisor = Supervisor(listener, data, environment)
        say(f"Waystation is open at {supervisor.address}")
        say("Ctrl-C stops it.")
        opened(supervisor.address)
        supervisor.run()
        say("Stopped.")
    finally:
        os.close(lock)


def serve_demo(*, port: int, idle_seconds: int, say: Say, opened: Say) -> None:
    """Serve an invented organisation from a throw-away folder, which is removed at the end."""
    from waystation.config.demo.fill import fill_in_process

    folder = Path(tempfile.mkdtemp(prefix="waystation-demo-"))
    try:
        say("Making an invented organisation ...")
        for line in fill_in_process(folder):
            say(line)
        serve_folder(folder, port=port, idle_seconds=idle_seconds, say=say, opened=opened)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
