from pathlib import Path

import click

from waystation.cli import unlocked


@click.group()
def travel() -> None:
    """Take the keys off this device before a journey, and put them back.

    Between 'out' and 'back' no passphrase opens this device, whoever is asked
    for it. The parcel that 'out' writes stays at the home office.

    Example: waystation travel out --to parcel.age
    """


@travel.command()
@unlocked.data_option
@click.option(
    "--to", "parcel", type=click.Path(path_type=Path, dir_okay=False), required=True, help="Where the parcel goes."
)
@unlocked.passphrase_option
@unlocked.json_option
def out(data: Path | None, parcel: Path, passphrase_file: Path | None, as_json: bool) -> None:
    """Seal this device's keys into PARCEL and take them off the device.

    Bring the parcel to the home office, by a way that is not yours, and do
    not carry it. Lock or close the application on this device as well.

    Exit status: 0 done, 2 wrong passphrase or the parcel's name is taken,
    3 the keys are away already.

    Example: waystation travel out --to /media/stick/parcel.age
    """
    with unlocked.at_home(data, passphrase_file) as here:
        from waystation.continuity.travel import travel_out

        left = travel_out(here=here, parcel=parcel.absolute(), at=unlocked.now())
    if as_json:
        told = {"parcel": click.format_filename(parcel), "copies_removed": left.copies}
        unlocked.tell(told | {"written_over": left.written_over})
        return
    click.echo(f"done: the keys are in {click.format_filename(parcel)}, and no passphrase opens this device any more")
    click.echo("  still here: the encrypted store and its files, and that this program is installed")
    if left.copies:
        click.echo(f"  removed as well: {left.copies} copies of the device file beside backups here")
    if left.written_over:
        click.echo(
            "  the place on the disk where the keys lay was written over; a solid-state disk may keep an older copy,"
        )
        click.echo("  which opens only with a passphrase: as strong as the passphrase is")
    else:
        click.echo(
            "  the place on the disk where the keys lay could NOT be written over; what is left opens only with a passphrase"
        )
    click.echo("  not touched: backups elsewhere, other devices, what anybody has seen or printed")


@travel.command("give-back")
@click.argument("parcel", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--out", "file", type=click.Path(path_type=Path, dir_okay=False), required=True, help="The file to hand over."
)
@click.option("--shares", "by_shares", is_flag=True, help="Ask for three recovery shares instead of a passphrase.")
@click.option("--shares-file", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="One share a line.")
@unlocked.data_option
@unlocked.passphrase_option
@unlocked.json_option
def give_back(
    parcel: Path,
    file: Path,
    by_shares: bool,
    shares_file: Path | None,
    data: Path | None,
    passphrase_file: Path | None,
    as_json: bool,
) -> None:
    """At home: open PARCEL, and write the file that brings the keys back.

    Give it to the traveller only once they are there safely. It opens with
    their passphrase alone.

    Exit status: 0 done, 2 the parcel is damaged or not for this office,
    3 refused.

    Example: waystation travel give-back parcel.age --out back.json
    """
    if by_shares or shares_file:
        secret = unlocked.shares(shares_file)
        with unlocked.plainly():
            from waystation.continuity.travel import give_back as given_back

            given_back(parcel=parcel, secret=secret, out=file.absolute())
    else:
        with unlocked.at_home(data, passphrase_file) as here:
            from waystation.continuity.travel import give_back_from

            give_back_from(here=here, parcel=parcel, out=file.absolute(), at=unlocked.now())
    if as_json:
        unlocked.tell({"file": click.format_filename(file)})
        return
    click.echo(
        f"wrote {click.format_filename(file)}; on the device: waystation travel back {click.format_filename(file)}"
    )


@travel.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@unlocked.data_option
@unlocked.passphrase_option
@unlocked.json_option
def back(file: Path, data: Path | None, passphrase_file: Path | None, as_json: bool) -> None:
    """On the device: put the keys of FILE back.

    Exit status: 0 done, 2 wrong passphrase or another device's file.

    Example: waystation travel back back.json
    """
    folder = unlocked.data_folder(data)
    words = unlocked.passphrase(passphrase_file)
    with unlocked.plainly():
        unlocked.read_device(folder / "device.json")
        unlocked.started(folder)
        from waystation.continuity.travel import travel_back

        device = travel_back(data=folder, file=file, passphrase=words)
    if as_json:
        unlocked.tell({"device": str(device.device_id)})
        return
    click.echo("the keys are back: this device opens with its passphrases again; destroy the file and the parcel")
