import re
from dataclasses import dataclass, field
from enum import IntEnum

from rapidfuzz.distance import OSA

_WRITTEN = re.compile(r"\s*(?P<year>\d{4})(?:[-./]?(?P<month>\d{2})(?:[-./]?(?P<day>\d{2}))?)?\s*")


class DateLevel(IntEnum):
    """How far two dates of birth agree, from best to worst."""

    SAME = 0
    AS_FAR_AS_KNOWN = 1
    SLIP = 2
    PARTLY = 3
    YEAR = 4
    UNLIKE = 5


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date of birth as far as it is known: a year, perhaps a month (1 to 12 if true), perhaps a day. Not checked."""

    year: int
    month: int | None = None
    day: int | None = None
    digits: str = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "digits", f"{self.year:04d}{self.month or 0:02d}{self.day or 0:02d}")

    @property
    def shown(self) -> str:
        """The date as it is written: ``1961``, ``1961-03``, ``1961-03-08``."""
        return "-".join([f"{self.year:04d}", *(f"{part:02d}" for part in (self.month, self.day) if part is not None)])


def read_date(text: str) -> PartialDate | None:
    """Read ``1961``, ``1961-03``, ``1961-03-08`` or ``19610308``; None if it is none of these. Errors of a date stay in."""
    found = _WRITTEN.fullmatch(text)
    if found is None:
        return None
    month, day = (int(part) if part else None for part in (found["month"], found["day"]))
    return PartialDate(int(found["year"]), month, day)


def compare_dates(one: PartialDate, other: PartialDate) -> DateLevel:
    """Tell how far two dates agree.

    A slip is one digit wrong, two neighbouring digits or day and month changed over. Partly: two of year, month and day, or
    two slips. Year: the year only; or, where no day is known, a year that is one off (Korea counted ages in two ways).
    """
    if one.day is None or other.day is None:
        return _compare_years(one, other)
    if one == other:
        return DateLevel.SAME
    errors = OSA.distance(one.digits, other.digits)
    turned = (one.year, one.month, one.day) == (other.year, other.day, other.month)
    agreeing = (one.year == other.year) + (one.month == other.month) + (one.day == other.day)
    if errors == 1 or turned:
        return DateLevel.SLIP
    if errors == 2 or agreeing == 2:
        return DateLevel.PARTLY
    return DateLevel.YEAR if one.year == other.year else DateLevel.UNLIKE


def keys_of(date: PartialDate) -> frozenset[str]:
    """Return coarse keys for looking a date up: the year, the whole date, month with day either way round."""
    keys = {f"y{date.year}"}
    if date.month is not None and date.day is not None:
        keys |= {f"m{min(date.month, date.day):02d}{max(date.month, date.day):02d}", f"d{date.shown}"}
    return frozenset(keys)


def _compare_years(one: PartialDate, other: PartialDate) -> DateLevel:
    months_differ = None not in (one.month, other.month) and one.month != other.month
    if one.year == other.year:
        return DateLevel.YEAR if months_differ else DateLevel.AS_FAR_AS_KNOWN
    apart = abs(one.year - other.year)
    return DateLevel.YEAR if apart == 1 else DateLevel.UNLIKE
