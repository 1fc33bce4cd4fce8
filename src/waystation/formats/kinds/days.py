import re
from dataclasses import dataclass
from datetime import date, timedelta

from waystation.engine.model import DateRange
from waystation.formats.kinds.base import CellError, quoted
from waystation.formats.kinds.numerals import Numerals

_MIDNIGHT = re.compile(r"[T ]\s*0?0:00(?::00(?:\.0+)?)?Z?$")
_YEAR_FIRST = re.compile(r"([0-9]{4})([-/.])\s*([0-9]{1,2})\2\s*([0-9]{1,2})\.?")
_KOREAN = re.compile(r"([0-9]{4})\s*년\s*([0-9]{1,2})\s*월\s*([0-9]{1,2})\s*일")
_YEAR_LAST = re.compile(r"([0-9]{1,2})([-/.])\s*([0-9]{1,2})\2\s*([0-9]{4})")
_SERIAL = re.compile(r"([2-7][0-9]{4})(?:[.,]0+)?")
_SERIAL_ZERO = date(1899, 12, 30)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_ISO = "write year-month-day, such as 2026-12-31"


def _day(year: str, month: str, day: str, text: str) -> date:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise CellError(f"{quoted(text)} is not a day of the calendar", _ISO) from None


def read_day(text: str) -> date:
    """Return the day that is meant: ISO, or one of the forms spreadsheets write, if it can mean one day only.

    Raises
    ------
    CellError
        If it is no day, or (``03/04/2026``) could be two.
    """
    bare = _MIDNIGHT.sub("", text)
    if match := _YEAR_FIRST.fullmatch(bare):
        return _day(match[1], match[3], match[4], text)
    if match := _KOREAN.fullmatch(bare):
        return _day(match[1], match[2], match[3], text)
    if match := _YEAR_LAST.fullmatch(bare):
        first, second, year = int(match[1]), int(match[3]), match[4]
        if first <= 12 and second <= 12 and first != second:
            raise CellError(f"{quoted(text)} could be two days: day or month first", _ISO)
        day, month = (match[1], match[3]) if second <= 12 else (match[3], match[1])
        return _day(year, month, day, text)
    if match := _SERIAL.fullmatch(bare):
        return _SERIAL_ZERO + timedelta(days=int(match[1]))
    raise CellError(f"{quoted(text)} is not a date", _ISO)


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the calendar."""

    title: str = "date"
    span: str = "ISO 8601, such as `2026-12-31`"

    def read(self, text: str, numerals: Numerals) -> date:
        """Read a day."""
        return read_day(text)

    def show(self, value: date, numerals: Numerals) -> str:
        """Write it by ISO 8601."""
        return value.isoformat()


@dataclass(frozen=True, slots=True)
class DateRanges:
    """Ranges of days, both ends included; either end may be open."""

    title: str = "date ranges"
    span: str = "`first..last`, separated by `|`; either side may be left open"

    def read(self, text: str, numerals: Numerals) -> tuple[DateRange, ...]:
        """Read ``2026-11-01..2027-03-31|2027-05-01..``; a single day stands for itself."""
        return tuple(self._range(part.strip()) for part in text.split("|"))

    def _range(self, part: str) -> DateRange:
        first, dots, last = (piece.strip() for piece in part.partition(".."))
        if not dots:
            day = read_day(part)
            return DateRange(day, day)
        if not first and not last:
            raise CellError(
                f"{quoted(part)} is open on both sides",
                "give a first or a last day, or leave the cell blank for always",
            )
        dates = DateRange(read_day(first) if first else None, read_day(last) if last else None)
        if dates.first is not None and dates.last is not None and dates.last < dates.first:
            raise CellError(f"{quoted(part)} ends before it begins", f"write {dates.last}..{dates.first}")
        return dates

    def show(self, value: tuple[DateRange, ...], numerals: Numerals) -> str:
        """Write the ranges in their order."""
        return "|".join(f"{dates.first or ''}..{dates.last or ''}" for dates in value)


@dataclass(frozen=True, slots=True)
class Weekdays:
    """Days of the week, 0 for Monday to 6 for Sunday."""

    title: str = "weekdays"
    span: str = "`mon`, `tue`, `wed`, `thu`, `fri`, `sat`, `sun`, separated by `|`"

    def read(self, text: str, numerals: Numerals) -> tuple[int, ...]:
        """Read ``mon|thu``; whole names count too."""
        days = []
        for part in text.split("|"):
            word = part.strip().casefold()
            if word[:3] not in _WEEKDAYS or not re.fullmatch(r"[a-z]{3}|[a-z]{3,6}day", word):
                raise CellError(f"{quoted(part.strip())} is not a weekday", "write days such as mon|thu")
            days.append(_WEEKDAYS.index(word[:3]))
        if len(set(days)) < len(days):
            raise CellError(f"{quoted(text)} names a day twice", "name each weekday once")
        return tuple(sorted(days))

    def show(self, value: tuple[int, ...], numerals: Numerals) -> str:
        """Write them from Monday on."""
        return "|".join(_WEEKDAYS[day] for day in value)


@dataclass(frozen=True, slots=True)
class Months:
    """Months of the year, 1 to 12."""

    title: str = "months"
    span: str = "1 to 12, separated by `|`"

    def read(self, text: str, numerals: Numerals) -> tuple[int, ...]:
        """Read ``6|7|8``."""
        months = []
        for part in text.split("|"):
            if not re.fullmatch(r"\s*0?(?:[1-9]|1[0-2])\s*", part):
                raise CellError(
                    f"{quoted(part.strip())} is not a month", "write months as numbers 1 to 12, such as 6|7|8"
                )
            months.append(int(part))
        if len(set(months)) < len(months):
            raise CellError(f"{quoted(text)} names a month twice", "name each month once")
        return tuple(sorted(months))

    def show(self, value: tuple[int, ...], numerals: Numerals) -> str:
        """Write them in the order of the year."""
        return "|".join(map(str, value))
