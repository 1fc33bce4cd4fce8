"""One's own way in, carried to another machine."""

from pathlib import Path

import click

from waystation.cli import unlocked
from waystation.config.device_file import DEVICE, OWNER_ONLY, has_device, write_device
from waystation.kernel import BadInputError
from waystation.vault import device_to_json, new_device


@click.group()
def device() -> None:
    """Carry your own keys to another machine of the organisation.

    The machine of an office that works on one PostgreSQL (DATABASE_URL) needs
    nothing else. A machine with a store of its own gets one from a backup.

    Example: waystation device copy --out my-device.json
    """


@device.command("copy")
@unlocked.data_option
@click.option(
    "--out", "file", type=click.Path(path_type=Path, dir_okay=False), required=True, help="The file to carry there."
)
@unlocked.passphrase_option
def copy_(data: Path | None, file: Path, passphrase_file: Path | None) -> None:
    """Write a device file that your passphrase alone opens; nobody else's way in goes with it.

    It is as strong as your passphrase. Carry it in your own hand and delete
    it when it is installed.

    Exit status: 0 done, 2 wrong passphrase, or FILE is there already.

    Example: waystation device copy --out my-device.json
    """
    words = unlocked.passphrase(passphrase_file)
    path = unlocked.data_folder(data) / DEVICE
    opened = unlocked.opened_device(path, words)
    copied = device_to_json(new_device(opened, words, unlocked.read_device(path).cost))
    try:
        with file.open("x", encoding="utf-8") as target:
            file.chmod(OWNER_ONLY)
            target.write(copied)
    except FileExistsError:
        raise BadInputError(f"{click.format_filename(file)} is there already; name another file") from None
    except OSError:
        raise BadInputError(f"{click.format_filename(file)} cannot be written") from None
    click.echo(f"done: {click.format_filename(file)} opens with your passphrase and no other")


@device.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@unlocked.data_option
def install(file: Path, data: Path | None) -> None:
    """Put a copied device FILE in its place on this machine.

    Exit status: 0 done, 2 no device file, or this machine has one already.

    Example: waystation device install my-device.json
    """
    folder = unlocked.data_folder(data)
    brought = unlocked.read_device(file)
    if has_device(folder):
        raise BadInputError("this machine is set up already; name an empty folder with --data")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_device(folder, brought)
    except OSError:
        raise BadInputError("the data folder cannot be written; name another one with --data") from None
    click.echo("done: waystation serve now opens with your passphrase; delete the file you carried")
