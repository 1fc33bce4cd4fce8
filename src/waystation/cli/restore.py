import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from waystation.cli import unlocked
from waystation.kernel import BadInputError
from waystation.vault import Opened, RecoverySecret

if TYPE_CHECKING:
    from waystation.continuity.restore import Restored


@dataclass(frozen=True)
class _Way:
    """How a backup is opened: by the office's secret or the recovery secret; the passphrase, where one was given."""

    secret: bytes | RecoverySecret
    words: str | None = None
    opened: Opened | None = None


@click.command()
@click.argument("backup", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--keyring",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="The records' keys; the newest keyring beside the backup unless named.",
)
@click.option(
    "--data", type=click.Path(path_type=Path), required=True, help="Where to: an empty folder, or one not there yet."
)
@click.option("--shares", "by_shares", is_flag=True, help="Ask for three recovery shares instead of a passphrase.")
@click.option(
    "--shares-file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Read the shares from this file, one a line.",
)
@click.option(
    "--device",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="The device file the passphrase opens; the one beside the backup unless named.",
)
@click.option("--only-me", is_flag=True, help="Make it a new device that opens with this passphrase alone.")
@unlocked.passphrase_option
@click.option("--json", "as_json", is_flag=True, help="Print one object for programs instead of sentences.")
def restore(
    backup: Path,
    keyring: Path | None,
    data: Path,
    by_shares: bool,
    shares_file: Path | None,
    device: Path | None,
    only_me: bool,
    passphrase_file: Path | None,
    as_json: bool,
) -> None:
    """Restore a backup on an empty machine.

    BACKUP is a store-<time>.age. A passphrase that opened the device opens it
    (with the device file beside it), or three recovery shares alone. All is
    checked before the folder has its name: the signature, every file, every
    page, every row, the audit log.

    Exit status: 0 restored, 2 the backup is not whole or does not open, or
    the folder is not empty, 3 refused.

    Example: waystation restore stick/store-20261122t043000z.age --data mine
    """
    if only_me and (by_shares or shares_file):
        raise BadInputError("--only-me needs a passphrase, not shares")
    with unlocked.plainly():
        way = _by_shares(shares_file) if by_shares or shares_file else _by_passphrase(backup, device, passphrase_file)
        unlocked.started(data.absolute())
        from waystation.continuity.restore import restore as restored_from
        from waystation.continuity.shelf import named, newest_keyring

        keys = keyring or named(backup).keyring or newest_keyring(backup.parent)
        restored = restored_from(
            backup=backup,
            keyring=keys,
            data=data.absolute(),
            secret=way.secret,
            only_for=way.words if only_me else None,
            by=way.opened,
            at=unlocked.now(),
            steps=unlocked.progress(),
        )
    if as_json:
        click.echo(json.dumps(_document(restored, data), ensure_ascii=False, indent=2))
    else:
        _print(restored, data)


def _by_shares(file: Path | None) -> _Way:
    return _Way(unlocked.shares(file))


def _by_passphrase(backup: Path, device: Path | None, file: Path | None) -> _Way:
    beside = backup.with_name(backup.name.replace("store-", "device-", 1)).with_suffix(".json")
    found = device or beside
    if not found.exists():
        raise BadInputError(
            "a passphrase needs the device file that lies beside the backup (device-....json); "
            "name it with --device, or use three recovery shares: --shares"
        )
    words = unlocked.passphrase(file)
    opened = unlocked.opened_device(found, words)
    return _Way(opened.office_secret, words, opened)


def _document(restored: "Restored", data: Path) -> dict[str, object]:
    keys = restored.keyring_made_at
    return {
        "data": click.format_filename(data),
        "made_at": restored.made_at.isoformat(),
        "sequence": restored.sequence,
        "tables": dict(restored.counts),
        "files": restored.files,
        "missing_files": restored.missing_files,
        "keyring_made_at": keys.isoformat() if keys else None,
        "records_without_keys": restored.without_keys,
        "log_entries": restored.entries,
    }


def _print(restored: "Restored", data: Path) -> None:
    click.echo(
        f"restored backup {restored.sequence}, made {restored.made_at:%Y-%m-%d %H:%M} UTC, into {click.format_filename(data)}"
    )
    rows, tables = sum(restored.counts.values()), len(restored.counts)
    click.echo(
        f"  {rows} rows in {tables} tables, {restored.files} files, {restored.entries} entries of the log: all checked"
    )
    if restored.keyring_made_at is None:
        click.echo("  no keyring was given: no record can be opened until one is (restore again with --keyring)")
    else:
        click.echo(f"  keys of {restored.keyring_made_at:%Y-%m-%d %H:%M} UTC")
        if restored.without_keys:
            click.echo(
                f"  {restored.without_keys} records stay shut: their keys were destroyed, or are newer than the keyring"
            )
    if restored.missing_files:
        click.echo(f"  {restored.missing_files} files were missing when the backup was made")
    click.echo(f"  go on with: waystation serve --data {click.format_filename(data)}")
