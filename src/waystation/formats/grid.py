import re
from collections.abc import Callable, Collection
from dataclasses import dataclass

_FIRST_LINES = re.compile(r"(?:[ \t,;]*(?:#[^\n]*)?\n)*")
_SEPARATOR_LINE = re.compile(r'"?sep=[,;\t]"?[ \t]*(?=\n|$)', re.IGNORECASE)
_QUOTED = re.compile(r' *"([^"]*+(?:""[^"]*+)*+)" *')
_OPENING_QUOTE = re.compile(r' *"')
_COMMENT = re.compile(r' *"? *#')
_PLAIN = {mark: re.compile(f"[^{mark}\n]*") for mark in ",;\t"}

Complain = Callable[[int, int, str, str], None]
"""Takes line, column, what is wrong and what would be right."""


@dataclass(frozen=True, slots=True)
class GridCell:
    """The bare text of a cell, and where the cell begins (from 1; columns count characters)."""

    text: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class GridRow:
    """A record of a CSV file; a record whose first cell begins with ``#`` is a comment and has no cells."""

    cells: tuple[GridCell, ...]
    end: GridCell
    comment: str | None = None


def scan(text: str, known: Collection[str], complain: Complain) -> list[GridRow]:
    r"""Cut CSV text into records of located cells, whatever it holds.

    Parameters
    ----------
    text
        The file with ``\n`` line ends.
    known
        Column names; of comma, semicolon and tab the one that cuts the header into most of them separates the cells.
    complain
        Told of each place where the quotes are wrong; scanning goes on.
    """
    text = _SEPARATOR_LINE.sub("", text, count=1) if _SEPARATOR_LINE.match(text) else text
    return _Scanner(text, _delimiter(text, known), complain).rows()


def _delimiter(text: str, known: Collection[str]) -> str:
    match = _FIRST_LINES.match(text)
    header = text[match.end() if match else 0 :].partition("\n")[0]
    names = {name.casefold() for name in known}

    def fitness(mark: str) -> tuple[int, int]:
        pieces = [piece.strip(' "\t').casefold() for piece in header.split(mark)]
        return sum(piece in names for piece in pieces), len(pieces)

    return max(",;\t", key=fitness)


class _Scanner:
    def __init__(self, text: str, delimiter: str, complain: Complain) -> None:
        self._text = text
        self._delimiter = delimiter
        self._complain = complain
        self._at = 0
        self._line = 1
        self._line_start = 0

    def rows(self) -> list[GridRow]:
        rows = []
        while self._at < len(self._text):
            rows.append(self._row())
        return rows

    def _row(self) -> GridRow:
        is_comment = _COMMENT.match(self._text, self._at) is not None
        if is_comment and '"' not in self._text[self._at : self._text.find("#", self._at)]:
            return self._comment_line()
        cells = [self._cell()]
        while self._at < len(self._text) and self._text[self._at] == self._delimiter:
            self._at += 1
            cells.append(self._cell())
        end = self._here("")
        self._next_line()
        if is_comment and cells[0].text.lstrip().startswith("#"):
            return GridRow((), end, ", ".join(cell.text for cell in cells if cell.text.strip()))
        return GridRow(tuple(cells), end)

    def _comment_line(self) -> GridRow:
        stop = self._text.find("\n", self._at)
        stop = len(self._text) if stop < 0 else stop
        comment = self._text[self._at : stop]
        self._at = stop
        end = self._here("")
        self._next_line()
        return GridRow((), end, comment)

    def _cell(self) -> GridCell:
        place = self._here("")
        if not _OPENING_QUOTE.match(self._text, self._at):
            return GridCell(self._plain(), place.line, place.column)
        match = _QUOTED.match(self._text, self._at)
        if match is None:
            what = "a quotation mark opens here and is never closed"
            self._complain(place.line, place.column, what, 'close it with ", or remove it')
            return GridCell(self._plain().lstrip().removeprefix('"'), place.line, place.column)
        content = match[1]
        self._at = match.end()
        if "\n" in content:
            self._line += content.count("\n")
            self._line_start = match.start(1) + content.rfind("\n") + 1
        rest = self._plain()
        if rest:
            what = "the cell goes on after its closing quotation mark"
            self._complain(place.line, place.column, what, 'write a quotation mark inside a quoted cell twice: ""')
        return GridCell(content.replace('""', '"') + rest, place.line, place.column)

    def _plain(self) -> str:
        match = _PLAIN[self._delimiter].match(self._text, self._at)
        assert match is not None
        self._at = match.end()
        return match[0]

    def _here(self, text: str) -> GridCell:
        return GridCell(text, self._line, self._at - self._line_start + 1)

    def _next_line(self) -> None:
        self._at += 1
        self._line += 1
        self._line_start = self._at
