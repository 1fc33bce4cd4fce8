import math
import re
from datetime import date, datetime, time

from waystation.intake.expressions.values import to_number
from waystation.intake.forms.form import Kind, Question

_INTEGER = re.compile(r"[+-]?\d{1,18}")
_TIME_ZONE = re.compile(r"(?:Z|[+-]\d{2}:?\d{2})$")


def fits(question: Question, text: str) -> bool:
    """Tell whether an answer that is not empty is of its question's kind and within its range. Choices are asked elsewhere."""
    text = text.strip()
    if question.kind in {Kind.INTEGER, Kind.DECIMAL}:
        number = to_number(text)
        whole = question.kind is Kind.DECIMAL or _INTEGER.fullmatch(text) is not None
        return whole and math.isfinite(number) and not _is_day(text) and _within(question, number)
    if question.kind is Kind.DATE:
        return _is_day(text)
    if question.kind is Kind.TIME:
        return _reads(time.fromisoformat, _TIME_ZONE.sub("", text))
    if question.kind is Kind.MOMENT:
        return _reads(datetime.fromisoformat, text) and len(text) > len("2000-01-01")
    return True


def _within(question: Question, number: float) -> bool:
    low, high = question.lowest, question.highest
    return (low is None or number >= low) and (high is None or number <= high)


def _is_day(text: str) -> bool:
    return re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) is not None and _reads(date.fromisoformat, text)


def _reads(read: object, text: str) -> bool:
    try:
        read(text)  # type: ignore[operator] # one of three readers of ISO 8601
    except ValueError:
        return False
    return True
