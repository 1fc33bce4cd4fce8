import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from waystation.cli import unlocked

if TYPE_CHECKING:
    from waystation.continuity.drill import Drilled

DIFFERENT = 1


@click.command()
@unlocked.data_option
@click.option(
    "--from", "folder", type=click.Path(path_type=Path, exists=True, file_okay=False), help="Try the newest there."
)
@unlocked.passphrase_option
@click.option("--json", "as_json", is_flag=True, help="Print one object for programs instead of sentences.")
@click.pass_context
def drill(
    ctx: click.Context, data: Path | None, folder: Path | None, passphrase_file: Path | None, as_json: bool
) -> None:
    """Try whether the newest backup can be restored.

    It is restored into a temporary place, every table is counted and compared
    with what the store was, the audit log is checked, sealed fields are
    opened, and the place is removed again. The home page shows the result.

    Exit status: 0 all equal, 1 something differs, 2 wrong passphrase,
    3 refused.

    Example: waystation drill
    """
    with unlocked.at_home(data, passphrase_file) as here:
        from waystation.continuity.drill import FINDINGS
        from waystation.continuity.drill import drill as drilled

        found = drilled(here=here, at=unlocked.now(), folder=folder, steps=unlocked.progress())
    if as_json:
        click.echo(json.dumps(_document(found), ensure_ascii=False, indent=2))
    else:
        _print(found, FINDINGS)
    if not found.ok:
        ctx.exit(DIFFERENT)


def _document(found: "Drilled") -> dict[str, object]:
    return {
        "ok": found.ok,
        "backup": found.stamp,
        "tables": dict(found.counts),
        "log_entries": found.entries,
        "fields_opened": found.opened,
        "files": found.files,
        "findings": [{"code": code, "detail": detail} for code, detail in found.findings],
    }


def _print(found: "Drilled", meaning: dict[str, str]) -> None:
    if found.ok:
        rows = sum(found.counts.values())
        click.echo(f"good: backup {found.stamp} was restored, and all is equal")
        click.echo(
            f"  {rows} rows in {len(found.counts)} tables, {found.entries} entries of the log, {found.files} files"
        )
        click.echo(f"  {found.opened} kinds of sealed field opened")
        return
    click.echo(f"not good: backup {found.stamp}" if found.stamp else "not good")
    for code, detail in found.findings:
        click.echo(f"  {meaning[code]} ({detail})")
