import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click

from waystation.briefs.comparison import Pair
from waystation.briefs.language import Language
from waystation.briefs.voice import Voice
from waystation.cli.comparison_answer import print_comparison
from waystation.cli.comparison_document import comparison_document
from waystation.cli.folder import find_group, open_folder
from waystation.cli.parameters import CHANCE, DATE, MONEY
from waystation.cli.plan import DONE, NO_PLAN, PLANNING, REFUSED, print_json
from waystation.engine.journeys.comparison import Comparison, Question, Seen, Subject
from waystation.engine.journeys.comparison import compare as compare_answers
from waystation.engine.journeys.inquiry import NOTHING_MORE, Inquiry
from waystation.engine.journeys.plan import ChoiceName, Plan
from waystation.engine.model import Caps, Network
from waystation.kernel import BadInputError, Money

_OPTIONS = {
    "budget": Subject.BUDGET,
    "days": Subject.DAYS,
    "start": Subject.START,
    "max_harm": Subject.MAX_HARM,
    "max_walk_hours": Subject.WALK_HOURS,
    "prefer": Subject.CHOICE,
}
"""Options that may be given twice, and what is then compared."""

_MOST = 2
_SURENESS = Inquiry(draws=1000)
"""Both answers carry intervals; the seed is the same, so that what differs is not the draws."""


@dataclass(frozen=True)
class Asked:
    """What was asked on the command line, beside the folders: each value once for both answers, or one for each."""

    group_id: str | None
    give: float
    language: Language
    inquiry: Inquiry
    values: dict[str, tuple[Any, ...]]

    def of(self, option: str, side: int) -> Any:
        """Return the value of an option for the first (0) or the second answer (1); None when it was not given."""
        given = self.values[option]
        return given[min(side, len(given) - 1)] if given else None


@click.command(short_help="Set two answers side by side, and say what changed.")
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("other", type=click.Path(path_type=Path), required=False)
@click.option("--group", "group_id", metavar="ID", help="The group to plan for; not needed when there is only one.")
@click.option("--budget", type=MONEY, multiple=True, help="Most money that may be spent, whatever happens: 12000USD.")
@click.option(
    "--days",
    type=click.FloatRange(min=0, min_open=True),
    multiple=True,
    help="Days within which they must have arrived.",
)
@click.option(
    "--start", type=DATE, multiple=True, help="Day of departure; the later as-of date of the two folders unless given."
)
@click.option("--max-harm", type=CHANCE, multiple=True, help="Largest chance of harm a plan may have: 0.05.")
@click.option(
    "--max-walk-hours",
    type=click.FloatRange(min=0),
    multiple=True,
    help="Most hours on foot, on the whole journey.",
)
@click.option(
    "--prefer",
    type=click.Choice([name.value for name in ChoiceName]),
    multiple=True,
    help="Which plan is the answer; safest unless given.",
)
@click.option(
    "--give",
    type=CHANCE,
    default="0.05",
    show_default=True,
    help="Part of the safest plan's arrival that the others may give up.",
)
@click.option("--quick", is_flag=True, help="Without the 80 % intervals.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for programs.")
@click.option("--language", type=click.Choice(["en", "ko"]), default="en", show_default=True, help="Of the answer.")
def compare(folder: Path, other: Path | None, as_json: bool, **asked: Any) -> None:
    """Set two answers side by side and say what changed the answer.

    What differs is one thing: the folder (give OTHER), or one of --budget, --days,
    --start, --max-harm, --max-walk-hours and --prefer (give it twice). Each input
    that differs is then taken over alone, to see what it does to the likeliest
    arrival.

    Exit status: 0 both have a plan, 1 one of them has none (the other is shown),
    2 bad input, 3 refused by a rule.

    \b
    Examples:
      waystation compare last-month this-month --group family --budget 120000USD
      waystation compare examples/family-of-five --start 2026-11-01 --start 2027-01-10
      waystation compare examples/family-of-five --prefer safest --prefer cheapest
      waystation compare examples/family-of-five --budget 60000USD --budget 90000USD
    """  # noqa: D301 - click needs the backspace itself
    inquiry = NOTHING_MORE if asked["quick"] else _SURENESS
    values = {option: asked[option] for option in _OPTIONS}
    request = Asked(asked["group_id"], asked["give"], asked["language"], inquiry, values)
    subject = _subject(other, request)
    folders = (folder, folder if other is None else other)
    questions = _questions(folders, request, as_json=as_json)
    with _counted() as seen:
        comparison = compare_answers(subject, *questions, seen)
    if as_json:
        print_json(comparison_document(comparison))
    else:
        voices = [Voice(request.language, each.network, each.group, each.start) for each in questions]
        names = tuple(_name(subject, folders, questions, side, voices[side]) for side in (0, 1))
        print_comparison(comparison, Pair(voices[0], voices[1], (names[0], names[1])))
    click.get_current_context().exit(_status(comparison))


def _subject(other: Path | None, asked: Asked) -> Subject:
    """Return what differs; anything but one difference is a usage error."""
    for option, values in asked.values.items():
        if len(values) > _MOST:
            raise click.UsageError(f"{_flag(option)} was given {len(values)} times; two answers are compared.")
    twice = [option for option, values in asked.values.items() if len(values) == _MOST]
    if other is not None:
        if twice:
            flags = " and ".join(_flag(option) for option in twice)
            raise click.UsageError(f"Two folders are compared with all else equal: give {flags} once.")
        return Subject.FOLDER
    if len(twice) != 1:
        what = f"{' and '.join(_flag(option) for option in twice)} differ" if twice else "Nothing differs"
        raise click.UsageError(f"{what}; give a second folder, or exactly one of {_flags()} twice.")
    if asked.of(twice[0], 0) == asked.of(twice[0], 1):
        raise click.UsageError(f"{_flag(twice[0])} was given twice with the same value; nothing differs.")
    return _OPTIONS[twice[0]]


def _flag(option: str) -> str:
    return "--" + option.replace("_", "-")


def _flags() -> str:
    return ", ".join(_flag(option) for option in _OPTIONS)


def _questions(folders: tuple[Path, Path], asked: Asked, *, as_json: bool) -> tuple[Question, Question]:
    first = open_folder(folders[0], as_json=as_json)
    second = first if folders[0] == folders[1] else open_folder(folders[1], as_json=as_json)
    group_id = asked.group_id if asked.group_id is not None else _only_group(first)
    later = max(first.as_of, second.as_of)  # so that nothing either folder has seen lies after the start
    sides = ((folders[0], first), (folders[1], second))
    one, other = (_question(*sides[side], group_id, asked, later, side) for side in (0, 1))
    return one, other


def _question(folder: Path, network: Network, group_id: str, asked: Asked, unless_given: date, side: int) -> Question:
    caps = Caps(*(asked.of(option, side) for option in ("budget", "days", "max_harm", "max_walk_hours")))
    prefer = ChoiceName(asked.of("prefer", side) or ChoiceName.SAFEST)
    start: date = asked.of("start", side) or unless_given
    try:
        group = find_group(network, group_id)
    except BadInputError as error:
        message = f"{click.format_filename(folder)}: {error}"
        raise BadInputError(message) from error
    return Question(network, group, caps, start, prefer, asked.give, asked.inquiry)


def _only_group(network: Network) -> str:
    if len(network.groups) != 1:
        listed = ", ".join(group.id for group in network.groups) or "none"
        raise click.UsageError(f"Say which group with --group ID. The folder has: {listed}.")
    return network.groups[0].id


def _name(
    subject: Subject, folders: tuple[Path, Path], questions: tuple[Question, Question], side: int, voice: Voice
) -> str:
    """Return how one of the two answers is called."""
    question = questions[side]
    caps = question.caps
    match subject:
        case Subject.FOLDER:
            return _folder_name(folders, side)
        case Subject.START:
            years = {each.start.year for each in questions}
            return voice.say("compare.name.start", date=voice.date(question.start, year=len(years) > 1))
        case Subject.CHOICE:
            return voice.say(f"choice.{question.prefer}")
        case Subject.BUDGET:
            assert isinstance(caps.budget, Money)
            return voice.say("cap.budget", money=voice.money(caps.budget))
        case Subject.DAYS:
            return voice.say("compare.name.days", days=voice.days(caps.days or 0.0))
        case Subject.MAX_HARM:
            return voice.say("compare.name.max_harm", percent=voice.percent(caps.max_harm or 0.0))
        case Subject.WALK_HOURS:
            return voice.say("compare.name.walk_hours", hours=voice.hours(caps.walk_hours or 0.0))


def _folder_name(folders: tuple[Path, Path], side: int) -> str:
    short = [folder.resolve().name for folder in folders]
    return click.format_filename(folders[side]) if short[0] == short[1] else short[side]


@contextmanager
def _counted() -> Iterator[Seen | None]:
    """Show on a terminal how many inputs have been looked at; say nothing in a pipe."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console

    with Console(stderr=True).status(PLANNING) as status:

        def seen(done: int, of: int) -> None:
            status.update(f"comparing: input {done + 1} of {of}")

        yield seen


def _status(comparison: Comparison) -> int:
    answers = (comparison.first, comparison.second)
    plans = [answer for answer in answers if isinstance(answer, Plan)]
    if len(plans) < len(answers):
        return REFUSED
    return DONE if all(answer.choice is not None for answer in plans) else NO_PLAN
