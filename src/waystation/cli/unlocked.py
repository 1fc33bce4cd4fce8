"""What commands that work with the store share: where the data lies, who unlocks it, and what is asked at the prompt.

Nothing of Django is imported before `started`: the planning commands run without it.
"""

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from platformdirs import user_data_path

from waystation.kernel import BadInputError, RuleRefusedError
from waystation.vault import (
    Device,
    MistypedShareError,
    NoKeyError,
    Opened,
    RecoverySecret,
    TamperedError,
    VaultError,
    device_from_json,
    open_device,
    recover,
)

if TYPE_CHECKING:
    from waystation.continuity.here import Here
    from waystation.continuity.steps import Steps

SHARES = 3
MOST_COUNTED = 1_000_000
STEPS = {
    "copy": "copying the store",
    "compare": "counting every table",
    "part": "parting records from keys",
    "digest": "reading every file",
    "write": "sealing and writing",
    "settle": "bringing it to the disk",
    "read": "opening and reading",
    "check": "checking every page, row and log entry",
    "open": "opening sealed fields",
    "take": "making the records here",
    "name": "giving it its name",
}
"""What each step of long work is called on the terminal."""
_LONGEST = 64 * 1024
_Command = TypeVar("_Command", bound=Callable[..., Any])


def data_option(command: _Command) -> _Command:
    """Give a command ``--data DIR``."""
    option = click.option(
        "--data",
        type=click.Path(path_type=Path, file_okay=False),
        help="The folder that holds this device's data; the platform's own unless named.",
    )
    return option(command)


def json_option(command: _Command) -> _Command:
    """Give a command ``--json``."""
    option = click.option("--json", "as_json", is_flag=True, help="Print one object for programs instead of sentences.")
    return option(command)


def tell(document: Mapping[str, object]) -> None:
    """Print an object for programs."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))


def progress() -> "Steps":
    """Return what shows, where somebody looks at the terminal, which step of long work is under way."""
    shown = sys.stderr.isatty()

    def step(name: str, done: int, total: int) -> None:
        if shown:
            part = f" {done + 1} of {total}" if 1 < total < MOST_COUNTED else ""
            click.echo(f"\r\033[K{STEPS.get(name, name)}{part} ...", nl=False, err=True)

    return step


def progress_ended() -> None:
    """Clear the line of the progress."""
    if sys.stderr.isatty():
        click.echo("\r\033[K", nl=False, err=True)


def passphrase_option(command: _Command) -> _Command:
    """Give a command ``--passphrase-file FILE``."""
    option = click.option(
        "--passphrase-file",
        type=click.Path(path_type=Path, exists=True, dir_okay=False),
        help="Read the passphrase from this file's first line instead of asking for it.",
    )
    return option(command)


def data_folder(named: Path | None) -> Path:
    """Return where this device keeps its data."""
    return (
        named or Path(os.environ.get("WAYSTATION_DATA") or user_data_path("waystation", appauthor=False))
    ).absolute()


def passphrase(file: Path | None, words: str = "Passphrase") -> str:
    """Read the passphrase from a file, or ask for it; it is not shown."""
    if file is not None:
        return _lines(file)[0] if _lines(file) else ""
    asked: str = click.prompt(words, hide_input=True, err=True)
    return asked


def shares(file: Path | None) -> RecoverySecret:
    """Read three recovery shares from a file, one a line, or ask for them by number; they are not shown.

    Raises
    ------
    BadInputError
        If they do not fit; it names a mistyped one by its number.
    """
    if file is not None:
        typed = _lines(file)
    else:
        typed = [
            click.prompt(f"Share {number} of {SHARES}", hide_input=True, err=True) for number in range(1, SHARES + 1)
        ]
    try:
        return recover(typed)
    except MistypedShareError as error:
        places = ", ".join(map(str, error.positions))
        raise BadInputError(f"share {places}: {error}") from None
    except VaultError as error:
        raise BadInputError(str(error)) from None


def _lines(file: Path) -> list[str]:
    with file.open("rb") as source:
        content = source.read(_LONGEST)
    try:
        return [line for line in content.decode().splitlines() if line.strip()]
    except UnicodeDecodeError:
        raise BadInputError(f"{click.format_filename(file)} is no text") from None


def read_device(path: Path) -> Device:
    """Read a device file.

    Raises
    ------
    BadInputError
        If there is none, or it was damaged.
    """
    try:
        with path.open("rb") as source:
            return device_from_json(source.read(_LONGEST).decode())
    except FileNotFoundError:
        raise BadInputError(f"there is no {click.format_filename(path)}: has anybody been set up here?") from None
    except (UnicodeDecodeError, TamperedError):
        raise BadInputError(f"{click.format_filename(path)} is no device file, or it was damaged") from None


def opened_device(path: Path, words: str) -> Opened:
    """Open a device file with a passphrase; BadInputError if it does not fit."""
    try:
        return open_device(read_device(path), words)
    except VaultError as error:
        raise BadInputError(str(error)) from None


def started(data: Path) -> None:
    """Start Django for the data in ``data``. The store must be unlocked before anything asks it."""
    os.environ["WAYSTATION_DATA"] = str(data)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "waystation.config.settings")
    import django

    django.setup()


@contextmanager
def at_home(named: Path | None, passphrase_file: Path | None) -> "Iterator[Here]":
    """Unlock this device for one command; what the vault refuses is said as an ordinary refusal.

    Raises
    ------
    BadInputError
        If the passphrase does not fit, or nobody was set up here.
    RuleRefusedError
        If the person is no longer here, or may not do it.
    """
    data = data_folder(named)
    opened = opened_device(data / "device.json", passphrase(passphrase_file))
    started(data)
    from django.core.management import call_command
    from django.db import connections

    from waystation.accounts.queries import keyring_of, person_of
    from waystation.continuity.here import Here
    from waystation.store.sqlcipher.key import hold_key

    hold_key(opened.store_key)
    with plainly():
        try:
            call_command("migrate", verbosity=0, interactive=False)
            keyring = keyring_of(opened)
            if person_of(keyring) is None:
                raise RuleRefusedError("these keys belong to nobody who works here any longer")
            yield Here(data, opened, keyring)
        finally:
            connections.close_all()


@contextmanager
def plainly() -> Iterator[None]:
    """Say what the vault or the disk refuses as what it is for whoever typed the command: wrong input, or no right to it."""
    try:
        try:
            yield
        finally:
            progress_ended()
    except NoKeyError as error:
        raise RuleRefusedError(str(error)) from None
    except VaultError as error:
        raise BadInputError(str(error)) from None
    except OSError as error:
        raise BadInputError(f"nothing was kept: {error.strerror or error}") from None


def now() -> datetime:
    """Return the time, UTC."""
    return datetime.now(UTC)
