"""The parts a brief is made of. They hold plain text only: each renderer escapes for its own format."""

from dataclasses import dataclass

from waystation.briefs.course import StageText


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; ``quiet`` for remarks."""

    text: str
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Numbers with their names, as (name, number); the first ``main`` of them matter most."""

    items: tuple[tuple[str, str], ...]
    main: int = 3


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a head; columns in ``numeric`` are set to the right, the column ``marked`` is set off."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: frozenset[int] = frozenset()
    marked: int | None = None


@dataclass(frozen=True, slots=True)
class Points:
    """A list; each point has a lead of a word or two (which may be empty) and what it says; ``quiet`` for small print."""

    items: tuple[tuple[str, str], ...]
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Stages:
    """The stages of a plan in words; ``branch`` marks those off the main line, ``rare`` stands above rare cases."""

    items: tuple[StageText, ...]
    branch: str
    rare: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing as SVG for the screen and for paper, what it shows in words, and how high it is on paper."""

    screen: str
    paper: str
    alternative: str
    height_mm: int


@dataclass(frozen=True, slots=True)
class Beside:
    """A narrow table with its picture beside it where there is room, else above it."""

    table: Table
    picture: Picture


Block = Paragraph | Facts | Table | Points | Stages | Picture | Beside


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it. ``id`` is a plain word, the same in every language."""

    id: str
    title: str
    blocks: tuple[Block, ...]
