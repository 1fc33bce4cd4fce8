"""A decision on the terminal: plain text in a pipe."""

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.text import Text

from waystation.briefs.blocks import Table
from waystation.briefs.decision import words
from waystation.briefs.voice import Voice
from waystation.cli import screen
from waystation.engine.portfolio.decision import Decision


def print_decision(decision: Decision, voice: Voice, written: Sequence[Path]) -> None:
    """Print who goes now, why the others do not, what more would bring, and what was written."""
    out = screen.console()
    screen.say(out, words.headline(decision, voice), style="bold")
    for sentence in words.promises(decision, voice):
        screen.say(out, sentence, style="bold")
    for sentence in words.value(decision, voice):
        screen.say(out, sentence)
    if decision.chosen:
        _table(out, voice.say("select.section.now"), words.now_table(decision, voice))
    reasons = [f"{group}: {why}" for group, why in words.not_now(decision, voice)]
    screen.listed(out, voice.say("select.section.not_now"), reasons)
    screen.listed(out, voice.say("select.section.held"), words.held(decision, voice))
    screen.listed(out, voice.say("select.section.money"), words.money(decision, voice))
    screen.listed(out, voice.say("select.section.scarce"), words.scarce(decision, voice))
    screen.note(out, voice.say("select.scarce.note"))
    beside = words.scenarios(decision, voice)
    if beside is not None:
        _table(out, voice.say("select.section.what_if"), beside)
        screen.note(out, voice.say("select.difference.note"))
    _table(out, voice.say("select.section.fairness"), words.fairness(decision, voice))
    screen.note(out, voice.say("select.fairness.note"))
    for path in written:
        out.print(Text(str(path)), soft_wrap=True)


def _table(out: Console, title: str, table: Table) -> None:
    screen.heading(out, title)
    made = screen.table(*table.head)
    for at, column in enumerate(made.columns):
        column.justify = "right" if at in table.numeric else "left"
        column.overflow = "fold"
    for row in table.rows:
        made.add_row(*row)
    screen.show(out, made)
