from dataclasses import dataclass
from decimal import Decimal

from waystation.engine.model import LevelRef, Refusal
from waystation.formats.kinds.base import CellError, quoted
from waystation.formats.kinds.numerals import Numerals
from waystation.formats.kinds.quantities import read_number
from waystation.formats.kinds.words import read_code

_MOST_LEVELS = 64
_MOST_SLOTS = 10_000


def _parts(text: str) -> list[str]:
    parts = [part.strip() for part in text.split("|")]
    if not all(parts):
        raise CellError(f"{quoted(text)} has an empty place between its | signs", "separate the parts by one | each")
    return parts


def _once(names: list[str], text: str) -> None:
    seen = {name.casefold() for name in names}
    if len(seen) < len(names):
        raise CellError(f"{quoted(text)} names one thing twice", "name each once")


def read_level(text: str) -> LevelRef:
    """Read ``river.high``."""
    condition, dot, level = (piece.strip() for piece in text.partition("."))
    if not dot:
        raise CellError(f"{quoted(text)} is not a level of a condition", "write condition.level, such as river.high")
    return LevelRef(read_code(condition), read_code(level))


@dataclass(frozen=True, slots=True)
class Codes:
    """Several codes in any order."""

    title: str = "codes"
    span: str = "separated by `|`"

    def read(self, text: str, numerals: Numerals) -> tuple[str, ...]:
        """Read ``wheelchair|oxygen``."""
        codes = [read_code(part) for part in _parts(text)]
        _once(codes, text)
        return tuple(codes)

    def show(self, value: tuple[str, ...], numerals: Numerals) -> str:
        """Write them in their order."""
        return "|".join(value)


@dataclass(frozen=True, slots=True)
class Levels:
    """The levels of a condition, in order."""

    title: str = "levels"
    span: str = f"1 to {_MOST_LEVELS} codes in order, separated by `|`"

    def read(self, text: str, numerals: Numerals) -> tuple[str, ...]:
        """Read ``low|high|flood``."""
        levels = [read_code(part) for part in _parts(text)]
        _once(levels, text)
        if len(levels) > _MOST_LEVELS:
            raise CellError(f"a condition with {len(levels)} levels", f"give at most {_MOST_LEVELS} levels")
        return tuple(levels)

    def show(self, value: tuple[str, ...], numerals: Numerals) -> str:
        """Write them in their order."""
        return "|".join(value)


@dataclass(frozen=True, slots=True)
class LevelRefs:
    """Levels of conditions."""

    title: str = "levels of conditions"
    span: str = "`condition.level`, separated by `|`"

    def read(self, text: str, numerals: Numerals) -> tuple[LevelRef, ...]:
        """Read ``river.flood|border.closed``."""
        refs = [read_level(part) for part in _parts(text)]
        _once([f"{ref.condition}.{ref.level}" for ref in refs], text)
        return tuple(refs)

    def show(self, value: tuple[LevelRef, ...], numerals: Numerals) -> str:
        """Write them in their order."""
        return "|".join(f"{ref.condition}.{ref.level}" for ref in value)


@dataclass(frozen=True, slots=True)
class LevelFactors:
    """Factors on odds, each while a condition stands at a level."""

    title: str = "level factors"
    span: str = "`condition.level=factor`, separated by `|`; factors above 0, to 1000"

    def read(self, text: str, numerals: Numerals) -> tuple[tuple[LevelRef, Decimal], ...]:
        """Read ``river.high=3|patrols.many=2``."""
        factors = [self._factor(part, numerals) for part in _parts(text)]
        _once([f"{ref.condition}.{ref.level}" for ref, _ in factors], text)
        return tuple(factors)

    def _factor(self, part: str, numerals: Numerals) -> tuple[LevelRef, Decimal]:
        level, equals, number = (piece.strip() for piece in part.partition("="))
        if not equals:
            raise CellError(
                f"{quoted(part)} is not a level factor", "write condition.level=factor, such as river.high=3"
            )
        factor = read_number(number, numerals, grouped=False)
        if not 0 < factor <= 1000:
            raise CellError(
                f"the factor {quoted(number)} is out of range", "give a factor above 0, to 1000; 1 changes nothing"
            )
        return read_level(level), factor

    def show(self, value: tuple[tuple[LevelRef, Decimal], ...], numerals: Numerals) -> str:
        """Write them in their order."""
        return "|".join(f"{ref.condition}.{ref.level}={numerals.show(factor)}" for ref, factor in value)


@dataclass(frozen=True, slots=True)
class Matrix:
    """A square matrix of daily chances, one row per level."""

    title: str = "matrix"
    span: str = "rows separated by `|`, numbers by blanks; each from 0 to 1, each row summing to 1"

    def read(self, text: str, numerals: Numerals) -> tuple[tuple[Decimal, ...], ...]:
        """Read ``0.9 0.1|0.3 0.7``."""
        rows = [[read_number(number, numerals, grouped=False) for number in part.split()] for part in _parts(text)]
        if any(len(row) != len(rows) for row in rows):
            shape = ", ".join(str(len(row)) for row in rows)
            raise CellError(
                f"a matrix of {len(rows)} rows with {shape} numbers", f"give {len(rows)} numbers in each row"
            )
        for number, row in enumerate(rows, start=1):
            if any(not 0 <= chance <= 1 for chance in row):
                raise CellError(f"row {number} of the matrix holds a number out of range", "give chances from 0 to 1")
            if abs(sum(row, Decimal(0)) - 1) > Decimal("1e-9"):
                total = f"{sum(row, Decimal(0)):f}"
                raise CellError(f"row {number} of the matrix sums to {total}", "make each row sum to 1 (within 1e-9)")
        return tuple(map(tuple, rows))

    def show(self, value: tuple[tuple[Decimal, ...], ...], numerals: Numerals) -> str:
        """Write it row by row."""
        return "|".join(" ".join(map(numerals.show, row)) for row in value)


@dataclass(frozen=True, slots=True)
class RefusalKind:
    """What refusing an extra demand means."""

    title: str = "refusal"
    span: str = "`back`, or `longer:N` with N slots more"

    def read(self, text: str, numerals: Numerals) -> Refusal:
        """Read ``back`` or ``longer:2``."""
        word, _, slots = (piece.strip() for piece in text.casefold().partition(":"))
        if word == "back" and not slots:
            return Refusal()
        if word == "longer" and slots.isascii() and slots.isdigit() and len(slots) <= 5 and int(slots) <= _MOST_SLOTS:
            return Refusal(int(slots))
        raise CellError(f"{quoted(text)} does not say what refusing means", "write back, or longer:2 for 2 slots more")

    def show(self, value: Refusal, numerals: Numerals) -> str:
        """Write it as it is read."""
        return "back" if value.longer_slots is None else f"longer:{value.longer_slots}"
