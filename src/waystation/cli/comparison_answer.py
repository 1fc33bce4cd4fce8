"""Two answers side by side on the terminal: plain text in a pipe."""

from rich.console import Console

from waystation.briefs import comparison as wording
from waystation.briefs.comparison import Pair
from waystation.cli import screen
from waystation.engine.journeys.comparison import Comparison, Subject
from waystation.engine.journeys.plan import Plan

_MOST_WITHOUT_EFFECT = 15


def print_comparison(comparison: Comparison, pair: Pair) -> None:
    """Print both answers, their difference, and what changed the answer."""
    out = screen.console()
    screen.say(out, wording.headline(comparison, pair), style="bold")
    _columns(out, comparison, pair)
    answers = (comparison.first, comparison.second)
    for answer, voice, name in zip(answers, (pair.first, pair.second), pair.names, strict=True):
        screen.listed(out, voice.say("compare.section.why", name=name), wording.reasons(answer, voice))
    if comparison.together is None:
        return
    if comparison.subject is not Subject.CHOICE:
        _effects(out, comparison, pair)
        _without_effect(out, comparison, pair)
    if all(isinstance(answer, Plan) and answer.choice is not None for answer in answers):
        told = wording.otherwise(comparison, pair) or [pair.first.say("compare.otherwise.none")]
        screen.listed(out, pair.first.say("compare.section.otherwise"), told)


def _columns(out: Console, comparison: Comparison, pair: Pair) -> None:
    table = screen.table("", *pair.names, pair.first.say("compare.column.difference"))
    for row in wording.rows(comparison, pair):
        table.add_row(row.name, row.first, row.second, row.difference)
    out.print()
    screen.show(out, table)
    screen.note(out, wording.interval_note(comparison, pair))


def _effects(out: Console, comparison: Comparison, pair: Pair) -> None:
    voice = pair.first
    screen.heading(out, voice.say("compare.section.changed"))
    if not comparison.effects:
        screen.item(out, voice.say("compare.changed.none"))
    effects = wording.effects(comparison, pair)
    if effects:
        screen.note(out, wording.effects_lead(comparison, pair))
        first, *names = (voice.say(f"compare.column.{name}") for name in ("where", "what", "before", "after", "effect"))
        table = screen.table(first, *names)
        for column in table.columns:
            column.overflow = "fold"
        for column in table.columns[1:-1]:
            column.justify = "left"
        for each in effects:
            what = "\n".join((each.change.what, *each.along))
            cells = (each.change.where, what, each.change.before, each.change.after, each.effect)
            table.add_row(*cells)
        screen.show(out, table)
        for note in wording.effect_notes(comparison, pair):
            screen.note(out, note)
    for told in wording.sums(comparison, pair):
        screen.item(out, told)


def _without_effect(out: Console, comparison: Comparison, pair: Pair) -> None:
    voice = pair.first
    changes = wording.without_effect(comparison, pair)
    shown = [f"{each.where}, {each.what}: {each.before} → {each.after}" for each in changes[:_MOST_WITHOUT_EFFECT]]
    if len(changes) > len(shown):
        shown.append(voice.say("compare.nothing.more", number=str(len(changes) - len(shown))))
    screen.listed(out, voice.say("compare.section.nothing"), shown)
