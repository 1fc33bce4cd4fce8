import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from waystation.cli import unlocked
from waystation.kernel import BadInputError

if TYPE_CHECKING:
    from waystation.audit.verify import Checkpoint, Fault

FAULTY = 1
_LONGEST = 64 * 1024


@click.group()
def audit() -> None:
    """Check the log of the private application.

    Example: waystation audit verify --data ~/waystation
    """


@audit.command()
@unlocked.data_option
@click.option(
    "--checkpoint",
    "checkpoints",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    multiple=True,
    help="A point of the log that was kept elsewhere; may be given several times.",
)
@click.option(
    "--write-checkpoint",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write a checkpoint of the log here if it is good.",
)
@unlocked.passphrase_option
@click.option("--language", type=click.Choice(("en", "ko")), default="en", show_default=True, help="Of what is found.")
@click.option("--json", "as_json", is_flag=True, help="Print one object for programs instead of sentences.")
def verify(
    data: Path | None,
    checkpoints: tuple[Path, ...],
    write_checkpoint: Path | None,
    passphrase_file: Path | None,
    language: str,
    as_json: bool,
) -> None:
    """Check that no entry of the log was changed, taken out, put in, moved or cut off, and who signed it.

    A log that was cut off at its end, or written anew by people who hold keys,
    shows only against a checkpoint that was kept elsewhere: backups carry them.

    Exit status: 0 every entry is good, 1 there are faults (all are named),
    2 wrong passphrase, or a file that is no checkpoint.

    Example: waystation audit verify --checkpoint kept-elsewhere.json
    """
    total, faults = _checked(data, passphrase_file, checkpoints, write_checkpoint)
    if as_json:
        found = [{"entry": fault.where, "what": fault.what.value} for fault in faults]
        click.echo(json.dumps({"entries": total, "faults": found}))
    else:
        _tell(total, faults, language)
    sys.exit(FAULTY if faults else 0)


def _checked(
    data: Path | None, passphrase_file: Path | None, checkpoints: tuple[Path, ...], write_checkpoint: Path | None
) -> tuple[int, list["Fault"]]:
    """Unlock the store for this one look, and return how many entries there are and every fault. Nothing is written to it."""
    folder = unlocked.data_folder(data)
    opened = unlocked.opened_device(folder / "device.json", unlocked.passphrase(passphrase_file))
    unlocked.started(folder)
    from waystation.accounts.queries import keyring_of, signers
    from waystation.audit.models import Entry, Head
    from waystation.audit.verify import checkpoint
    from waystation.audit.verify import verify as check
    from waystation.store.sqlcipher.key import hold_key

    hold_key(opened.store_key)
    with unlocked.plainly():
        head = Head.objects.get(pk=1)
        faults = check(
            Entry.objects.filter(seq__lte=head.seq).order_by("seq").iterator(),
            signers(opened.root_public, opened.recovery.sign_public),
            [_point(path) for path in checkpoints],
            head=(head.seq, bytes(head.digest)),
        )
        if write_checkpoint is not None and not faults:
            point = checkpoint(keyring_of(opened), unlocked.now())
            write_checkpoint.write_text(point.to_json() + "\n", "utf-8")
    return head.seq, faults


def _point(path: Path) -> "Checkpoint":
    from waystation.audit.verify import Checkpoint

    with path.open("rb") as source:
        content = source.read(_LONGEST)
    try:
        return Checkpoint.from_json(content.decode())
    except UnicodeDecodeError:
        raise BadInputError(f"{click.format_filename(path)} is no checkpoint of a log") from None


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
