"""Heads of sorted tables: the order travels in the address as ``?sort=column`` or ``?sort=-column``, never a name."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; `sorted_columns` fills in ``link`` and ``direction``.

    Attributes
    ----------
    key
        What the address calls it.
    text
        What the reader sees, said already.
    sortable, numeric
        Whether one can sort by it; whether its figures stand to the right.
    """

    key: str
    text: str
    sortable: bool = True
    numeric: bool = False
    link: str = ""
    direction: Literal["", "ascending", "descending"] = ""


def order_of(request: HttpRequest, columns: Sequence[Column], default: str) -> tuple[str, bool]:
    """Return the column to sort by and whether downwards. What the address asks for counts only if it is a sortable column."""
    asked = request.GET.get("sort", default)
    if asked.removeprefix("-") not in {column.key for column in columns if column.sortable}:
        asked = default
    return asked.removeprefix("-"), asked.startswith("-")


def sorted_columns(request: HttpRequest, columns: Sequence[Column], default: str) -> list[Column]:
    """Return the columns with their links; the one sorted by turns round."""
    key, down = order_of(request, columns, default)
    filled = []
    for column in columns:
        if not column.sortable:
            filled.append(column)
            continue
        here = column.key == key
        query = request.GET.copy()
        query["sort"] = f"-{column.key}" if here and not down else column.key
        query.pop("page", None)
        direction: Literal["", "ascending", "descending"] = ("descending" if down else "ascending") if here else ""
        filled.append(replace(column, link=f"?{query.urlencode()}", direction=direction))
    return filled
