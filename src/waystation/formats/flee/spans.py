"""Sets of days, counted from the first day of a simulation, as sorted spans that neither touch nor overlap."""

from collections.abc import Iterable
from datetime import date, timedelta

from waystation.engine.model import DateRange

FOREVER = 10**9
"""The end of a span that has none."""

Span = tuple[int, int]
"""The days from the first number up to, and without, the second."""

Spans = tuple[Span, ...]

ALWAYS: Spans = ((0, FOREVER),)


def union(spans: Iterable[Span]) -> Spans:
    """Return the days that lie in any of the spans, given in any order; empty spans are left out."""
    joined: list[Span] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return tuple(joined)


def intersection(first: Spans, second: Spans) -> Spans:
    """Return the days that lie in both."""
    return union((max(a, c), min(b, d)) for a, b in first for c, d in second)


def difference(first: Spans, second: Spans) -> Spans:
    """Return the days of the first that do not lie in the second."""
    left = list(first)
    for start, end in second:
        left = [piece for a, b in left for piece in ((a, min(b, start)), (max(a, end), b)) if piece[0] < piece[1]]
    return union(left)


def open_dates(closed: Spans, first_day: date) -> tuple[DateRange, ...]:
    """Return the dates that are not closed, before the first day too; empty where nothing is ever closed."""
    ranges = []
    opens: date | None = None
    for start, end in closed:
        ranges.append(DateRange(opens, first_day + timedelta(days=start - 1)))
        if end == FOREVER:
            return tuple(ranges)
        opens = first_day + timedelta(days=end)
    return (*ranges, DateRange(opens, None)) if ranges else ()


def closed_spans(runs_on: Iterable[DateRange], first_day: date) -> Spans:
    """Return the days from the first on that lie in none of the ranges; no ranges mean that nothing is closed."""
    ranges = tuple(runs_on)
    if not ranges:
        return ()
    return difference(ALWAYS, union(_span(dates, first_day) for dates in ranges))


def _span(dates: DateRange, first_day: date) -> Span:
    start = 0 if dates.first is None else max(0, (dates.first - first_day).days)
    end = FOREVER if dates.last is None else max(0, (dates.last - first_day).days + 1)
    return start, end
