import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from waystation.cli import unlocked

if TYPE_CHECKING:
    from waystation.continuity.backup import Made


@click.command()
@unlocked.data_option
@click.option("--to", "folder", type=click.Path(path_type=Path, file_okay=False), help="Write it there instead.")
@click.option("--if-due", is_flag=True, help="Do nothing if the last backup there is less than a day old.")
@unlocked.passphrase_option
@click.option("--json", "as_json", is_flag=True, help="Print one object for programs instead of sentences.")
def backup(data: Path | None, folder: Path | None, if_due: bool, passphrase_file: Path | None, as_json: bool) -> None:
    """Back up the store, its files and its keys.

    Three files appear in the folder of backups, each only when it is whole:
    store-<time>.age, keyring-<time>.age (the records' keys; removed after 14
    days) and device-<time>.json (what a passphrase opens). Seven daily, five
    weekly and twelve four-weekly ones are kept.

    Exit status: 0 done or not due, 2 wrong passphrase or no such folder,
    3 refused.

    Example: waystation backup --to /media/stick
    """
    with unlocked.at_home(data, passphrase_file) as here:
        from waystation.continuity.backup import backup_if_due, make_backup

        at = unlocked.now()
        steps = unlocked.progress()
        made: Made | None
        if if_due:
            made = backup_if_due(here=here, now=at, folder=folder, steps=steps)
        else:
            made = make_backup(here=here, at=at, folder=folder, steps=steps)
    if as_json:
        click.echo(json.dumps(_document(made), ensure_ascii=False, indent=2))
    elif made is None:
        click.echo("no backup is due: the last one is less than a day old")
    else:
        _print(made)


def _document(made: "Made | None") -> dict[str, object]:
    if made is None:
        return {"made": False}
    files = (made.shelved.store, made.shelved.keyring, made.shelved.device)
    return {
        "made": True,
        "made_at": made.shelved.made_at.isoformat(),
        "sequence": made.sequence,
        "files": [click.format_filename(path) for path in files if path],
        "bytes": made.shelved.size,
        "rows": made.rows,
        "sealed_files": made.files,
        "missing_files": len(made.missing),
        "removed": [click.format_filename(path) for path in made.removed],
    }


def _print(made: "Made") -> None:
    shelf = made.shelved
    click.echo(f"backup {made.sequence}: {made.rows} rows and {made.files} files, {shelf.size} bytes")
    for path in (shelf.store, shelf.keyring, shelf.device):
        if path is not None:
            click.echo(f"  {click.format_filename(path)}")
    if made.missing:
        click.echo(
            f"  {len(made.missing)} sealed files were not on the disk; the records that name them are in the backup"
        )
    if made.removed:
        click.echo(f"  {len(made.removed)} older files were removed")
