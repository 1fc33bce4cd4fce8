from dataclasses import dataclass
from decimal import Decimal

from waystation.formats.kinds.base import CellError, quoted
from waystation.formats.kinds.numerals import Numerals


def read_number(text: str, numerals: Numerals, *, grouped: bool = True) -> Decimal:
    """Return a number as it is written, exact.

    Raises
    ------
    CellError
        If it is none; when it would be one with the other decimal sign, the message says so.
    """
    value = numerals.read(text, grouped=grouped)
    if value is not None:
        return value
    swapped = Numerals(numerals.other).read(text, grouped=grouped)
    if swapped is not None:
        right = f'write {numerals.show(swapped)}, or declare decimal = "{numerals.other}" in network.toml'
        raise CellError(f"{quoted(text)} is not a number while the decimal sign is {numerals.decimal!r}", right)
    example = numerals.show(Decimal("0.02"))
    raise CellError(
        f"{quoted(text)} is not a number", f"write digits such as 1500 or {example}, at most 18 before the decimals"
    )


_LARGEST_AMOUNT = 10**12
_SMALLEST_POWER = -18


@dataclass(frozen=True, slots=True)
class Number:
    """A decimal number between two bounds, both included unless ``above`` leaves the lower one out."""

    low: Decimal | int | None = None
    high: Decimal | int | None = None
    above: bool = False
    title: str = "number"

    @property
    def span(self) -> str:
        """The range in words."""
        if self.low is None:
            return "" if self.high is None else f"{self.high} or less"
        if self.high is None:
            return f"above {self.low}" if self.above else f"{self.low} or more"
        return f"above {self.low}, to {self.high}" if self.above else f"{self.low} to {self.high}"

    def read(self, text: str, numerals: Numerals) -> Decimal:
        """Read a number within the range."""
        return self.bounded(read_number(text, numerals), text)

    def bounded(self, value: Decimal, text: str) -> Decimal:
        """Return the value if it lies in the range, else raise."""
        low, high = self.low, self.high
        too_low = low is not None and (value <= low if self.above else value < low)
        if too_low or (high is not None and value > high):
            raise CellError(f"{quoted(text)} is out of range", f"give a number: {self.span}")
        return value

    def show(self, value: Decimal, numerals: Numerals) -> str:
        """Write it without separators."""
        return numerals.show(value)


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number between two bounds, both included; ``choices`` narrows them to a few."""

    low: int = 0
    high: int = 1_000_000
    choices: tuple[int, ...] = ()
    title: str = "whole number"

    @property
    def span(self) -> str:
        """The range in words."""
        return "one of " + ", ".join(map(str, self.choices)) if self.choices else f"{self.low} to {self.high}"

    def read(self, text: str, numerals: Numerals) -> int:
        """Read a whole number; ``3.0`` is one too, as spreadsheets write it."""
        value = read_number(text, numerals)
        if value != value.to_integral_value():
            raise CellError(f"{quoted(text)} is not a whole number", f"give a whole number: {self.span}")
        if not (value in self.choices if self.choices else self.low <= value <= self.high):
            raise CellError(f"{quoted(text)} is out of range", f"give a whole number: {self.span}")
        return int(value)

    def show(self, value: int, numerals: Numerals) -> str:
        """Write its digits."""
        return numerals.show(value)


@dataclass(frozen=True, slots=True)
class Chance:
    """A chance from 0 to 1, also as a percentage; ``above_zero`` leaves 0 out."""

    above_zero: bool = False
    title: str = "chance"

    @property
    def span(self) -> str:
        """The range in words."""
        return "above 0, to 1" if self.above_zero else "0 to 1"

    def read(self, text: str, numerals: Numerals) -> Decimal:
        """Read ``0.02`` or ``2 %``."""
        percent = text.endswith("%")
        value = read_number(text.removesuffix("%").rstrip(), numerals)
        value = value.scaleb(-2) if percent else value
        if value != 0 and value.adjusted() < _SMALLEST_POWER:
            raise CellError(f"{quoted(text)} is too small to be told from 0", "write 0")
        if not 0 <= value <= 1 or (self.above_zero and value == 0):
            hint = f"give a chance from {self.span}, such as {numerals.show(Decimal('0.02'))} or 2 %"
            raise CellError(f"{quoted(text)} is out of range", hint)
        return value

    def show(self, value: Decimal, numerals: Numerals) -> str:
        """Write it as a number, not as a percentage."""
        return numerals.show(value)


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of money in the major unit, 0 or more; its row or the network says the currency."""

    title: str = "money"
    span: str = f"0 to {_LARGEST_AMOUNT}, no more decimals than the currency has"

    def read(self, text: str, numerals: Numerals) -> Decimal:
        """Read an amount; how many decimals are allowed is known only with its currency."""
        value = read_number(text, numerals)
        if not 0 <= value <= _LARGEST_AMOUNT:
            raise CellError(f"{quoted(text)} is out of range", f"give an amount from 0 to {_LARGEST_AMOUNT}")
        return value

    def show(self, value: Decimal, numerals: Numerals) -> str:
        """Write it without separators."""
        return numerals.show(value)
