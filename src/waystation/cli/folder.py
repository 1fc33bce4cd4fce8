"""Opening a network folder for a command, and finding a group in it."""

import json
import sys
from pathlib import Path

import click

from waystation.engine.model import Group, Network
from waystation.formats import Fault, FolderTables, read_folder
from waystation.kernel import BadInputError, closest

BAD_INPUT = 2


def open_folder(path: Path, *, as_json: bool) -> Network:
    """Read a network folder; with any fault, name them all and end the process with status 2."""
    return open_tables(path, as_json=as_json)[0]


def open_tables(path: Path, *, as_json: bool, nothing: str = "planned") -> tuple[Network, FolderTables]:
    """Read a network folder as `open_folder` does, and return its typed rows too."""
    reading = read_folder(path)
    if reading.network is not None:
        return reading.network, reading.tables
    report_faults(reading.faults, as_json=as_json, nothing=nothing)
    sys.exit(BAD_INPUT)


def report_faults(faults: tuple[Fault, ...], *, as_json: bool, nothing: str = "planned") -> None:
    """Print faults for a person (to standard error) or for a program (one JSON object to standard output).

    ``nothing`` is the word for what was not done because of them.
    """
    if as_json:
        fields = ("file", "line", "column", "what", "right")
        listed = [{name: getattr(fault, name) for name in fields} for fault in faults]
        click.echo(json.dumps({"faults": listed}, ensure_ascii=False, indent=2))
        return
    for fault in faults:
        click.echo(str(fault), err=True)
    click.echo(f"{len(faults)} fault{'s' if len(faults) != 1 else ''}; nothing was {nothing}", err=True)


def require_groups(network: Network) -> None:
    """Refuse a network in which nobody asks to travel.

    Raises
    ------
    BadInputError
        If it has no group.
    """
    if not network.groups:
        raise BadInputError("the folder has no group; add one to groups.csv, and who is in it to travellers.csv")


def find_group(network: Network, group_id: str) -> Group:
    """Return a group of the network by its id.

    Raises
    ------
    BadInputError
        If there is none, with the id that was most likely meant.
    """
    by_id = {group.id: group for group in network.groups}
    if group_id in by_id:
        return by_id[group_id]
    meant = closest(group_id, by_id)
    hint = f"did you mean {meant}?" if meant else f"the folder has: {', '.join(by_id) or 'no group'}"
    message = f"there is no group {group_id!r}; {hint}"
    raise BadInputError(message)
