from pathlib import Path
from uuid import UUID

import click

from waystation.cli import unlocked
from waystation.kernel import BadInputError


@click.group()
def bundle() -> None:
    """Send records to another office in one file, and take in theirs.

    The offices are added on the page for offices, by two people.

    Example: waystation bundle out --to south.age --office South quiet-river
    """


@bundle.command("out")
@click.argument("codes", nargs=-1, required=True)
@click.option("--office", "name", required=True, help="The other office's name, as it is called here.")
@click.option(
    "--to", "target", type=click.Path(path_type=Path, dir_okay=False), required=True, help="The file to write."
)
@unlocked.data_option
@unlocked.passphrase_option
@unlocked.json_option
def out(
    codes: tuple[str, ...], name: str, target: Path, data: Path | None, passphrase_file: Path | None, as_json: bool
) -> None:
    """Write the cases of these CODES for another office.

    Only what you may open yourself travels; the log says what was opened.

    Exit status: 0 done, 2 no such office or case, 3 refused.

    Example: waystation bundle out --office South --to south.age quiet-river
    """
    if target.exists():
        raise BadInputError(f"{click.format_filename(target)} is there already; name another file")
    with unlocked.at_home(data, passphrase_file) as here:
        from waystation.cases.models import Case
        from waystation.continuity.bundle_out import bundle_out
        from waystation.continuity.offices import office_names

        found = [office_id for office_id, called in office_names(here).items() if called == name]
        if len(found) != 1:
            raise BadInputError("no office is called that here; see the page for offices")
        records = dict(Case.objects.filter(code__in=codes).values_list("code", "record_id"))
        if len(records) != len(set(codes)):
            raise BadInputError("there is no case of one of these codes")
        ids: list[UUID] = list(records.values())
        sent = bundle_out(here=here, office_id=found[0], record_ids=ids, target=target.absolute(), at=unlocked.now())
    if as_json:
        told = {"file": click.format_filename(target), "sequence": sent.sequence, "records": sent.records}
        unlocked.tell(told | {"files": sent.files, "left_out": sent.left_out})
        return
    click.echo(
        f"wrote {click.format_filename(target)}: bundle {sent.sequence}, {sent.records} records, {sent.files} files"
    )
    if sent.left_out:
        click.echo(f"  {sent.left_out} values stayed here: you hold no key for them")


@bundle.command("in")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--accept-gap", is_flag=True, help="Go on although an earlier bundle was never received.")
@unlocked.data_option
@unlocked.passphrase_option
@unlocked.json_option
def take(file: Path, accept_gap: bool, data: Path | None, passphrase_file: Path | None, as_json: bool) -> None:
    """Take in the bundle FILE: all of it, or nothing.

    Exit status: 0 done, 2 refused because of a fault of the file, which is
    named, 3 refused by a rule.

    Example: waystation bundle in south.age
    """
    with unlocked.at_home(data, passphrase_file) as here:
        from waystation.continuity.bundle_in import bundle_in

        received = bundle_in(here=here, source=file, at=unlocked.now(), accept_gap=accept_gap)
    if as_json:
        unlocked.tell(
            {"sequence": received.sequence, "records": list(map(str, received.records)), "files": received.files}
        )
        return
    click.echo(f"took in bundle {received.sequence}: {len(received.records)} records, {received.files} files")
