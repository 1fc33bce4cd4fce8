"""Small parts of what stands on the terminal: plain text in a pipe, colours and bold only where a person looks."""

from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

_WIDTH_OF_A_PAGE = 100


def console() -> Console:
    """Return the terminal, no wider than a page; what is no terminal is as wide as a page."""
    found = Console(highlight=False, emoji=False, markup=False)
    if not found.is_terminal or found.width > _WIDTH_OF_A_PAGE:
        found = Console(highlight=False, emoji=False, markup=False, width=_WIDTH_OF_A_PAGE)
    return found


def say(out: Console, sentence: str, style: str = "") -> None:
    """Print a sentence; nothing for an empty one."""
    if sentence:
        out.print(Text(sentence, style=style))


def heading(out: Console, words: str) -> None:
    """Print a heading under an empty line."""
    out.print()
    out.print(Text(words, style="bold red"))


def note(out: Console, sentence: str) -> None:
    """Print a quiet remark under a heading; nothing for an empty one."""
    if sentence:
        out.print(Padding(Text(sentence, style="dim"), (0, 0, 0, 2)))


def listed(out: Console, words: str, items: Sequence[str]) -> None:
    """Print a heading and a list under it; nothing when there are no items."""
    if items:
        heading(out, words)
        for each in items:
            item(out, each)


def item(out: Console, sentence: str, indent: int = 2) -> None:
    """Print one item of a list; further lines stand under its first word, and nothing is cut off."""
    grid = Table.grid(padding=(0, 1))
    grid.add_row("-", Text(sentence, overflow="fold"))
    out.print(Padding(grid, (0, 0, 0, indent)))


def table(first: str, *others: str) -> Table:
    """Return an empty table without lines: text to the left in the first column, numbers to the right in the others."""
    made = Table(box=None, pad_edge=False, header_style="dim")
    made.add_column(first)
    for each in others:
        made.add_column(each, justify="right")
    return made


def show(out: Console, filled: Table) -> None:
    """Print a table under its heading."""
    out.print(Padding(filled, (0, 0, 0, 2)))
