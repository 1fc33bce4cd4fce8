import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

_BLANKS = " \u00a0\u2009\u202f"
_LONGEST = 64
_MOST_DIGITS = 24
_LARGEST_POWER = 18
_SMALLEST_POWER = -20


@cache
def _patterns(decimal: str, other: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what a number looks like without and with separated thousands."""
    point, comma = re.escape(decimal), re.escape(other)
    plain = rf"[+-]?(?:[0-9]+(?:{point}[0-9]*)?|{point}[0-9]+)(?:[eE][+-]?[0-9]{{1,3}})?"
    separated = rf"[+-]?[1-9][0-9]{{0,2}}([{_BLANKS}'’{comma}])[0-9]{{3}}(?:\1[0-9]{{3}})*(?:{point}[0-9]*)?"
    return re.compile(plain), re.compile(separated)


@dataclass(frozen=True, slots=True)
class Numerals:
    """How a folder writes numbers: with ``.`` or ``,`` before the decimals, as network.toml declares."""

    decimal: str = "."

    @property
    def other(self) -> str:
        """The sign that is not the decimal sign: it may separate thousands."""
        return "," if self.decimal == "." else "."

    def read(self, text: str, *, grouped: bool = True) -> Decimal | None:
        """Return the number written, exact, or None if it is none or has more than 24 digits or 18 before the decimals.

        Thousands may be separated (where ``grouped``) by blanks, thin blanks, apostrophes or the sign that is not the
        decimal sign.
        """
        text = text.replace("\u2212", "-")
        if len(text) > _LONGEST:
            return None
        plain, separated = _patterns(self.decimal, self.other)
        if not plain.fullmatch(text):
            if not grouped or not separated.fullmatch(text):
                return None
            text = re.sub(rf"[{_BLANKS}'’{self.other}]", "", text)
        value = Decimal(text.replace(self.decimal, "."))
        if value == 0:
            return Decimal(0)
        fits = len(value.as_tuple().digits) <= _MOST_DIGITS and _SMALLEST_POWER <= value.adjusted() <= _LARGEST_POWER
        return value if fits else None

    def show(self, value: Decimal | int) -> str:
        """Return the normal text of a number: no exponent, no separators, the declared decimal sign."""
        return f"{value:f}".replace(".", self.decimal) if isinstance(value, Decimal) else str(value)


PLAIN = Numerals()
"""Numbers with a decimal point: those of network.toml and of the format's own table."""
