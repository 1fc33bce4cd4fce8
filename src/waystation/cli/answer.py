"""The answer on the terminal: plain text in a pipe, with colours and bold only where a person looks."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from waystation.briefs import wording
from waystation.briefs.course import stage_text
from waystation.briefs.voice import Voice
from waystation.engine.journeys.eligibility import BrokenRule, GroupRefusedError
from waystation.engine.journeys.plan import Choice, Plan

_WIDTH_OF_A_PAGE = 100
_ROWS_OF_THE_CURVE = 12
_CHOICE_CELLS = (0, 1, 2, 5, 6, 7, 8)
"""Of the cells of a choice's row, those that fit a terminal: expected cost of all journeys and `neither` are in the JSON."""


def print_answer(plan: Plan, voice: Voice, written: Sequence[Path]) -> None:
    """Print a plan, or why there is none, and what was written."""
    out = _console()
    _say(out, wording.answer(plan, voice), style="bold")
    if plan.choice is None:
        _say(out, wording.caps(plan, voice))
        _list(out, voice.say("section.change"), wording.changes(plan.obstacle, voice) if plan.obstacle else [])
    else:
        _say(out, wording.chosen(plan, voice))
        _curve(out, plan, voice)
        _stages(out, plan, voice)
        _choices(out, plan, voice)
    _list(
        out, voice.say("section.ruled_out"), wording.ruled_out(plan.ruled_out, voice) or [voice.say("ruled_out.none")]
    )
    _list(out, voice.say("section.fresh"), wording.freshness(plan, voice))
    _say(out, wording.certificate(plan, voice), style="dim")
    for path in written:
        out.print(Text(str(path)), soft_wrap=True)


def print_refusal(refused: GroupRefusedError, voice: Voice) -> None:
    """Print which rules a group does not meet yet."""
    out = _console()
    _say(out, voice.say("rule.refused", group=refused.group), style="bold")
    for rule in refused.broken:
        _item(out, _broken(rule, voice))


def print_all(answers: Iterable[Plan | GroupRefusedError], voices: Iterable[Voice]) -> None:
    """Print one line for each group: its numbers, or why there are none."""
    out = _console()
    for answer, voice in zip(answers, voices, strict=True):
        if isinstance(answer, GroupRefusedError):
            line = " ".join(_broken(rule, voice) for rule in answer.broken)
        else:
            line = _short(answer, voice)
        urgency, people = voice.word("urgency", voice.group.urgency), voice.people(voice.group.size)
        out.print(Text.assemble((voice.group.id, "bold"), f"  {people}, {urgency}: {line}"), soft_wrap=True)


def _short(plan: Plan, voice: Voice) -> str:
    if plan.choice is None:
        return " ".join(wording.obstacle_sentences(plan.obstacle, plan, voice)) if plan.obstacle else ""
    cells = wording.choice_row(plan.choice, plan, voice)
    named = zip(wording.CHOICE_COLUMNS, cells, strict=True)
    keys = _ONE_LINE if plan.caps.budget is None else (*_ONE_LINE, "cost_max")
    shown = [f"{voice.say(f'column.{key}').lower()} {cell}" for key, cell in named if key in keys]
    return voice.say("list.comma").join(shown)


_ONE_LINE = ("arrive", "harm", "cost_arrived", "days")


def _broken(rule: BrokenRule, voice: Voice) -> str:
    return voice.say(f"rule.{rule.rule}", **({"traveller": rule.traveller} if rule.traveller else {}))


def _curve(out: Console, plan: Plan, voice: Voice) -> None:
    points = wording.salient_points(plan.budget_curve, _ROWS_OF_THE_CURVE)
    if not points:
        return
    table = _table(voice.say("column.budget"), voice.say("column.arrive"))
    for point in points:
        table.add_row(voice.money(point.budget), voice.percent(point.arrive))
    _heading(out, voice.say("section.curve"))
    for note in wording.curve_notes(plan, voice):
        out.print(Padding(Text(note, style="dim"), (0, 0, 0, 2)))
    out.print(Padding(table, (0, 0, 0, 2)))


def _stages(out: Console, plan: Plan, voice: Voice) -> None:
    _heading(out, voice.say("section.stages"))
    for stage in plan.stages:
        text = stage_text(stage, voice)
        style = "bold" if text.on_main_line else "dim"
        out.print(Text("  " + text.heading, style=style), soft_wrap=True)
        out.print(Padding(Text(" · ".join(text.facts), style="dim"), (0, 0, 0, 4)))
        for sentence in text.sentences:
            _item(out, sentence, indent=4)


def _choices(out: Console, plan: Plan, voice: Voice) -> None:
    table = _table(*(voice.say(f"column.{wording.CHOICE_COLUMNS[cell]}") for cell in _CHOICE_CELLS))
    for choice in plan.choices:
        table.add_row(*_choice_cells(choice, plan, voice), style="bold" if choice.name == plan.chosen else "")
    _heading(out, voice.say("section.choices"))
    out.print(Padding(table, (0, 0, 0, 2)))


def _choice_cells(choice: Choice, plan: Plan, voice: Voice) -> list[str]:
    row = wording.choice_row(choice, plan, voice)
    return [row[cell] for cell in _CHOICE_CELLS]


def _console() -> Console:
    console = Console(highlight=False, emoji=False, markup=False)
    if not console.is_terminal or console.width > _WIDTH_OF_A_PAGE:
        console = Console(highlight=False, emoji=False, markup=False, width=_WIDTH_OF_A_PAGE)
    return console


def _say(out: Console, sentence: str, style: str = "") -> None:
    if sentence:
        out.print(Text(sentence, style=style))


def _heading(out: Console, words: str) -> None:
    out.print()
    out.print(Text(words, style="bold red"))


def _list(out: Console, heading: str, items: Sequence[str]) -> None:
    if items:
        _heading(out, heading)
        for item in items:
            _item(out, item)


def _item(out: Console, sentence: str, indent: int = 2) -> None:
    table = Table.grid(padding=(0, 1))
    table.add_row("-", Text(sentence))
    out.print(Padding(table, (0, 0, 0, indent)))


def _table(first: str, *others: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column(first)
    for heading in others:
        table.add_column(heading, justify="right")
    return table
