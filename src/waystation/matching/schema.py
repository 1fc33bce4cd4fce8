from dataclasses import dataclass
from enum import StrEnum

from waystation.kernel import BadInputError
from waystation.matching.code import CodeLevel
from waystation.matching.contact import ContactLevel
from waystation.matching.date import DateLevel
from waystation.matching.word import WordLevel

STRAIGHT, SWAPPED = 0, 1
"""Levels of the aspect that tells in which order two stated parts of a name agree."""


class Kind(StrEnum):
    """What a field holds, and so how it is read and compared."""

    NAME = "name"
    WORD = "word"
    CODE = "code"
    DATE = "date"
    CONTACT = "contact"


LEVELS: dict[Kind, int] = {
    Kind.NAME: len(WordLevel),
    Kind.WORD: len(WordLevel),
    Kind.CODE: len(CodeLevel),
    Kind.DATE: len(DateLevel),
    Kind.CONTACT: len(ContactLevel),
}
"""How many levels of agreement each kind has; 0 is the best of each."""

AGREEING: dict[Kind, int] = {Kind.NAME: 3, Kind.WORD: 3, Kind.CODE: 2, Kind.DATE: 3, Kind.CONTACT: 3}
"""How many of a kind's levels, from the best, mean agreement; the rest mean that the two differ."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of an entry.

    A NAME holds two parts that may change places, written ``first, second`` or whole; it gives three aspects: first part,
    second part, order. Every other field gives one aspect of its own name.
    """

    name: str
    kind: Kind
    parts: tuple[str, str] = ("first", "second")
    sounds: bool = True
    """Whether words are compared by their readings too; text such as a line of an address is not."""
    frequency: bool = True
    """Whether agreement on a rare value weighs more than on a common one."""

    @property
    def aspects(self) -> tuple["Aspect", ...]:
        """What is judged in this field, in the order of a comparison's levels."""
        if self.kind is not Kind.NAME:
            return (Aspect(self.name, LEVELS[self.kind], AGREEING[self.kind], self.frequency),)
        named = [Aspect(part, LEVELS[self.kind], AGREEING[self.kind], self.frequency) for part in self.parts]
        return (*named, Aspect(f"{self.name} order", 2, 1, frequency=False))


@dataclass(frozen=True, slots=True)
class Aspect:
    """One thing that is judged: its name, how many levels it has, how many of them agree, and whether rarity counts."""

    name: str
    levels: int
    agreeing: int
    frequency: bool


@dataclass(frozen=True, slots=True)
class Schema:
    """Which fields entries have.

    Raises
    ------
    BadInputError
        If two aspects bear one name.
    """

    fields: tuple[Field, ...]

    def __post_init__(self) -> None:
        names = [aspect.name for aspect in self.aspects]
        if len(names) != len(set(names)):
            message = f"two aspects bear one name: {', '.join(sorted(names))}; name each field and part once"
            raise BadInputError(message)

    @property
    def aspects(self) -> tuple[Aspect, ...]:
        """What is judged, field by field; a comparison has one level for each."""
        return tuple(aspect for field in self.fields for aspect in field.aspects)
