from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from waystation.kernel import BadInputError, Money, decimals_of


class MissingRateError(BadInputError):
    """No dated rate leads from one currency to the other. Add a row to ``rates.csv``."""


@dataclass(frozen=True, slots=True)
class Rate:
    """On a day, one unit of ``base`` cost ``rate`` units of ``quote`` (major units, above 0)."""

    on: date
    base: str
    quote: str
    rate: Decimal


def convert(money: Money, to: str, rates: Iterable[Rate], as_of: date, *, is_budget: bool = False) -> Money:
    """Convert at the newest rate on or before ``as_of``, rounded so that nobody runs short.

    A price is rounded up to the minor unit, a budget down. A rate given the other way round serves too. No chain of rates is
    followed.

    Raises
    ------
    MissingRateError
        If no such rate is given.
    """
    if money.currency == to:
        return money
    usable = [r for r in rates if r.on <= as_of and {r.base, r.quote} == {money.currency, to}]
    if not usable:
        message = f"no rate from {money.currency} to {to} on or before {as_of}; add one to rates.csv"
        raise MissingRateError(message)
    newest = max(usable, key=lambda r: (r.on, r.base == money.currency))
    major = money.major * newest.rate if newest.base == money.currency else money.major / newest.rate
    minor = major.scaleb(decimals_of(to)).to_integral_value(rounding=ROUND_FLOOR if is_budget else ROUND_CEILING)
    return Money(int(minor), to)
