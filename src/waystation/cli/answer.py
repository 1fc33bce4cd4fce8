"""The answer on the terminal: plain text in a pipe, with colours and bold only where a person looks."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from waystation.briefs import wording
from waystation.briefs.argument.doubt import brackets, in_full, interval_name
from waystation.briefs.course import stage_text
from waystation.briefs.regional import regional_value
from waystation.briefs.voice import Voice
from waystation.cli import screen
from waystation.cli.argument.answer import print_argument, print_reach
from waystation.engine.journeys.eligibility import BrokenRule, GroupRefusedError
from waystation.engine.journeys.plan import Choice, Plan

_ROWS_OF_THE_CURVE = 12
_CHOICE_CELLS = (0, 1, 2, 5, 6, 7, 8)
"""Of the cells of a choice's row, those that fit a terminal: expected cost of all journeys and `neither` are in the JSON."""
_DOUBTED_CELLS = (0, 1, 2, 5, 7, 8)
"""The same where intervals stand beside arrival and harm: the largest cost makes room for them."""


def print_answer(plan: Plan, voice: Voice, written: Sequence[Path]) -> None:
    """Print a plan, or why there is none, and what was written."""
    out = screen.console()
    screen.say(out, wording.answer(plan, voice), style="bold")
    if plan.choice is None:
        screen.say(out, wording.caps(plan, voice))
        screen.listed(out, voice.say("section.change"), wording.changes(plan.obstacle, voice) if plan.obstacle else [])
    else:
        screen.say(out, wording.chosen(plan, voice))
        screen.say(out, regional_value(plan, voice))
        _curve(out, plan, voice)
        print_reach(out, plan, plan.choice, voice)
        _stages(out, plan, voice)
        _choices(out, plan, voice)
        print_argument(out, plan, plan.choice, voice)
    screen.listed(
        out, voice.say("section.ruled_out"), wording.ruled_out(plan.ruled_out, voice) or [voice.say("ruled_out.none")]
    )
    screen.listed(out, voice.say("section.fresh"), wording.freshness(plan, voice))
    screen.say(out, wording.certificate(plan, voice), style="dim")
    for path in written:
        out.print(Text(str(path)), soft_wrap=True)


def print_refusal(refused: GroupRefusedError, voice: Voice) -> None:
    """Print which rules a group does not meet yet."""
    out = screen.console()
    screen.say(out, voice.say("rule.refused", group=refused.group), style="bold")
    for rule in refused.broken:
        screen.item(out, _broken(rule, voice))


def print_all(answers: Iterable[Plan | GroupRefusedError], voices: Iterable[Voice]) -> None:
    """Print one line for each group: its numbers, or why there are none."""
    out = screen.console()
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
    told = dict(named)
    if plan.choice.doubt is not None:
        doubt = plan.choice.doubt
        told["arrive"] = in_full(plan.choice.evaluation.arrive, doubt.arrive, doubt.coverage, voice)
    shown = [f"{voice.say(f'column.{key}').lower()} {cell}" for key, cell in told.items() if key in keys]
    return voice.say("list.comma").join(shown)


_ONE_LINE = ("arrive", "harm", "cost_arrived", "days")


def _broken(rule: BrokenRule, voice: Voice) -> str:
    return voice.say(f"rule.{rule.rule}", **({"traveller": rule.traveller} if rule.traveller else {}))


def _curve(out: Console, plan: Plan, voice: Voice) -> None:
    head, rows = wording.curve_table(plan, voice, _ROWS_OF_THE_CURVE)
    if not rows:
        return
    table = screen.table(*head)
    for row in rows:
        table.add_row(*row)
    screen.heading(out, voice.say("section.curve"))
    for note in wording.curve_notes(plan, voice):
        screen.note(out, note)
    screen.show(out, table)


def _stages(out: Console, plan: Plan, voice: Voice) -> None:
    screen.heading(out, voice.say("section.stages"))
    screen.note(out, brackets(plan, voice))
    for stage in plan.stages:
        text = stage_text(stage, voice)
        style = "bold" if text.on_main_line else "dim"
        out.print(Text("  " + text.heading, style=style), soft_wrap=True)
        out.print(Padding(Text(" · ".join(text.facts), style="dim"), (0, 0, 0, 4)))
        for sentence in text.sentences:
            screen.item(out, sentence, indent=4)


def _choices(out: Console, plan: Plan, voice: Voice) -> None:
    doubted = next((choice.doubt for choice in plan.choices if choice.doubt is not None), None)
    keys = [f"column.{wording.CHOICE_COLUMNS[cell]}" for cell in (_CHOICE_CELLS if doubted is None else _DOUBTED_CELLS)]
    heads = [voice.say(key) for key in keys]
    if doubted is not None:
        name = interval_name(doubted.coverage, voice)
        heads[2:2] = [name]
        heads[4:4] = [name]
        # Two lines of heading leave room for every column on a page.
        heads = ["\n".join(head.rsplit(" ", 1)) for head in heads]
    table = screen.table(*heads)
    for choice in plan.choices:
        cells = _choice_cells(choice, plan, voice) if doubted is None else _doubted_cells(choice, plan, voice)
        table.add_row(*cells, style="bold" if choice.name == plan.chosen else "")
    screen.heading(out, voice.say("section.choices"))
    screen.show(out, table)


def _choice_cells(choice: Choice, plan: Plan, voice: Voice) -> list[str]:
    row = wording.choice_row(choice, plan, voice)
    return [row[cell] for cell in _CHOICE_CELLS]


def _doubted_cells(choice: Choice, plan: Plan, voice: Voice) -> list[str]:
    """Return the cells of a choice with the intervals of arrival and harm beside them."""
    row = wording.choice_row(choice, plan, voice)
    arrive, harm, _ = wording.interval_cells(choice, voice)
    name, arrives, harmed, *others = (row[cell] for cell in _DOUBTED_CELLS)
    return [name, arrives, arrive, harmed, harm, *others]
