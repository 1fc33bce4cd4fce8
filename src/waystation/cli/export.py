import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import click

from waystation.cli.folder import BAD_INPUT, find_group, open_tables, report_faults, require_groups
from waystation.cli.parameters import DATE, MONEY
from waystation.engine.model import Group, Network
from waystation.formats import FolderTables
from waystation.kernel import BadInputError, Money

_JOURNEY = ("drn", "prism")
_NETWORK = ("geojson", "graphml", "flee")


@dataclass(frozen=True)
class Journey:
    """What was asked on the command line of one group's journey."""

    group_id: str | None
    budget: Money | None
    days: float | None
    start: date | None

    def given(self) -> list[str]:
        """Return the options that were given, as they are typed."""
        typed = {"--group": self.group_id, "--budget": self.budget, "--days": self.days, "--start": self.start}
        return [option for option, value in typed.items() if value is not None]


@click.command(short_help="Write a network for other programs, or a journey for a model checker.")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice([*_JOURNEY, *_NETWORK]),
    default="drn",
    show_default=True,
    help="Of a journey: drn, Storm's explicit format; prism, the PRISM language. Of the network: geojson, for maps; "
    "graphml, for graph programs; flee, the three files of the displacement simulator Flee.",
)
@click.option(
    "--group", "group_id", metavar="ID", help="The group whose journey it is; not needed when there is only one."
)
@click.option("--budget", type=MONEY, help="Most money that may be spent; it is then in the states: 12000USD.")
@click.option("--days", type=click.FloatRange(min=0, min_open=True), help="Days within which they must have arrived.")
@click.option("--start", type=DATE, help="Day of departure; the folder's as-of date unless given.")
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path),
    help="Write this file, whole or not at all; for flee a folder, which must not exist yet or be empty.",
)
def export(folder: Path, form: str, out: Path | None, **asked: Any) -> None:
    """Write the network for other programs, or a group's journey for a model checker.

    A journey (drn, prism) is a decision process, to check an answer by other means: goal
    states are labelled arrived, harmed ones harmed; the first lines name the questions
    to ask. It has prices and chances, and no more of the group than its size.

    A network (geojson, graphml, flee) is places and legs. Travellers, groups, outcomes,
    observations, money, notes and free columns are never in it. It says where the
    houses are: keep it as close as the folder.

    Without --out it goes to standard output, except flee, which is a folder.

    Exit status: 0 written, 2 bad input (every fault is named), 3 refused by a rule.

    \b
    Examples:
      waystation export examples/family-of-five --group family --out journey.drn
      waystation export examples/mali --format geojson -o mali.geojson
      waystation export examples/mali --format flee -o flee-mali
    """  # noqa: D301 - the backspace keeps the examples on lines of their own
    journey = Journey(**asked)
    if form in _NETWORK and journey.given():
        message = (
            f"{form} is of the whole network; {', '.join(journey.given())} goes with {' and '.join(_JOURNEY)} only."
        )
        raise click.UsageError(message)
    if form == "flee" and out is None:
        raise click.UsageError("Flee has three files; say with --out FOLDER where they belong.")
    network, tables = open_tables(folder, as_json=False, nothing="exported")
    if form == "flee":
        assert out is not None
        _export_flee(network, tables, out)
    elif form in _NETWORK:
        _deliver(_network_text(form, tables), out)
    else:
        _deliver(_journey_text(form, network, journey), out)


def _network_text(form: str, tables: FolderTables) -> Iterable[str]:
    from waystation.formats.geojson import to_geojson
    from waystation.formats.graphml import to_graphml

    return {"geojson": to_geojson, "graphml": to_graphml}[form](tables)


def _journey_text(form: str, network: Network, asked: Journey) -> Iterable[str]:
    # Imported here: the compiled engine is slow to start, and a network is written without it.
    from waystation.engine.journeys.build import MOST_JOINT_LEVELS, build
    from waystation.engine.journeys.eligibility import require_eligible
    from waystation.engine.journeys.money import choose_grid
    from waystation.engine.journeys.process import NO_MONEY
    from waystation.engine.model import convert
    from waystation.formats.checker_export import to_drn, to_prism

    group = _group(network, asked.group_id)
    require_eligible(group)
    start = asked.start if asked.start is not None else network.as_of
    process = build(network, group, start, asked.days, most_exact_levels=MOST_JOINT_LEVELS).process
    grid = NO_MONEY
    if asked.budget is not None:
        whole = convert(asked.budget, network.currency, network.rates, network.as_of, is_budget=True)
        grid = choose_grid(process, whole.minor)
    return {"drn": to_drn, "prism": to_prism}[form](process, grid)


def _group(network: Network, group_id: str | None) -> Group:
    require_groups(network)
    if group_id is not None:
        return find_group(network, group_id)
    if len(network.groups) != 1:
        listed = ", ".join(group.id for group in network.groups)
        raise click.UsageError(f"Say which group with --group ID. The folder has: {listed}.")
    return network.groups[0]


def _export_flee(network: Network, tables: FolderTables, out: Path) -> None:
    from waystation.formats.flee import flee_files, to_flee
    from waystation.formats.folder import replace_folder, require_free

    require_free(out)
    made = to_flee(network, tables)
    if made.network is None:
        report_faults(made.faults, as_json=False, nothing="exported")
        sys.exit(BAD_INPUT)
    replace_folder(out, flee_files(made.network))
    for lost in made.lost:
        click.echo(f"lost: {lost}", err=True)
    _say_where(out)


def _deliver(text: Iterable[str], out: Path | None) -> None:
    """Write to a file, or to standard output without one."""
    if out is None:
        for piece in text:
            click.echo(piece, nl=False)
    else:
        _write_whole(out, text)
        _say_where(out)


def _say_where(out: Path) -> None:
    if sys.stderr.isatty():
        click.echo(f"wrote {click.format_filename(out)}", err=True)


def _write_whole(out: Path, text: Iterable[str]) -> None:
    """Write a file beside its place and move it there when it is complete, so that nobody ever reads half of it."""
    try:
        with NamedTemporaryFile(
            "w", encoding="utf-8", newline="\n", dir=out.parent, prefix=f".{out.name}-", delete=False
        ) as file:
            unfinished = Path(file.name)
            try:
                file.writelines(text)
                file.flush()
                unfinished.chmod(0o644)
                unfinished.replace(out)
            except BaseException:
                unfinished.unlink(missing_ok=True)
                raise
    except OSError as error:
        message = f"{out} cannot be written ({error.strerror}); give a file in a folder that exists"
        raise BadInputError(message) from error
