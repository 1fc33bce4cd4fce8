"""Two people side by side, in words: each field, how far it agrees, how much that weighs."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from waystation.cases.duplicates.answers import Answer, Pair
from waystation.cases.duplicates.book import Book
from waystation.cases.index.entry import Entry
from waystation.matching.compare import MISSING
from waystation.matching.people import PEOPLE
from waystation.matching.register import Likeness, Strength
from waystation.web.wording import say

LEVEL_WORDS: dict[str, tuple[str, ...]] = {
    "family name": ("same", "sound", "close", "like", "unlike"),
    "given name": ("same", "sound", "close", "like", "unlike"),
    "born": ("same", "known", "slip", "partly", "year", "unlike"),
    "place": ("same", "sound", "close", "like", "unlike"),
    "contact": ("same", "code", "slip", "unlike"),
}
"""The word for each level of each field that is shown; the order of names is not."""
FIELDS: dict[str, str] = {
    "family name": "family_name",
    "given name": "given_name",
    "born": "born",
    "place": "place",
    "contact": "contact",
}
_PLACES = {aspect.name: (place, aspect.agreeing) for place, aspect in enumerate(PEOPLE.aspects)}


@dataclass(frozen=True, slots=True)
class Row:
    """One field of two people: its name, both values, how far they agree in words, and the weight in bits with its sign."""

    label: str
    one: str = field(repr=False)
    other: str = field(repr=False)
    agreement: str
    differs: bool
    missing: bool
    weight: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A pair in the list: both cases by code, why it is here, and what was said of it."""

    pair: Pair
    one: Entry
    other: Entry
    strength: Strength
    agreeing: str
    answer: Answer | None
    here: bool = False


def rows_of(likeness: Likeness) -> list[Row]:
    """Return the fields of two people side by side; those that neither has are left out."""
    found = []
    for name, words in LEVEL_WORDS.items():
        place, agreeing = _PLACES[name]
        level, sides = likeness.comparison.levels[place], likeness.comparison.sides[place]
        if not any(sides):
            continue
        word = "missing" if level == MISSING else words[level]
        found.append(
            Row(
                say(f"duplicates.field.{FIELDS[name]}"),
                sides[0],
                sides[1],
                say(f"duplicates.agrees.{word}"),
                level >= agreeing or (level != MISSING and level > 0),
                level == MISSING,
                "" if level == MISSING else f"{likeness.bits[place]:+.1f}".replace("-", "−"),
            )
        )
    return found


def agreeing_fields(likeness: Likeness) -> str:
    """Return the names of the fields that agree, without any value."""
    found = []
    for name in LEVEL_WORDS:
        place, agreeing = _PLACES[name]
        if MISSING < likeness.comparison.levels[place] < agreeing:
            found.append(say(f"duplicates.field.{FIELDS[name]}"))
    return " · ".join(found)


def listed(book: Book, said: dict[Pair, Answer], here: Sequence[UUID] = ()) -> list[Listed]:
    """Return the pairs of a book, those to decide first, the likest of them first; pairs that people named are kept too."""
    lines = []
    for pair, (_, likeness) in list(book.pairs.items()):
        one, other = (book.cases[case_id] for case_id in pair)
        answer = said.get(pair)
        if answer is None and one.closed_at and other.closed_at:
            continue
        likely, agrees = likeness.strength, agreeing_fields(likeness)
        lines.append((likeness.weight, Listed(pair, one, other, likely, agrees, answer, set(pair) == set(here))))
    lines.sort(key=lambda line: (bool(line[1].answer and line[1].answer.decided), -line[0]))
    return [line for _, line in lines]
