import math
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

Scalar = float | str | bool | date | datetime
"""One value; a date without a time is a `date`."""


@dataclass(frozen=True, slots=True)
class Nodes:
    """The answers that a reference leads to: one, none, or one for each instance of a repeat."""

    values: tuple[Scalar, ...] = ()


Value = Scalar | Nodes

EPOCH = date(1970, 1, 1)
LONGEST_TEXT = 100_000
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?:Z|[+-]\d{2}:\d{2})?")
_NUMBER = re.compile(r"-?(?:\d{1,40}(?:\.\d{0,40})?|\.\d{1,40})(?:[eE][+-]?\d{1,3})?")


def one(value: Value) -> Scalar:
    """Return the first value of several, an empty text of none."""
    if isinstance(value, Nodes):
        return value.values[0] if value.values else ""
    return value


def to_text(value: Value) -> str:
    """Return a value as text: a whole number without a point, nothing for what is not a number."""
    found = one(value)
    if isinstance(found, bool):
        return "true" if found else "false"
    if isinstance(found, datetime):
        return found.isoformat(timespec="seconds")
    if isinstance(found, date):
        return found.isoformat()
    if isinstance(found, float):
        if math.isnan(found) or math.isinf(found):
            return ""
        return str(int(found)) if found.is_integer() and abs(found) < 1e15 else repr(found)
    return found[:LONGEST_TEXT]


def to_number(value: Value) -> float:
    """Return a value as a number: a date as days since 1970, what is none as NaN."""
    found = one(value)
    if isinstance(found, bool):
        return 1.0 if found else 0.0
    if isinstance(found, datetime):
        return _days(found)
    if isinstance(found, date):
        return float((found - EPOCH).days)
    if isinstance(found, float):
        return found
    text = found.strip()
    if _NUMBER.fullmatch(text):
        return float(text)
    moment = to_date(text)
    return math.nan if moment is None else to_number(moment)


def to_truth(value: Value) -> bool:
    """Return whether a value counts as true: a number other than 0, a text that is not empty, an answer that was given."""
    if isinstance(value, Nodes):
        return bool(value.values) and to_text(value) != ""
    if isinstance(value, bool):
        return value
    if isinstance(value, float):
        return not (math.isnan(value) or value == 0)
    return True if isinstance(value, date) else value != ""


def to_date(value: Value) -> date | None:
    """Return a day, or a moment, from a date, ISO 8601 text or days since 1970; None if it is none."""
    found = one(value)
    if isinstance(found, date):
        return found
    if isinstance(found, bool):
        return None
    if isinstance(found, float):
        if math.isnan(found) or not -700_000 < found < 2_900_000:
            return None
        return EPOCH + timedelta(days=math.floor(found))
    text = found.strip()
    try:
        if _DATE.fullmatch(text):
            return date.fromisoformat(text)
        if _MOMENT.fullmatch(text):
            return datetime.fromisoformat(text)
    except ValueError:
        return None
    return None


def _days(moment: datetime) -> float:
    aware = moment if moment.tzinfo is not None else moment.replace(tzinfo=timezone.utc)  # noqa: UP017 # as datetime has it
    return (aware - datetime(1970, 1, 1, tzinfo=timezone.utc)).total_seconds() / 86_400  # noqa: UP017


def compare(operator: str, left: Value, right: Value) -> bool:
    """Compare as XPath 1.0 does (section 3.4): several answers compare true if one of them does.

    An order between dates, or between a date and ISO text, is that of days.
    """
    lefts = left.values if isinstance(left, Nodes) else (left,)
    rights = right.values if isinstance(right, Nodes) else (right,)
    return any(_compare(operator, one_left, one_right) for one_left in lefts for one_right in rights)


def _compare(operator: str, left: Scalar, right: Scalar) -> bool:
    if operator in {"=", "!="}:
        return _equal(left, right) is (operator == "=")
    low, high = to_number(left), to_number(right)
    return {"<": low < high, "<=": low <= high, ">": low > high, ">=": low >= high}[operator]


def _equal(left: Scalar, right: Scalar) -> bool:
    if isinstance(left, bool) or isinstance(right, bool):
        return to_truth(left) is to_truth(right)
    if isinstance(left, float) or isinstance(right, float):
        return to_number(left) == to_number(right)
    return to_text(left) == to_text(right)
