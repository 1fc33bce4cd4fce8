import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import NamedTemporaryFile

import click

from waystation.cli.folder import find_group, open_folder
from waystation.cli.parameters import DATE, MONEY
from waystation.engine.journeys.build import build
from waystation.engine.journeys.eligibility import require_eligible
from waystation.engine.journeys.money import choose_grid
from waystation.engine.journeys.process import NO_MONEY
from waystation.engine.model import Group, Network, convert
from waystation.formats.checker_export import to_drn, to_prism
from waystation.kernel import BadInputError, Money

_WRITERS = {"drn": to_drn, "prism": to_prism}


@click.command(short_help="Write a journey for the model checkers Storm and PRISM.")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--group", "group_id", metavar="ID", help="The group whose journey it is; not needed when there is only one."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(sorted(_WRITERS)),
    default="drn",
    show_default=True,
    help="drn: Storm's explicit format; prism: the PRISM language.",
)
@click.option("--budget", type=MONEY, help="Most money that may be spent; it is then in the states: 12000USD.")
@click.option("--days", type=click.FloatRange(min=0, min_open=True), help="Days within which they must have arrived.")
@click.option("--start", type=DATE, help="Day of departure; the folder's as-of date unless given.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write this file, whole or not at all.")
def export(
    folder: Path,
    group_id: str | None,
    form: str,
    budget: Money | None,
    days: float | None,
    start: date | None,
    out: Path | None,
) -> None:
    """Write a group's journey as a decision process for Storm or PRISM, to check an answer by other means.

    Goal states are labelled arrived, harmed ones harmed; the first lines name the
    questions to ask. Without --out it goes to standard output.

    Exit status: 0 written, 2 bad input (every fault is named), 3 refused by a rule.

    Example: waystation export examples/family-of-five --group family --out journey.drn
    """
    network = open_folder(folder, as_json=False)
    group = _group(network, group_id)
    require_eligible(group)
    process = build(network, group, start if start is not None else network.as_of, days).process
    grid = NO_MONEY
    if budget is not None:
        whole = convert(budget, network.currency, network.rates, network.as_of, is_budget=True)
        grid = choose_grid(process, whole.minor)
    text = _WRITERS[form](process, grid)
    if out is None:
        for piece in text:
            click.echo(piece, nl=False)
    else:
        _write_whole(out, text)


def _group(network: Network, group_id: str | None) -> Group:
    if group_id is not None:
        return find_group(network, group_id)
    if len(network.groups) != 1:
        listed = ", ".join(group.id for group in network.groups) or "none"
        raise click.UsageError(f"Say which group with --group ID. The folder has: {listed}.")
    return network.groups[0]


def _write_whole(out: Path, text: Iterator[str]) -> None:
    """Write a file beside its place and move it there when it is complete, so that nobody ever reads half of it."""
    try:
        with NamedTemporaryFile("w", encoding="ascii", dir=out.parent, prefix=f".{out.name}-", delete=False) as file:
            unfinished = Path(file.name)
            try:
                file.writelines(text)
            except BaseException:
                unfinished.unlink(missing_ok=True)
                raise
        unfinished.chmod(0o644)
        unfinished.replace(out)
    except OSError as error:
        message = f"{out} cannot be written ({error.strerror}); give a file in a folder that exists"
        raise BadInputError(message) from error
    if sys.stderr.isatty():
        click.echo(f"wrote {out}", err=True)
