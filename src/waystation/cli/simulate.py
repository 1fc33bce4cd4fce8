import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import click

from waystation.briefs.language import Language
from waystation.briefs.voice import Voice
from waystation.cli import simulation_answer as answer
from waystation.cli import simulation_document as document
from waystation.cli.answer import print_refusal
from waystation.cli.cluster import connected
from waystation.cli.document import refusal_document
from waystation.cli.folder import BAD_INPUT, find_group, open_tables, report_faults, require_groups
from waystation.cli.parameters import DATE, MONEY
from waystation.cli.plan import DONE, REFUSED, print_json
from waystation.engine.journeys.eligibility import GroupRefusedError
from waystation.engine.model import Caps, Network
from waystation.engine.simulation.hindcast import hindcast
from waystation.engine.simulation.journey import replay_plan
from waystation.engine.simulation.live import COMPILED
from waystation.engine.simulation.organisation import WEEKS_A_YEAR, Organisation
from waystation.engine.simulation.portfolio_rule import Portfolio
from waystation.engine.simulation.prepare import Planner, prepare
from waystation.engine.simulation.rule import Rule
from waystation.engine.simulation.scenario import Scenario, unknown_names
from waystation.engine.simulation.study import study
from waystation.engine.simulation.tasks import Runner, Told, in_this_process
from waystation.formats.arrivals_file import read_arrivals
from waystation.formats.faults import Fault
from waystation.formats.scenario_file import read_scenario
from waystation.kernel import BadInputError, Money, closest

ARRIVALS = "arrivals.csv"
RULES: dict[str, str | Rule] = {**{name: name for name in COMPILED}, "portfolio": Portfolio()}
"""The rules by the name they are asked for by. One that is not compiled stands here as itself."""
_NOTHING = "simulated"
_MOST_YEARS, _MOST_RUNS = 50, 1_000_000


@dataclass(frozen=True)
class Asked:
    """What was asked on the command line beside the folder."""

    group_id: str | None
    budget: Money | None
    days: float | None
    start: date | None
    journeys: int
    years: int
    runs: int
    seed: int
    seasons: int
    rules: tuple[str, ...]
    organisation: Path | None
    scenarios: tuple[Path, ...]
    scheduler: str | None
    language: Language


@click.command(short_help="Replay a plan, or look years ahead with a whole organisation.")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--group", "group_id", metavar="ID", help="Replay this group's plan instead of living whole years.")
@click.option("--budget", type=MONEY, help="With --group: most money that may be spent, whatever happens.")
@click.option(
    "--days", type=click.FloatRange(min=0, min_open=True), help="With --group: days within which they must arrive."
)
@click.option("--start", type=DATE, help="With --group: day of departure; the folder's as-of date unless given.")
@click.option(
    "--journeys",
    type=click.IntRange(2, 20_000_000),
    default=100_000,
    show_default=True,
    help="With --group: how many.",
)
@click.option(
    "--years", type=click.IntRange(1, _MOST_YEARS), default=3, show_default=True, help="Years to live through."
)
@click.option("--runs", type=click.IntRange(2, _MOST_RUNS), default=1000, show_default=True, help="How often.")
@click.option("--seed", type=click.IntRange(0, 2**64 - 1), default=0, show_default=True, help="The same, the same.")
@click.option(
    "--seasons",
    type=click.IntRange(1, 12),
    default=1,
    show_default=True,
    help="First days in a year that plans are made for.",
)
@click.option(
    "--rule",
    "rules",
    type=click.Choice(list(RULES)),
    multiple=True,
    help="Who leaves each week; first_come unless given, more than once to compare.",
)
@click.option("--organisation", type=click.Path(path_type=Path), help="TOML file: what is assumed of the organisation.")
@click.option(
    "--scenario",
    "scenarios",
    type=click.Path(path_type=Path),
    multiple=True,
    help="TOML file: what befalls; compared with nothing befalling.",
)
@click.option("--scheduler", metavar="ADDRESS", help="Do it on the Dask cluster at this address: tcp://127.0.0.1:8786.")
@click.option(
    "--hindcast", "back", is_flag=True, help="FOLDER holds arrivals.csv: forecast each past year from those before."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for programs.")
@click.option("--language", type=click.Choice(["en", "ko"]), default="en", show_default=True, help="Of the answer.")
def simulate(folder: Path, back: bool, as_json: bool, **options: Any) -> None:
    """Look ahead: replay a group's plan, or live through years of a whole organisation.

    The same seed gives the same answer, on one process or on many. Scenarios and
    rules meet the same requests and the same luck, so that their differences are
    surer than the figures themselves.

    Exit status: 0 done, 2 bad input, 3 refused by a rule.

    \b
    Examples:
      waystation simulate examples/queue --group q02 --budget 4000USD
      waystation simulate examples/queue --organisation examples/scenarios/organisation.toml
          --scenario examples/scenarios/crackdown.toml --rule first_come --rule most_urgent
      waystation simulate examples/arrivals --hindcast
    """  # noqa: D301 - click needs the backspace itself
    asked = Asked(**options)
    if back:
        sys.exit(_look_back(folder, asked, as_json=as_json))
    network, _ = open_tables(folder, as_json=as_json, nothing=_NOTHING)
    require_groups(network)
    with connected(asked.scheduler) as cluster:
        runner = cluster or in_this_process
        if asked.group_id is not None:
            sys.exit(_replay(network, asked, runner, as_json=as_json))
        sys.exit(_live(network, asked, runner, as_json=as_json))


def _look_back(folder: Path, asked: Asked, *, as_json: bool) -> int:
    arrivals, shocks, faults = read_arrivals(_text(folder / ARRIVALS), ARRIVALS)
    _stop_at(faults, as_json=as_json)
    found = hindcast(arrivals, shocks, asked.seed)
    if as_json:
        print_json(document.hindcast_document(found))
    else:
        answer.print_hindcast(found, asked.language)
    return DONE


def _replay(network: Network, asked: Asked, runner: Runner, *, as_json: bool) -> int:
    assert asked.group_id is not None
    group = find_group(network, asked.group_id)
    start = asked.start or network.as_of
    try:
        with counted() as told:
            caps = Caps(asked.budget, asked.days)
            found = replay_plan(network, group, start, caps, asked.seed, asked.journeys, runner=runner, told=told)
    except GroupRefusedError as refused:
        if as_json:
            print_json(refusal_document(refused))
        else:
            print_refusal(refused, Voice(asked.language, network, group, start))
        return REFUSED
    if as_json:
        print_json(document.replayed_document(found, asked.seed))
    else:
        answer.print_replayed(found, asked.language)
    return DONE


def _live(network: Network, asked: Asked, runner: Runner, *, as_json: bool) -> int:
    faults: list[Fault] = []
    base = Scenario("as today")
    if asked.organisation is not None:
        base = _scenario(asked.organisation, network, faults)
    read = [base, *(_scenario(path, network, faults) for path in asked.scenarios)]
    _stop_at(faults, as_json=as_json)
    scenarios = [
        scenario if n == 0 else replace(scenario, settings=base.settings + scenario.settings)
        for n, scenario in enumerate(read)
    ]
    with counted() as told:
        planner = Planner(network, Organisation(), asked.seasons, told)
        worlds = [prepare(planner, scenario, asked.years * WEEKS_A_YEAR) for scenario in scenarios]
        rules = [RULES[name] for name in asked.rules or ("first_come",)]
        found = study(worlds, rules, asked.seed, asked.runs, runner=runner, told=told)
    if as_json:
        print_json(document.study_document(found, worlds[0]))
    else:
        answer.print_study(found, worlds[0], asked.language)
    return DONE


def _scenario(path: Path, network: Network, faults: list[Fault]) -> Scenario:
    """Read a scenario file; what is wrong with it joins the faults, and a scenario without changes stands in for it."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        what = f"this file cannot be read ({_reason(error)})"
        faults.append(Fault(click.format_filename(path), 1, 1, what, "give a scenario as a TOML file"))
        return Scenario(path.stem)
    scenario, found = read_scenario(text, path.name)
    faults += found
    if scenario is None:
        return Scenario(path.stem)
    lines = text.splitlines()
    for what, name, known in unknown_names(scenario, network):
        line = next((at for at, each in enumerate(lines, 1) if f'"{name}"' in each), 1)
        meant = closest(name, known)
        right = f"did you mean {meant}?" if meant else f"the folder has: {', '.join(known) or f'no {what}'}"
        faults.append(Fault(path.name, line, 1, f"there is no {what} {name!r}", right))
    return scenario


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        message = f"{click.format_filename(path)} cannot be read ({_reason(error)})"
        raise BadInputError(message) from error


def _reason(error: OSError | UnicodeDecodeError) -> str:
    return (error.strerror or "unknown") if isinstance(error, OSError) else "it is not UTF-8"


def _stop_at(faults: list[Fault], *, as_json: bool) -> None:
    if faults:
        report_faults(tuple(faults), as_json=as_json, nothing=_NOTHING)
        sys.exit(BAD_INPUT)


@contextmanager
def counted() -> Iterator[Told | None]:
    """Show on a terminal how much is done; say nothing in a pipe. Ctrl-C stops it between two pieces."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console

    with Console(stderr=True).status("simulating (the first run compiles, which takes a while)") as status:

        def told(done: int, of: int) -> None:
            status.update(f"simulating: {done} of {of}")

        yield told
