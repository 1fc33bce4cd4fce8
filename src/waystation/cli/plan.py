import dataclasses
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click

from waystation.briefs.language import Language
from waystation.briefs.voice import Voice
from waystation.cli.answer import print_all, print_answer, print_refusal
from waystation.cli.document import Json, plan_document, refusal_document
from waystation.cli.folder import find_group, open_folder, require_groups
from waystation.cli.parameters import CHANCE, DATE, MONEY, WIDTH
from waystation.engine.journeys.eligibility import GroupRefusedError
from waystation.engine.journeys.inquiry import EVERYTHING, NOTHING_MORE, Inquiry
from waystation.engine.journeys.plan import ChoiceName, Plan
from waystation.engine.journeys.planner import plan_journey
from waystation.engine.model import Caps, Group, Network
from waystation.kernel import Money

DONE, NO_PLAN, REFUSED = 0, 1, 3
PLANNING = "planning (the first run compiles the solver, which takes a while)"


@dataclass(frozen=True)
class Request:
    """What was asked on the command line, beside the folder and the group."""

    budget: Money | None
    days: float | None
    start: date | None
    max_harm: float | None
    prefer: str
    give: float
    language: Language
    max_walk_hours: float | None = None
    draws: int = EVERYTHING.draws
    seed: int = 0
    cautious: float | None = None
    parties: bool = False
    quick: bool = False

    @property
    def inquiry(self) -> Inquiry:
        """What one group's plan is argued with."""
        if self.quick:
            return Inquiry(cautious=self.cautious, parties=self.parties, seed=self.seed)
        return dataclasses.replace(
            EVERYTHING, draws=self.draws, seed=self.seed, cautious=self.cautious, parties=self.parties
        )


@click.command(short_help="Plan a group's journey, and write the brief.")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--group", "group_id", metavar="ID", help="The group to plan for; not needed when there is only one.")
@click.option("--all", "every_group", is_flag=True, help="Plan every group, a line each.")
@click.option("--budget", type=MONEY, help="Most money that may be spent, whatever happens: 12000USD.")
@click.option("--days", type=click.FloatRange(min=0, min_open=True), help="Days within which they must have arrived.")
@click.option("--start", type=DATE, help="Day of departure; the folder's as-of date unless given.")
@click.option("--max-harm", type=CHANCE, help="Largest chance of harm a plan may have: 0.05.")
@click.option(
    "--prefer",
    type=click.Choice([name.value for name in ChoiceName]),
    default="safest",
    show_default=True,
    help="Which plan to lay out stage by stage.",
)
@click.option(
    "--give",
    type=CHANCE,
    default="0.05",
    show_default=True,
    help="Part of the safest plan's arrival that the others may give up.",
)
@click.option("--max-walk-hours", type=click.FloatRange(min=0), help="Most hours on foot, on the whole journey.")
@click.option(
    "--draws",
    type=click.IntRange(min=2),
    default=EVERYTHING.draws,
    show_default=True,
    help="Draws of the beliefs that the 80 % intervals rest on.",
)
@click.option(
    "--seed", type=click.IntRange(min=0), default=0, show_default=True, help="Of the draws: the same, the same."
)
@click.option(
    "--cautious",
    type=WIDTH,
    help="Plan also against the worst chances within intervals of this width: 0.9.",
)
@click.option("--parties", is_flag=True, help="Show also what dividing the group and going along would do.")
@click.option("--quick", is_flag=True, help="The plan only: no intervals, no reasons, no frontier.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for programs.")
@click.option(
    "--brief", type=click.Path(path_type=Path), help="Write brief.html, brief.pdf and map.svg into this folder."
)
@click.option(
    "--language", type=click.Choice(["en", "ko"]), default="en", show_default=True, help="Of the answer and the brief."
)
def plan(
    folder: Path, group_id: str | None, every_group: bool, as_json: bool, brief: Path | None, **asked: Any
) -> None:
    """Plan a group's journey under risk, exactly.

    FOLDER is a network folder (see docs/format.md). The budget is a hard cap: it
    holds on every branch, extra demands included.

    \b
    Examples:
      waystation plan examples/family-of-five --group family --budget 120000USD
      waystation plan examples/queue --all
      waystation plan examples/queue --group G03 --brief out/brief --language ko
      waystation plan examples/family-of-five --cautious 0.9 --parties
    """  # noqa: D301 - click needs the backspace itself
    request = Request(**asked)
    network = open_folder(folder, as_json=as_json)
    require_groups(network)
    if every_group:
        if brief is not None or group_id is not None:
            raise click.UsageError("--all plans every group; --group and --brief go with one group only.")
        _plan_all(network, request, as_json=as_json)
        sys.exit(DONE)
    if group_id is None and len(network.groups) != 1:
        listed = ", ".join(group.id for group in network.groups) or "none"
        raise click.UsageError(f"Say which group with --group ID, or --all. The folder has: {listed}.")
    group = find_group(network, group_id) if group_id is not None else network.groups[0]
    sys.exit(_plan_one(network, group, request, as_json=as_json, brief=brief))


def _plan_one(network: Network, group: Group, request: Request, *, as_json: bool, brief: Path | None) -> int:
    try:
        with progress(PLANNING):
            answer = answer_for(network, group, request, request.inquiry)
    except GroupRefusedError as refused:
        if as_json:
            print_json(refusal_document(refused))
        else:
            print_refusal(refused, Voice(request.language, network, group, start_of(network, request)))
        return REFUSED
    written: tuple[Path, ...] = ()
    if brief is not None:
        from waystation.briefs.write import write_brief  # loads the typesetter only when it is needed

        with progress("writing the brief"):
            written = write_brief(answer, network, group, brief, request.language)
    if as_json:
        print_json(plan_document(answer))
    else:
        print_answer(answer, Voice(request.language, network, group, answer.start), written)
    return DONE if answer.choice is not None else NO_PLAN


def _plan_all(network: Network, request: Request, *, as_json: bool) -> None:
    answers: list[Plan | GroupRefusedError] = []
    for group in network.groups:
        with progress(f"{PLANNING}: {group.id}"):
            try:
                answers.append(answer_for(network, group, request))
            except GroupRefusedError as refused:
                answers.append(refused)
    if as_json:
        print_json({"groups": [plan_document(a) if isinstance(a, Plan) else refusal_document(a) for a in answers]})
    else:
        voices = [Voice(request.language, network, group, start_of(network, request)) for group in network.groups]
        print_all(answers, voices)


def start_of(network: Network, request: Request) -> date:
    """Return the day of departure: the one asked for, else the day the folder was true."""
    return request.start if request.start is not None else network.as_of


def answer_for(network: Network, group: Group, request: Request, inquiry: Inquiry = NOTHING_MORE) -> Plan:
    """Ask the planner."""
    caps = Caps(request.budget, request.days, request.max_harm, request.max_walk_hours)
    start, prefer = start_of(network, request), ChoiceName(request.prefer)
    return plan_journey(network, group, caps, start, prefer, request.give, inquiry)


def print_json(document: Json) -> None:
    """Print one JSON object."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))


@contextmanager
def progress(what: str) -> Iterator[None]:
    """Show on a terminal that work is going on; say nothing in a pipe."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(what):
        yield
