import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import click

from waystation.briefs.language import Language
from waystation.briefs.voice import Voice
from waystation.cli.decision_answer import print_decision
from waystation.cli.decision_document import decision_document
from waystation.cli.folder import open_tables, require_groups
from waystation.cli.parameters import CHANCE, DATE
from waystation.cli.plan import print_json
from waystation.engine.model import Network, Urgency
from waystation.engine.portfolio.decision import Decision, Standing
from waystation.engine.portfolio.ledger import Ledger
from waystation.engine.portfolio.select import select as decide
from waystation.engine.portfolio.terms import USUAL_DELAY, USUAL_WEIGHTS, Terms
from waystation.engine.portfolio.what_if import Supposed
from waystation.kernel import BadInputError, closest, parse_money

DONE, NOBODY, REFUSED = 0, 1, 3
_WHAT = {
    "plans": "making plans (the first run compiles the solver, which takes a while)",
    "prices": "asking for plans at the prices of what is scarce",
    "choice": "choosing and replaying",
    "beliefs": "drawing the beliefs anew",
}


@dataclass(frozen=True)
class Asked:
    """What was asked on the command line, beside the folder."""

    start: date | None
    weeks: int
    weight: tuple[str, ...]
    delay: tuple[str, ...]
    most_harm: float | None
    most_exposed: int | None
    overflow: float
    draws: int
    seed: int
    suppose: tuple[str, ...]
    quick: bool
    language: Language


@click.command(short_help="Decide which groups go now, and why not the others.")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--start", type=DATE, help="First day on which anybody may set off; the folder's as-of date unless given."
)
@click.option(
    "--weeks", type=click.IntRange(1, 52), default=6, show_default=True, help="Start weeks that are looked at."
)
@click.option(
    "--weight", multiple=True, metavar="URGENCY=N", help="What an arrival counts for: emergency=3, urgent=2, normal=1."
)
@click.option(
    "--delay",
    multiple=True,
    metavar="URGENCY=PART",
    help="What part of that is lost with every week until the start: emergency=0.05, urgent=0.01, normal=0.002.",
)
@click.option("--most-harm", type=click.FloatRange(min=0), help="People expected to come to harm, at most.")
@click.option(
    "--most-exposed", type=click.IntRange(min=1), help="People who depend on one partner or house in a week, at most."
)
@click.option(
    "--overflow",
    type=CHANCE,
    default="0.1",
    show_default=True,
    help="How often a cap may be passed in replays, at most.",
)
@click.option(
    "--draws", type=click.IntRange(min=0), default=20, show_default=True, help="Draws of the beliefs; 0 for none."
)
@click.option(
    "--seed", type=click.IntRange(min=0), default=0, show_default=True, help="The same seed, the same answer."
)
@click.option(
    "--if",
    "suppose",
    multiple=True,
    metavar="WHAT",
    help="What if: 'money:general 2026-Q4=1000USD', partner:d5=5 (people a week), close:LEG. Three usual ones unless given.",
)
@click.option("--quick", is_flag=True, help="Without drawing the beliefs anew and without what-if.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for programs.")
@click.option(
    "--brief",
    type=click.Path(path_type=Path),
    help="Write the minutes into this folder: HTML and PDF, English and Korean.",
)
@click.option("--language", type=click.Choice(["en", "ko"]), default="en", show_default=True, help="Of the answer.")
def select(folder: Path, as_json: bool, brief: Path | None, **asked: object) -> None:
    """Decide which groups go now, by which plan and in which week.

    FOLDER is a network folder (see docs/format.md). Money is kept by fund and
    period, partners by week, beds by night. Urgency counts as it was declared;
    who the people are does not.

    Exit status: 0 somebody goes, 1 nobody can go or a promise cannot be kept,
    2 bad input, 3 every group is refused by a rule.

    \b
    Examples:
      waystation select examples/queue
      waystation select examples/queue --quick --brief out/minutes
      waystation select examples/queue --if close:bank-camp-boat --if partner:d5=5
    """  # noqa: D301 - click needs the backspace itself
    request = Asked(**asked)  # type: ignore[arg-type]
    network, _ = open_tables(folder, as_json=as_json, nothing="decided")
    require_groups(network)
    network = replace(
        network,
        most_harm=network.most_harm if request.most_harm is None else request.most_harm,
        most_exposed=network.most_exposed if request.most_exposed is None else request.most_exposed,
    )
    first = request.start or network.as_of
    supposed: list[Supposed] | None = [_supposed(each, network) for each in request.suppose]
    if not supposed:
        supposed = [] if request.quick else None
    with _counted() as seen:
        decision = decide(network, first, _terms(request), supposed, seen=seen)
    written = _minutes(decision, network, brief)
    if as_json:
        print_json(decision_document(decision))
    else:
        print_decision(decision, Voice(request.language, network, network.groups[0], first), written)
    sys.exit(_status(decision))


def _minutes(decision: Decision, network: Network, folder: Path | None) -> tuple[Path, ...]:
    if folder is None:
        return ()
    from waystation.briefs.decision.minutes import write_minutes  # loads the typesetter only when it is needed

    return write_minutes(decision, network, folder)


def _terms(request: Asked) -> Terms:
    return Terms(
        weights=_weights(request.weight),
        delay=_delay(request.delay),
        weeks=request.weeks,
        overflow=request.overflow,
        draws=0 if request.quick else request.draws,
        seed=request.seed,
    )


def _weights(given: tuple[str, ...]) -> Mapping[Urgency, float]:
    weights = dict(USUAL_WEIGHTS)
    for each in given:
        name, _, number = each.partition("=")
        try:
            weights[Urgency(name.strip())] = weight = float(number)
        except ValueError:
            weight = 0.0
        if not 0.0 < weight <= 1000.0:
            raise click.UsageError(f"--weight {each}: write an urgency and a number above 0, such as emergency=3")
    return weights


def _delay(given: tuple[str, ...]) -> Mapping[Urgency, float]:
    delay = dict(USUAL_DELAY)
    for each in given:
        name, _, number = each.partition("=")
        try:
            delay[Urgency(name.strip())] = part = float(number)
        except ValueError:
            part = -1.0
        if not 0.0 <= part < 1.0:
            raise click.UsageError(
                f"--delay {each}: write an urgency and a part from 0 to below 1, such as urgent=0.02"
            )
    return delay


def _supposed(text: str, network: Network) -> Supposed:
    kind, _, rest = text.partition(":")
    name, _, much = rest.partition("=")
    ledger = Ledger.of(network)
    known: dict[str, list[str]] = {
        "money": [ledger.name(pot) for pot in range(len(ledger.pots))],
        "partner": [partner.id for partner in network.partners],
        "close": [leg.id for leg in network.legs],
    }
    if kind not in known:
        raise click.UsageError(f"--if {text}: begin with money:, partner: or close:")
    if name not in known[kind]:
        meant = closest(name, known[kind])
        hint = f"did you mean {meant}?" if meant else f"known: {', '.join(known[kind]) or 'none'}"
        raise BadInputError(f"--if {text}: the folder has no {name!r}; {hint}")
    if kind == "money":
        return Supposed(kind, name, float(_same_currency(much, text, network)))
    if kind == "partner":
        if not much.isdecimal() or int(much) == 0:
            raise click.UsageError(f"--if {text}: say how many people a week more, such as partner:{name}=5")
        return Supposed(kind, name, float(much))
    return Supposed(kind, name)


def _same_currency(much: str, text: str, network: Network) -> int:
    amount = parse_money(much)
    if amount.currency != network.currency:
        raise BadInputError(f"--if {text}: give the amount in {network.currency}")
    return amount.minor


@contextmanager
def _counted() -> Iterator[Callable[[str, int, int], None]]:
    """Show on a terminal how far the work is; say nothing in a pipe."""
    if not sys.stderr.isatty():
        yield lambda what, done, of: None
        return
    from rich.console import Console

    with Console(stderr=True).status(_WHAT["plans"]) as status:
        yield lambda what, done, of: status.update(f"{_WHAT[what]}: {done + 1} of {of}")


def _status(decision: Decision) -> int:
    if all(each.standing is Standing.REFUSED for each in decision.verdicts):
        return REFUSED
    return DONE if decision.chosen and not decision.broken_promises else NOBODY
