from typing import Any, Protocol

from waystation.formats.kinds.numerals import Numerals
from waystation.kernel import BadInputError

_LONGEST_QUOTE = 40


class CellError(BadInputError):
    """A cell's text does not say what its column asks for: ``what`` is wrong, and what would be ``right``."""

    def __init__(self, what: str, right: str) -> None:
        super().__init__(f"{what}; {right}")
        self.what = what
        self.right = right


class Kind(Protocol):
    """What a column holds: how its text is read, how a value is written, and how the format's page describes it."""

    @property
    def title(self) -> str:
        """The type in words, for the format's page."""
        ...

    @property
    def span(self) -> str:
        """The values allowed, in words; empty where the title says it all."""
        ...

    def read(self, text: str, numerals: Numerals) -> Any:
        """Return the value of a cell that is not blank; raise `CellError` if it has none."""
        ...

    def show(self, value: Any, numerals: Numerals) -> str:
        """Return the one normal text of a value; reading it gives the value again."""
        ...


def quoted(text: str) -> str:
    """Return a cell's text as a message shows it: one line, shortened, in quotation marks."""
    return repr(text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1] + "…")
