import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click

from waystation.cli.folder import BAD_INPUT, report_faults
from waystation.cli.parameters import CHANCE, DATE
from waystation.formats import FolderTables
from waystation.formats.flee import (
    PUBLISHED_FIRST_DAYS,
    READ_FILES,
    Assumptions,
    ImportSettings,
    network_tables,
    read_flee,
)
from waystation.formats.folder import require_free
from waystation.formats.writer import write_folder
from waystation.kernel import CURRENCIES

_USUAL = Assumptions()


@click.group(name="import")
def import_() -> None:
    """Make a network folder from the files of another program.

    Example: waystation import flee mali2012 my-network
    """


@dataclass(frozen=True)
class Asked:
    """What was asked on the command line about the folder to be made."""

    first_day: date | None
    name: str | None
    source: str | None
    currency: str
    sample_group: str | None


@import_.command(short_help="From Flee's locations.csv, routes.csv and closures.csv.")
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("out", type=click.Path(path_type=Path))
@click.option(
    "--first-day",
    type=DATE,
    help="The day that the days in Flee's files are counted from. Not needed where FOLDER has a sim_period.csv, nor for "
    f"the published folders {', '.join(PUBLISHED_FIRST_DAYS)}.",
)
@click.option(
    "--km-per-day",
    type=float,
    default=_USUAL.km_per_day,
    show_default=True,
    help="Speed that makes durations of distances: about seven hours at 30 km/h. Flee itself lets people move 360 km a day "
    "at most, and 35 on foot. A journey takes as long as that, and up to twice as long.",
)
@click.option(
    "--intercepted",
    type=CHANCE,
    default=f"{_USUAL.intercepted:g}",
    show_default=True,
    help="Assumed chance of interception on each 100 km.",
)
@click.option(
    "--turned-back",
    type=CHANCE,
    default=f"{_USUAL.turned_back:g}",
    show_default=True,
    help="Assumed chance of being turned back on each 100 km.",
)
@click.option(
    "--discovery",
    type=CHANCE,
    default=f"{_USUAL.discovery:g}",
    show_default=True,
    help="Assumed chance of harm on each day of waiting in a conflict zone.",
)
@click.option(
    "--sample-group",
    metavar="LOCATION",
    help="Add an invented group of two adults at this location, with an invented consent, so that there is something to "
    "plan. Without it the folder has no group.",
)
@click.option("--name", help="What the network is called; the folder's name unless given.")
@click.option("--source", help="Where Flee's files were published, and their licence: written into the folder.")
@click.option(
    "--currency", type=click.Choice(list(CURRENCIES)), default="USD", show_default=True, help="Of prices to come."
)
@click.option("--json", "as_json", is_flag=True, help="Print one object for programs instead of a sentence.")
def flee(
    folder: Path,
    out: Path,
    km_per_day: float,
    intercepted: float,
    turned_back: float,
    discovery: float,
    as_json: bool,
    **asked: Any,
) -> None:
    """Make a network folder of a Flee folder.

    FOLDER holds locations.csv, routes.csv and closures.csv, as Flee's input_csv does;
    OUT must not exist yet, or be empty. Conflict zones become origins, camps
    destinations, towns and markers hubs; each route two legs, one for each direction;
    closures the dates on which a leg runs. Coordinates are rounded to whole degrees.

    Flee knows no risks and no prices: chances and durations are the same assumption
    everywhere, marked as assumed in sources.csv; prices are blank. Put your own in
    their place before you believe a plan.

    Exit status: 0 written, 2 bad input (every fault is named, nothing is written).

    \b
    Examples:
      waystation import flee mali2012 my-mali --sample-group Kidal
      waystation import flee sudan/input_csv out --first-day 2023-04-15 --km-per-day 35
    """  # noqa: D301 - the backspace keeps the examples on lines of their own
    assumed = Assumptions(km_per_day, intercepted, turned_back, discovery)
    require_free(out)
    reading = read_flee(folder)
    if reading.network is None:
        report_faults(reading.faults, as_json=as_json, nothing="imported")
        raise click.exceptions.Exit(BAD_INPUT)
    settings = _settings(folder, Asked(**asked), reading.first_day)
    tables = network_tables(reading.network, settings, assumed)
    write_folder(out, tables)
    passed_over = sorted({path.name for path in folder.glob("*.csv")} - READ_FILES)
    if passed_over:
        click.echo(f"not read: {', '.join(passed_over)}", err=True)
    _tell(out, tables, settings, assumed, as_json=as_json)


def _settings(folder: Path, asked: Asked, written: date | None) -> ImportSettings:
    name = folder.resolve().name
    if name == "input_csv":
        name = folder.resolve().parent.name
    first_day = asked.first_day or written or PUBLISHED_FIRST_DAYS.get(name)
    if first_day is None:
        message = "Say with --first-day DATE which day the days in the files are counted from."
        raise click.UsageError(message)
    source = (
        asked.source if asked.source is not None else f"Flee folder {name}: locations.csv, routes.csv, closures.csv"
    )
    called = asked.name if asked.name is not None else name
    return ImportSettings(called, first_day, source, asked.currency, asked.sample_group)


def _tell(out: Path, tables: FolderTables, settings: ImportSettings, assumed: Assumptions, *, as_json: bool) -> None:
    folder = click.format_filename(out)
    legs = tables.rows("legs.csv")
    counts = {
        "places": len(tables.rows("places.csv")),
        "legs": len(legs),
        "legs_with_dates": sum(row.has("dates") for row in legs),
        "groups": len(tables.rows("groups.csv")),
    }
    if as_json:
        said = {"folder": folder, "first_day": settings.first_day.isoformat(), **counts}
        click.echo(json.dumps(said, ensure_ascii=False, indent=2))
        return
    click.echo(
        f"wrote {folder}: {counts['places']} places, {counts['legs']} legs, {counts['legs_with_dates']} of them closed on "
        f"some days from {settings.first_day}\n"
        f"assumed: {assumed.km_per_day:g} km a day; on each 100 km {assumed.intercepted:g} intercepted and "
        f"{assumed.turned_back:g} turned back; in a conflict zone {assumed.discovery:g} discovered a day"
    )
    if counts["groups"]:
        click.echo(f"try it with the invented group: waystation plan {folder} --group sample")
    else:
        click.echo(
            f"it has no group to plan for: fill in groups.csv and travellers.csv (or import with --sample-group LOCATION), "
            f"then: waystation check {folder}"
        )
