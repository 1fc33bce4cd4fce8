from dataclasses import dataclass, field
from typing import Any

from waystation.formats.kinds import PLAIN, Kind


@dataclass(frozen=True, slots=True)
class Column:
    """One declared column (or key of network.toml): all that reader, writer, checker and document know of it.

    Attributes
    ----------
    example
        A cell that reads without a fault.
    unit
        The unit in words, empty for none.
    required
        Whether every row must fill it.
    default
        The text that a blank cell stands for, empty if there is no fixed one.
    blank
        In words, what a blank cell means where there is no fixed default.
    past
        Whether a date says when something happened: then it is not after as_of.
    """

    name: str
    kind: Kind
    meaning: str
    example: str
    unit: str = ""
    required: bool = False
    default: str = ""
    blank: str = ""
    past: bool = False

    @property
    def default_value(self) -> Any:
        """The value of a blank cell, None if there is no fixed default."""
        return self.kind.read(self.default, PLAIN) if self.default else None

    @property
    def when_blank(self) -> str:
        """What a blank cell means, in words."""
        if self.required:
            return "required"
        return f"`{self.default}`" if self.default else self.blank or "nothing said"


@dataclass(frozen=True, slots=True)
class Table:
    """One declared file of the network folder.

    Attributes
    ----------
    file
        Its name.
    row
        What one row is, in words.
    required
        Whether the folder must have it, with at least one row.
    has_ids
        Whether its rows are named by their column ``id``; else by their number, counted from 1.
    ids_repeat
        Whether rows may share an id (the rows of one condition).
    notes
        The rules that no single column holds, a paragraph each.
    """

    file: str
    row: str
    columns: tuple[Column, ...]
    required: bool = False
    has_ids: bool = False
    ids_repeat: bool = False
    notes: tuple[str, ...] = ()
    by_name: dict[str, Column] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {column.name: column for column in self.columns})

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its columns in order."""
        return tuple(column.name for column in self.columns)
