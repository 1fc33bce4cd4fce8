from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

Words = Mapping[str, str]
"""A text in several languages, by the language's name as the form has it; ``""`` where a form has one language without name."""


class Kind(StrEnum):
    """What a question asks for."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    TIME = "time"
    MOMENT = "moment"
    ONE = "one"
    SEVERAL = "several"
    ACKNOWLEDGE = "acknowledge"
    NOTE = "note"
    CALCULATED = "calculated"
    HIDDEN = "hidden"
    START = "start"
    END = "end"
    TODAY = "today"


UNASKED = frozenset({Kind.CALCULATED, Kind.HIDDEN, Kind.START, Kind.END, Kind.TODAY})
"""Kinds that nobody is asked for."""

OTHER_COLUMNS = frozenset({"name", "label"})
"""Columns that every choice has."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that may be chosen; ``columns`` are those that a choice filter may ask for."""

    name: str
    labels: Words = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Question:
    """A question of a form. Expressions are text that `waystation.intake.expressions.parse` reads; an empty one says nothing.

    Attributes
    ----------
    path
        Names from the form's root to the question, its own last.
    row
        Of the sheet ``survey``, from 1; 0 for a question that a tool added.
    choices
        Name of its list; empty where it has none.
    lowest, highest
        Of a range; None where nothing bounds it.
    """

    path: tuple[str, ...]
    kind: Kind
    row: int = 0
    labels: Words = field(default_factory=dict)
    hints: Words = field(default_factory=dict)
    required: str = ""
    required_words: Words = field(default_factory=dict)
    relevant: str = ""
    constraint: str = ""
    constraint_words: Words = field(default_factory=dict)
    calculation: str = ""
    default: str = ""
    default_is_expression: bool = False
    read_only: bool = False
    choices: str = ""
    choice_filter: str = ""
    lowest: float | None = None
    highest: float | None = None
    lines: bool = False

    @property
    def name(self) -> str:
        """Its own name."""
        return self.path[-1]


@dataclass(frozen=True, slots=True)
class Section:
    """A group of questions, or, if ``repeats``, one that is answered several times.

    Attributes
    ----------
    count
        How many times it is answered, as an expression; empty where that is open.
    """

    path: tuple[str, ...]
    children: tuple["Question | Section", ...]
    row: int = 0
    labels: Words = field(default_factory=dict)
    relevant: str = ""
    repeats: bool = False
    count: str = ""

    @property
    def name(self) -> str:
        """Its own name."""
        return self.path[-1]


@dataclass(frozen=True)
class Form:
    """A form as declared data.

    Attributes
    ----------
    id, version
        As its author calls it; submissions name both.
    languages
        In the order they appear; the first is the default.
    choices
        Lists by name.
    """

    id: str
    title: str
    children: tuple[Question | Section, ...]
    version: str = ""
    languages: tuple[str, ...] = ("",)
    choices: Mapping[str, tuple[Choice, ...]] = field(default_factory=dict)

    @cached_property
    def parts(self) -> Mapping[tuple[str, ...], Question | Section]:
        """Every question and section by its path, in the form's order."""
        return {part.path: part for part in _parts(self.children)}

    @cached_property
    def paths(self) -> Mapping[str, tuple[str, ...]]:
        """The first path of each name."""
        found: dict[str, tuple[str, ...]] = {}
        for path in self.parts:
            found.setdefault(path[-1], path)
        return found

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Every question, in the form's order."""
        return tuple(part for part in self.parts.values() if isinstance(part, Question))

    @cached_property
    def labels(self) -> Mapping[str, Mapping[str, Choice]]:
        """Each list's choices by name; the first of two that are called alike."""
        return {key: {each.name: each for each in reversed(rows)} for key, rows in self.choices.items()}

    def repeats_above(self, path: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
        """Return the paths of the repeats that a path lies in, outermost first, itself included if it is one."""
        above = (path[:length] for length in range(1, len(path) + 1))
        return tuple(each for each in above if isinstance(part := self.parts.get(each), Section) and part.repeats)


def _parts(children: tuple[Question | Section, ...]) -> Iterator[Question | Section]:
    for child in children:
        yield child
        if isinstance(child, Section):
            yield from _parts(child.children)


def said(words: Words, language: str) -> str:
    """Return a text in a language; in the first it has where that one is missing."""
    return words.get(language) or next(iter(words.values()), "")
