"""The functions that expressions may call. Those that choose what is evaluated at all are done in `evaluate`."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

from waystation.intake.expressions import patterns
from waystation.intake.expressions.values import (
    LONGEST_TEXT,
    Nodes,
    Scalar,
    Value,
    to_date,
    to_number,
    to_text,
    to_truth,
)

Work = Callable[[Sequence[Value]], Value]
MANY = 200


@dataclass(frozen=True, slots=True)
class Function:
    """A function of expressions.

    Attributes
    ----------
    fewest, most
        Arguments it takes.
    work
        What it does with their values; None where the evaluator does it, for it needs the form or does not evaluate all of them.
    """

    fewest: int
    most: int
    work: Work | None = None


def _flat(values: Sequence[Value]) -> list[Scalar]:
    return [each for value in values for each in (value.values if isinstance(value, Nodes) else (value,))]


def _numbers(values: Sequence[Value]) -> list[float]:
    return [to_number(each) for each in _flat(values) if to_text(each).strip() != ""]


def _words(value: Value) -> list[str]:
    return to_text(value).split()


def _selected(values: Sequence[Value]) -> Value:
    return to_text(values[1]).strip() in _words(values[0])


def _selected_at(values: Sequence[Value]) -> Value:
    words, at = _words(values[0]), to_number(values[1])
    return words[int(at)] if at == at and 0 <= at < len(words) else ""


def _round(values: Sequence[Value]) -> Value:
    number = to_number(values[0])
    digits = to_number(values[1]) if len(values) > 1 else 0.0
    if not math.isfinite(number) or not abs(digits) <= 30 or abs(number) > 1e30:
        return math.nan
    scale = 10.0 ** int(digits)
    return math.floor(number * scale + 0.5) / scale


def _int(values: Sequence[Value]) -> Value:
    number = to_number(values[0])
    return float(math.trunc(number)) if math.isfinite(number) else math.nan


def _substr(values: Sequence[Value]) -> Value:
    """``substr(text, start, end)``: from 0, the end not included; negative counts from the end."""
    text, bounds = to_text(values[0]), [to_number(value) for value in values[1:]]
    if any(not math.isfinite(bound) for bound in bounds):
        return ""
    return text[slice(*(int(bound) for bound in bounds))] if len(bounds) > 1 else text[int(bounds[0]) :]


def _substring(values: Sequence[Value]) -> Value:
    """XPath's ``substring(text, start, length)``: from 1."""
    text, start = to_text(values[0]), to_number(values[1])
    length = to_number(values[2]) if len(values) > 2 else float(LONGEST_TEXT)
    if not math.isfinite(start) or not math.isfinite(length):
        return ""
    begin = math.floor(start + 0.5) - 1
    return text[max(0, begin) : max(0, begin + math.floor(length + 0.5))]


def _translate(values: Sequence[Value]) -> Value:
    text, old, new = (to_text(value) for value in values)
    table: dict[int, str | None] = {}
    for at, sign in enumerate(old):
        table.setdefault(ord(sign), new[at] if at < len(new) else None)
    return text.translate(table)


def _join(values: Sequence[Value]) -> Value:
    return to_text(values[0]).join(to_text(each) for each in _flat(values[1:]))[:LONGEST_TEXT]


def _regex(values: Sequence[Value]) -> Value:
    try:
        return patterns.matches(to_text(values[1]), to_text(values[0]))
    except patterns.PatternError:
        return False


def _date(values: Sequence[Value]) -> Value:
    return to_date(values[0]) or ""


def _format_date(values: Sequence[Value]) -> Value:
    moment = to_date(values[0])
    if moment is None:
        return ""
    at = moment if isinstance(moment, datetime) else datetime(moment.year, moment.month, moment.day)  # noqa: DTZ001
    parts = {
        "Y": f"{at.year:04}",
        "y": f"{at.year % 100:02}",
        "m": f"{at.month:02}",
        "n": str(at.month),
        "b": ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][at.month - 1],
        "d": f"{at.day:02}",
        "e": str(at.day),
        "H": f"{at.hour:02}",
        "h": str(at.hour),
        "M": f"{at.minute:02}",
        "S": f"{at.second:02}",
        "3": f"{at.microsecond // 1000:03}",
        "a": ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][at.weekday()],
        "%": "%",
    }
    pieces = to_text(values[1]).split("%")
    text = pieces[0]
    for piece in pieces[1:]:
        text += parts.get(piece[:1], "") + piece[1:]
    return text[:LONGEST_TEXT]


def _decimal_time(values: Sequence[Value]) -> Value:
    moment = to_date(values[0])
    if not isinstance(moment, datetime):
        return math.nan
    return timedelta(hours=moment.hour, minutes=moment.minute, seconds=moment.second) / timedelta(days=1)


def _power(values: Sequence[Value]) -> Value:
    try:
        found = to_number(values[0]) ** to_number(values[1])
    except (OverflowError, ZeroDivisionError):
        return math.nan
    return found if isinstance(found, float) else math.nan


def _real(of: Callable[[float], float]) -> Work:
    def work(values: Sequence[Value]) -> Value:
        number = to_number(values[0])
        try:
            return float(of(number)) if math.isfinite(number) else math.nan
        except (ValueError, OverflowError):
            return math.nan

    return work


def _checklist(values: Sequence[Value]) -> Value:
    low, high = to_number(values[0]), to_number(values[1])
    true = sum(to_truth(value) for value in values[2:])
    return (low < 0 or true >= low) and (high < 0 or true <= high)


def _before(values: Sequence[Value]) -> Value:
    head, found, _ = to_text(values[0]).partition(to_text(values[1]) or "\0")
    return head if found else ""


def _after(values: Sequence[Value]) -> Value:
    return to_text(values[0]).partition(to_text(values[1]) or "\0")[2]


def _extreme(of: Callable[[list[float]], float]) -> Work:
    def work(values: Sequence[Value]) -> Value:
        numbers = _numbers(values)
        return of(numbers) if numbers else math.nan

    return work


def _boolean_text(values: Sequence[Value]) -> Value:
    return to_text(values[0]).strip().lower() in {"true", "1"}


FUNCTIONS: Mapping[str, Function] = MappingProxyType({
    # chosen answers
    "selected": Function(2, 2, _selected),
    "selected-at": Function(2, 2, _selected_at),
    "count-selected": Function(1, 1, lambda values: float(len(_words(values[0])))),
    "jr:choice-name": Function(2, 2),
    # truth
    "true": Function(0, 0, lambda _: True),
    "false": Function(0, 0, lambda _: False),
    "not": Function(1, 1, lambda values: not to_truth(values[0])),
    "boolean": Function(1, 1, lambda values: to_truth(values[0])),
    "boolean-from-string": Function(1, 1, _boolean_text),
    "checklist": Function(2, MANY, _checklist),
    "if": Function(3, 3),
    "coalesce": Function(1, MANY),
    "once": Function(1, 1),
    # numbers
    "number": Function(1, 1, lambda values: to_number(values[0])),
    "int": Function(1, 1, _int),
    "round": Function(1, 2, _round),
    "abs": Function(1, 1, _real(abs)),
    "floor": Function(1, 1, _real(math.floor)),
    "ceiling": Function(1, 1, _real(math.ceil)),
    "sqrt": Function(1, 1, _real(math.sqrt)),
    "exp": Function(1, 1, _real(math.exp)),
    "log": Function(1, 1, _real(math.log)),
    "log10": Function(1, 1, _real(math.log10)),
    "pow": Function(2, 2, _power),
    # several answers
    "sum": Function(1, MANY, lambda values: float(sum(number for number in _numbers(values) if math.isfinite(number)))),
    "min": Function(1, MANY, _extreme(min)),
    "max": Function(1, MANY, _extreme(max)),
    "count": Function(1, 1, lambda values: float(len(_flat(values)))),
    "count-non-empty": Function(1, 1, lambda values: float(sum(to_text(each) != "" for each in _flat(values)))),
    "join": Function(1, MANY, _join),
    "position": Function(1, 1),
    "indexed-repeat": Function(3, 3),
    # texts
    "string": Function(1, 1, lambda values: to_text(values[0])),
    "concat": Function(1, MANY, lambda values: "".join(to_text(each) for each in _flat(values))[:LONGEST_TEXT]),
    "string-length": Function(1, 1, lambda values: float(len(to_text(values[0])))),
    "normalize-space": Function(1, 1, lambda values: " ".join(to_text(values[0]).split())),
    "contains": Function(2, 2, lambda values: to_text(values[1]) in to_text(values[0])),
    "starts-with": Function(2, 2, lambda values: to_text(values[0]).startswith(to_text(values[1]))),
    "ends-with": Function(2, 2, lambda values: to_text(values[0]).endswith(to_text(values[1]))),
    "substr": Function(2, 3, _substr),
    "substring": Function(2, 3, _substring),
    "substring-before": Function(2, 2, _before),
    "substring-after": Function(2, 2, _after),
    "translate": Function(3, 3, _translate),
    "regex": Function(2, 2, _regex),
    # time
    "today": Function(0, 0),
    "now": Function(0, 0),
    "date": Function(1, 1, _date),
    "date-time": Function(1, 1, _date),
    "decimal-date-time": Function(1, 1, lambda values: to_number(to_date(values[0]) or "")),
    "decimal-time": Function(1, 1, _decimal_time),
    "format-date": Function(2, 2, _format_date),
    "format-date-time": Function(2, 2, _format_date),
})  # fmt: skip
"""Every function an expression may call. None needs another file (``pulldata``), chance (``random``, ``uuid``) or a map."""
