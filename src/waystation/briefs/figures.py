"""Numbers and dates as a person reads them: never more exact than they are."""

import math
import re
from datetime import date
from decimal import ROUND_CEILING, Decimal

from waystation.briefs.language import Language, text
from waystation.kernel import Money, decimals_of

_UNIT = re.compile(r"([0-9]) (%|(?:[A-Z]{3}|m)(?![A-Za-z])|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\b)")
_DAY = re.compile(r"(?<=\bday) (?=[0-9])|(?<=[0-9]월) (?=[0-9]+일)")
_ROUNDING = 1e-9
_LEAST_SHOWN, _MOST_SHOWN = 0.001, 0.999


def tied(text: str) -> str:
    """Return a text in which a number and its unit, a day and its month, cannot be parted at the end of a line."""
    return _DAY.sub("\u00a0", _UNIT.sub("\\1\u00a0\\2", text))


def percent(language: Language, chance: float) -> str:
    """Return a chance in percent with one decimal; what is nearly never or nearly always is said to be so."""
    if math.isnan(chance):
        return text(language, "none")
    if not _is_plain(chance):
        return text(language, "percent.under" if chance < _LEAST_SHOWN else "percent.over")
    return text(language, "percent", number=_trimmed(chance * 100.0))


def percent_range(language: Language, low: float, high: float) -> str:
    """Return the chances between two bounds in percent, with one decimal; a single one where both read the same."""
    first, last = percent(language, low), percent(language, high)
    if first == last:
        return first
    if not (_is_plain(low) and _is_plain(high)):
        return text(language, "range", first=first, last=last)
    between = text(language, "range", first=_trimmed(low * 100.0), last=_trimmed(high * 100.0))
    return text(language, "percent", number=between)


def short_percent_range(language: Language, low: float, high: float) -> str:
    """Return the same for a table or for brackets: ``<0.1–8.7 %``."""
    first, last = _sign(low), _sign(high)
    if first == last:
        return percent(language, low)
    return text(language, "percent", number=text(language, "range.short", first=first, last=last))


def points(language: Language, gain: float) -> str:
    """Return how far two chances lie apart, in percentage points and without a sign."""
    number = _trimmed(abs(gain) * 100.0)
    return text(language, "points.one" if number == "1" else "points.other", number=number)


def percent_at_least(language: Language, chance: float) -> str:
    """Return a least sufficient chance in percent, rounded up to one decimal so that it does suffice."""
    return text(language, "percent", number=_trimmed(math.ceil(chance * 1000.0 - _ROUNDING) / 10.0))


def money(language: Language, amount: Money) -> str:
    """Return an exact amount with separators; decimals only where there are any."""
    whole = amount.major == amount.major.to_integral_value()
    number = f"{amount.major:,.0f}" if whole else f"{amount.major:,f}"
    return text(language, "money", amount=number, currency=amount.currency)


def mean_money(language: Language, minor: float, currency: str) -> str:
    """Return a mean amount (minor units, not whole), rounded up to the whole major unit."""
    if math.isnan(minor):
        return text(language, "none")
    return text(language, "money", amount=f"{_whole(minor, currency):,}", currency=currency)


def mean_money_range(language: Language, low: float, high: float, currency: str) -> str:
    """Return the mean amounts between two bounds (minor units), rounded up to whole major units."""
    if math.isnan(low) or math.isnan(high):
        return text(language, "none")
    first, last = _whole(low, currency), _whole(high, currency)
    if first == last:
        return text(language, "money", amount=f"{first:,}", currency=currency)
    between = text(language, "range", first=f"{first:,}", last=f"{last:,}")
    return text(language, "money", amount=between, currency=currency)


def number(value: float) -> str:
    """Return a plain number with at most one decimal."""
    return _trimmed(value)


def counted(language: Language, what: str, value: float) -> str:
    """Return a count with its unit, such as ``days`` or ``hours``: ``1 day``, ``2.5 days``."""
    if math.isnan(value):
        return text(language, "none")
    shown = _trimmed(value)
    return text(language, f"{what}.one" if shown == "1" else f"{what}.other", number=shown)


def counted_range(language: Language, what: str, low: float, high: float) -> str:
    """Return the counts between two bounds with their unit: ``40 to 44 days``."""
    if math.isnan(low) or math.isnan(high) or _trimmed(low) == _trimmed(high):
        return counted(language, what, low)
    return text(language, f"{what}.other", number=text(language, "range", first=_trimmed(low), last=_trimmed(high)))


def calendar(language: Language, on: date, *, year: bool) -> str:
    """Return a calendar day, with or without its year."""
    parts = {"day": str(on.day), "month": text(language, f"month.{on.month}")}
    return text(language, "date.year", year=str(on.year), **parts) if year else text(language, "date", **parts)


def _is_plain(chance: float) -> bool:
    """Tell whether a chance is shown as a number and not as nearly never or nearly always."""
    return not _ROUNDING < chance < _LEAST_SHOWN and not _MOST_SHOWN < chance < 1.0 - _ROUNDING


def _sign(chance: float) -> str:
    """Return a chance in percent without its unit: ``0``, ``<0.1``, ``8.7``, ``>99.9``, ``100``."""
    if _is_plain(chance):
        return _trimmed(chance * 100.0)
    return f"<{_LEAST_SHOWN * 100.0:g}" if chance < _LEAST_SHOWN else f">{_MOST_SHOWN * 100.0:g}"


def _whole(minor: float, currency: str) -> int:
    """Return an amount in whole major units, rounded up and never below zero."""
    major = Decimal(minor).scaleb(-decimals_of(currency)) - Decimal(str(_ROUNDING))
    return max(int(major.to_integral_value(rounding=ROUND_CEILING)), 0)


def _trimmed(value: float) -> str:
    """Return a number with one decimal, or none when that is zero."""
    return f"{value:,.1f}".removesuffix(".0")
