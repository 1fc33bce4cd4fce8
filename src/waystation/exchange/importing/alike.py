"""Whom a row may be: cases and earlier rows that the matcher finds like it, or of the same name, each with the reason."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from waystation.cases.duplicates.book import Book
from waystation.cases.duplicates.entries import Asked
from waystation.exchange.importing.columns import Entry
from waystation.exchange.importing.known import Known, name_key
from waystation.matching.compare import MISSING
from waystation.matching.entry import Entry as Compared
from waystation.matching.evidence import carries_enough
from waystation.matching.people import PEOPLE, PEOPLE_WEIGHTS
from waystation.matching.register import LOOKED_AT, Likeness, Register, Strength

MOST: Final = 3
"""Cases, and earlier rows, that one row is said to be like."""
ROWS_KEPT: Final = 20_000
"""Rows of one file that later ones are compared with by sound; with the rest by equal names, so that memory is bounded."""


@dataclass(frozen=True, slots=True)
class Like:
    """Somebody a row may be, and why; no value is kept.

    Attributes
    ----------
    case_id, row
        A case that is here, or an earlier row of the file: the other one is None, or 0.
    strength
        How much speaks for it; None where only the name is equal.
    agreeing
        What agrees, by the names of `waystation.matching.people.PEOPLE`.
    """

    case_id: UUID | None
    row: int
    strength: Strength | None
    agreeing: tuple[str, ...]


class Alike:
    """Asks of one row after another whom it may be, among all who may be compared and the rows before it."""

    def __init__(self, book: Book, known: Known) -> None:
        """Ask the book of whoever imports, and what is known by equal names."""
        self._book, self._known = book, known
        self._rows = Register(PEOPLE_WEIGHTS)
        self._named: dict[str, int] = {}

    def of(self, entry: Entry) -> tuple[Like, ...]:
        """Return whom a row may be, the likest first: cases, then earlier rows; it is itself asked about from now on."""
        asked = Asked(entry.text("name"), place=entry.text("region"), contact=entry.text("answer_address"))
        compared = Compared(str(entry.row), asked.entry().values)
        key = name_key(entry.text("name"))
        found = [_like(case.id, 0, likeness) for case, likeness in self._book.like(asked, MOST)]
        named = self._known.names.get(key, [])
        found += [_same_name(case_id, 0) for case_id in named if case_id not in {each.case_id for each in found}][:MOST]
        rows = [_like(None, int(likeness.key), likeness) for likeness in self._rows_like(compared, asked)]
        before = self._named.setdefault(key, entry.row)
        if before != entry.row and before not in {each.row for each in rows}:
            rows.append(_same_name(None, before))
        if len(self._rows) < ROWS_KEPT:
            self._rows.add(compared)
        return (*found, *rows)

    def _rows_like(self, compared: Compared, asked: Asked) -> list[Likeness]:
        found, even = self._rows.like(compared, limit=LOOKED_AT), self._rows.even
        return [one for one in found if carries_enough(one, PEOPLE, even, name_alone=asked.name_alone)][:MOST]


def _like(case_id: UUID | None, row: int, likeness: Likeness) -> Like:
    return Like(case_id, row, likeness.strength, agreeing(likeness))


def _same_name(case_id: UUID | None, row: int) -> Like:
    return Like(case_id, row, None, ("family name", "given name"))


def agreeing(likeness: Likeness) -> tuple[str, ...]:
    """Return the names of what agrees, in the order of the schema; the order of a name's parts is not told."""
    told = zip(PEOPLE.aspects, likeness.comparison.levels, strict=True)
    return tuple(
        aspect.name
        for aspect, level in told
        if MISSING < level < aspect.agreeing and not aspect.name.endswith(" order")
    )
