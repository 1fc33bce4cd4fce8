import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from waystation.formats.kinds.base import CellError, quoted
from waystation.formats.kinds.countries import COUNTRIES
from waystation.formats.kinds.numerals import Numerals
from waystation.kernel import CURRENCIES, closest, is_code

_YES = frozenset({"yes", "y", "true", "1"})
_NO = frozenset({"no", "n", "false", "0"})
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))
CODE_RULE = "write 1 to 32 letters, digits, - or _, beginning with a letter or digit"


def read_code(text: str) -> str:
    """Return an id, or raise `CellError` if it is not a code."""
    if not is_code(text):
        raise CellError(f"{quoted(text)} is not a code", CODE_RULE)
    return text


def did_you_mean(word: str, known: "list[str] | tuple[str, ...]") -> str:
    """Return the advice for a word that is not among the known ones: the nearest of them, or all of them."""
    near = closest(word, known)
    return f"did you mean {near}?" if near else f"use one of {', '.join(known)}"


@dataclass(frozen=True, slots=True)
class Text:
    """Free text."""

    title: str = "text"
    span: str = ""

    def read(self, text: str, numerals: Numerals) -> str:
        """Take it as it is."""
        return text

    def show(self, value: str, numerals: Numerals) -> str:
        """Write it as it is."""
        return value


@dataclass(frozen=True, slots=True)
class Code:
    """A short code; with ``of`` the id of a row of another file, which must exist."""

    of: str = ""

    @property
    def title(self) -> str:
        """The type in words."""
        return f"id from {self.of}" if self.of else "code"

    @property
    def span(self) -> str:
        """What a code is made of."""
        return "" if self.of else "1 to 32 letters, digits, `-`, `_`"

    def read(self, text: str, numerals: Numerals) -> str:
        """Read a code."""
        return read_code(text)

    def show(self, value: str, numerals: Numerals) -> str:
        """Write it as it is."""
        return value


@dataclass(frozen=True, slots=True)
class SourceId:
    """The id of a source, or the word ``assumed``."""

    title: str = "source id"
    span: str = "an id of `[sources]` in network.toml, or `assumed`"

    def read(self, text: str, numerals: Numerals) -> str:
        """Read an id of 1 to 64 characters without blanks."""
        if re.search(r"\s", text) or len(text) > 64:
            raise CellError(f"{quoted(text)} is not a source id", "write 1 to 64 characters without blanks")
        return "assumed" if text.casefold() == "assumed" else text

    def show(self, value: str, numerals: Numerals) -> str:
        """Write it as it is."""
        return value


@dataclass(frozen=True, slots=True)
class OneOf:
    """One word of a fixed list, read without regard to capitals, blanks for ``_`` or the kind of dash."""

    members: tuple[Any, ...]
    title: str = "word"

    @classmethod
    def of(cls, kind: type[StrEnum]) -> "OneOf":
        """Make the kind whose values are the members of an enumeration."""
        return cls(tuple(kind))

    @property
    def span(self) -> str:
        """The words allowed."""
        return ", ".join(f"`{member}`" for member in self.members)

    def read(self, text: str, numerals: Numerals) -> Any:
        """Return the member that is meant."""
        word = text.translate(_DASHES).casefold()
        for member in self.members:
            if str(member).casefold() in {word, re.sub(r"[\s-]+", "_", word), re.sub(r"\s*-\s*", "-", word)}:
                return member
        right = did_you_mean(text, tuple(str(member) for member in self.members))
        raise CellError(f"{quoted(text)} is not one of the words known here", right)

    def show(self, value: Any, numerals: Numerals) -> str:
        """Write the word itself."""
        return str(value)


@dataclass(frozen=True, slots=True)
class AgeBands(OneOf):
    """The age bands; a spreadsheet likes to turn ``5-11`` and ``12-17`` into dates, and the message says so."""

    def read(self, text: str, numerals: Numerals) -> Any:
        """Return the band that is meant."""
        try:
            return OneOf.read(self, text, numerals)
        except CellError:
            if re.search(r"[A-Za-z]{3}", text) and re.search(r"[0-9]", text) and len(text) <= 11:
                right = "write 5-11 or 12-17 and give the spreadsheet's cell the format 'text'"
                raise CellError(f"{quoted(text)} is an age band that a spreadsheet took for a date", right) from None
            raise


@dataclass(frozen=True, slots=True)
class Flag:
    """Yes or no."""

    title: str = "yes or no"
    span: str = "`yes`, `no` (also y, n, true, false, 1, 0)"

    def read(self, text: str, numerals: Numerals) -> bool:
        """Read yes or no in any of its spellings."""
        word = text.casefold()
        if word in _YES or word in _NO:
            return word in _YES
        raise CellError(f"{quoted(text)} is neither yes nor no", "write yes or no")

    def show(self, value: bool, numerals: Numerals) -> str:
        """Write yes or no."""
        return "yes" if value else "no"


@dataclass(frozen=True, slots=True)
class Country:
    """A country by its two letters."""

    title: str = "country"
    span: str = "two letters of ISO 3166-1"

    def read(self, text: str, numerals: Numerals) -> str:
        """Read two letters, capitals or not."""
        code = text.upper()
        if code in COUNTRIES:
            return code
        right = "write GB" if code == "UK" else "write two letters of ISO 3166-1, such as TH"
        raise CellError(f"{quoted(text)} is not a country", right)

    def show(self, value: str, numerals: Numerals) -> str:
        """Write capitals."""
        return value


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency by its three letters."""

    title: str = "currency"

    @property
    def span(self) -> str:
        """The currencies known."""
        return ", ".join(CURRENCIES)

    def read(self, text: str, numerals: Numerals) -> str:
        """Read three letters, capitals or not."""
        code = text.upper()
        if code not in CURRENCIES:
            raise CellError(f"{quoted(text)} is not a currency known here", f"use one of {self.span}")
        return code

    def show(self, value: str, numerals: Numerals) -> str:
        """Write capitals."""
        return value


@dataclass(frozen=True, slots=True)
class Period:
    """A year, a quarter or a month."""

    title: str = "period"
    span: str = "`2027`, `2027-Q1` or `2027-03`"

    def read(self, text: str, numerals: Numerals) -> str:
        """Read a period, the quarter's letter in either case."""
        period = text.upper()
        if not re.fullmatch(r"[12][0-9]{3}(?:-(?:Q[1-4]|0[1-9]|1[0-2]))?", period):
            raise CellError(
                f"{quoted(text)} is not a period", "write a year, quarter or month: 2027, 2027-Q1 or 2027-03"
            )
        return period

    def show(self, value: str, numerals: Numerals) -> str:
        """Write it as it is."""
        return value
