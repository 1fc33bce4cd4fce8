"""The log, checked from outside the application."""

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from waystation.kernel import BadInputError

if TYPE_CHECKING:
    from waystation.audit.verify import Fault

FAULTY = 1


@click.group()
def audit() -> None:
    """Check the log of an organisation."""


@audit.command()
@click.option(
    "--data", type=click.Path(path_type=Path, file_okay=False), help="The data folder; the platform's own if not given."
)
@click.option(
    "--checkpoint",
    "checkpoints",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    multiple=True,
    help="A point of the log that was kept elsewhere; may be given several times.",
)
@click.option(
    "--passphrase-file",
    type=click.File("r", encoding="utf-8"),
    help="Read the passphrase from the first line of this file (- for standard input) instead of asking.",
)
@click.option("--language", type=click.Choice(("en", "ko")), default="en", show_default=True, help="Of what is found.")
@click.option("--json", "as_json", is_flag=True, help="Write what was found as JSON.")
@click.option(
    "--write-checkpoint", type=click.Path(path_type=Path, dir_okay=False), help="Write a checkpoint of a good log here."
)
def verify(
    data: Path | None,
    checkpoints: tuple[Path, ...],
    passphrase_file: click.utils.LazyFile | None,
    language: str,
    as_json: bool,
    write_checkpoint: Path | None,
) -> None:
    """Check that no entry of the log was changed, taken out, put in, moved or cut off, and who signed it.

    Exit status: 0 every entry is good, 1 there are faults, 2 it could not be checked.

    Example: waystation audit verify --checkpoint backup/checkpoint.json
    """
    passphrase = (
        passphrase_file.readline().rstrip("\r\n")
        if passphrase_file is not None
        else click.prompt("Passphrase", hide_input=True, err=True)
    )
    total, faults = _checked(_folder(data), passphrase, checkpoints, write_checkpoint)
    if as_json:
        found = [{"entry": fault.where, "what": fault.what.value} for fault in faults]
        click.echo(json.dumps({"entries": total, "faults": found}))
    else:
        _tell(total, faults, language)
    sys.exit(FAULTY if faults else 0)


def _folder(data: Path | None) -> Path:
    if data is None:
        from platformdirs import user_data_path

        data = user_data_path("waystation")
    if not (data / "device.json").is_file():
        raise BadInputError("there is no device file in the data folder: name the folder with --data")
    return data


def _checked(
    data: Path, passphrase: str, checkpoints: tuple[Path, ...], write_checkpoint: Path | None
) -> tuple[int, list["Fault"]]:
    """Unlock the store for this one look, and return how many entries there are and every fault."""
    os.environ["WAYSTATION_DATA"] = str(data)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "waystation.config.settings")
    import django

    from waystation.store.sqlcipher.key import hold_key
    from waystation.vault import VaultError, device_from_json, open_device

    try:
        opened = open_device(device_from_json((data / "device.json").read_text("utf-8")), passphrase)
    except (VaultError, OSError, UnicodeError) as error:
        raise BadInputError(str(error) if isinstance(error, VaultError) else "the device file cannot be read") from None
    hold_key(opened.store_key)
    django.setup()
    from django.utils.timezone import now

    from waystation.accounts.queries import keyring_of, signers
    from waystation.audit.models import Entry, Head
    from waystation.audit.verify import Checkpoint, checkpoint, verify

    points = [Checkpoint.from_json(_text(path)) for path in checkpoints]
    head = Head.objects.get(pk=1)
    faults = verify(
        Entry.objects.filter(seq__lte=head.seq).order_by("seq").iterator(),
        signers(opened.root_public, opened.recovery.sign_public),
        points,
        head=(head.seq, bytes(head.digest)),
    )
    if write_checkpoint is not None and not faults:
        write_checkpoint.write_text(checkpoint(keyring_of(opened), now()).to_json() + "\n", "utf-8")
    return head.seq, faults


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeError):
        raise BadInputError(f"{path.name} cannot be read") from None


def _tell(total: int, faults: list["Fault"], language: str) -> None:
    from django.utils.translation import override

    from waystation.web.wording import say

    with override(language):
        if not faults:
            click.echo(say("log.checked.good", total=total))
            return
        click.echo(say("log.checked.bad", count=len(faults), total=total))
        for fault in faults:
            click.echo("  " + say(f"log.fault.{fault.what}", where=fault.where))
        click.echo(say("log.checked.act"))
