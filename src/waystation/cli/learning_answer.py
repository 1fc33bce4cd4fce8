"""What was learned, on the terminal: plain text in a pipe."""

from collections.abc import Sequence

from waystation.briefs import learning as wording
from waystation.briefs.language import Language, text
from waystation.cli import screen
from waystation.engine.learning.result import Lessons

_COLUMNS = ("mean", "interval", "missions", "judgement", "before", "why")


def print_lessons(lessons: Lessons, missions: int, language: Language, written: Sequence[str]) -> None:
    """Print every belief with what it rests on and why it changed, how questions to people stand, and what was written."""
    out = screen.console()
    screen.say(out, wording.headline(lessons, language, missions), style="bold")
    for remark in wording.notes(lessons, language):
        screen.note(out, remark)
    for heading, first, rows in wording.sections(lessons, language):
        screen.heading(out, heading)
        table = screen.table(first, *(text(language, f"learn.column.{name}") for name in _COLUMNS))
        table.columns[-1].justify = "left"
        table.columns[-1].overflow = "fold"
        for row in rows:
            table.add_row(row.name, row.mean, row.interval, row.missions, row.judgement, row.before, row.why)
        screen.show(out, table)
    screen.listed(out, text(language, "learn.section.panels"), wording.panel_lines(lessons, language))
    screen.listed(out, text(language, "learn.section.people"), wording.people_lines(lessons, language))
    if lessons.beliefs or written:
        out.print()
        files = text(language, "list.comma").join(written)
        screen.say(
            out, text(language, "learn.written", files=files) if written else text(language, "learn.not_written")
        )


def print_feedback(lessons: Lessons, language: Language) -> None:
    """Print the private answers of every question that waits for its second round, without names."""
    out = screen.console()
    screen.say(out, text(language, "learn.section.feedback"), style="bold")
    found = wording.feedback(lessons, language)
    if not found:
        screen.say(out, text(language, "learn.feedback.none"))
    for question, lines in found:
        screen.listed(out, question, lines)
