"""Single values as a program reads them: money as a decimal string in the major unit, chances as numbers."""

import math
from decimal import ROUND_HALF_EVEN, Decimal

from waystation.kernel import Money, decimals_of


def exact_money(money: Money | None) -> str | None:
    """Return an exact amount; None where there is none."""
    return None if money is None else money.plain


def mean_money(minor: float, currency: str) -> str | None:
    """Return a mean amount rounded to the minor unit; None where there is none."""
    if math.isnan(minor):
        return None
    rounded = Decimal(minor).quantize(Decimal(1), rounding=ROUND_HALF_EVEN)
    return f"{rounded.scaleb(-decimals_of(currency)):f}"


def number(value: float) -> float | None:
    """Return a number; None where there is none, because JSON knows no other."""
    return None if math.isnan(value) else value
