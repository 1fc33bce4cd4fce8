"""Fields that several forms of the desk have."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from waystation.web.views.cases.forms import DATE_FORMATS, LinesField
from waystation.web.wording import say, say_lazy

_BIRTH = re.compile(r"(\d{4})(?:[-./ ]+(\d{1,2}))?(?:[-./ ]+(\d{1,2}))?\.?$")


def day(key: str, *, required: bool = False) -> forms.DateField:
    """Return a field for a day, typed and not picked."""
    return forms.DateField(
        label=say_lazy(key),
        help_text=say_lazy("desk.day.hint"),
        input_formats=DATE_FORMATS,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"inputmode": "numeric", "class": "short"}),
        required=required,
    )


def line(key: str, *, longest: int, required: bool = False, hint: str = "") -> forms.CharField:
    """Return a field for one line."""
    return forms.CharField(
        label=say_lazy(key), help_text=say_lazy(hint) if hint else "", max_length=longest, required=required
    )


def lines(key: str, *, longest: int, rows: int = 4, required: bool = False, hint: str = "") -> LinesField:
    """Return a field for several lines."""
    return LinesField(
        label=say_lazy(key),
        help_text=say_lazy(hint) if hint else "",
        max_length=longest,
        widget=forms.Textarea(attrs={"rows": rows}),
        required=required,
    )


def one_of(
    key: str, words: Iterable[str], said: str, *, required: bool = False, rounds: bool = False, hint: str = ""
) -> forms.ChoiceField:
    """Return a field for one of some declared words, to be clicked (``rounds``) or chosen from a list.

    ``said`` is what their texts' keys begin with.
    """
    choices = [(word, say_lazy(f"{said}.{word}")) for word in words]
    return forms.ChoiceField(
        label=say_lazy(key),
        help_text=say_lazy(hint) if hint else "",
        choices=choices if rounds else [("", say_lazy("desk.choose" if required else "cases.not_given")), *choices],
        widget=forms.RadioSelect if rounds else forms.Select,
        required=required,
    )


def several_of(key: str, words: Iterable[str], said: str) -> forms.MultipleChoiceField:
    """Return a field for any of some declared words."""
    return forms.MultipleChoiceField(
        label=say_lazy(key),
        choices=[(word, say_lazy(f"{said}.{word}")) for word in words],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


def version() -> forms.IntegerField:
    """Return the hidden field for the version that the writer saw."""
    return forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput, required=False)


class BirthField(forms.CharField):
    """A birth date as exactly as it is known: a year, a month or a day."""

    def to_python(self, value: Any) -> Any:
        """Return ``{"date": ..., "precision": ...}``; None for nothing."""
        text = super().to_python(value)
        if not text:
            return None
        found = _BIRTH.match(text.strip())
        if found is None or not _is_day(*found.groups()):
            raise forms.ValidationError(say("desk.birth.wrong"))
        parts = [f"{int(part):02d}" if index else part for index, part in enumerate(found.groups()) if part]
        return {"date": "-".join(parts), "precision": ("year", "month", "day")[len(parts) - 1]}

    def prepare_value(self, value: Any) -> Any:
        """Return a stored one as it is typed."""
        return value["date"] if isinstance(value, dict) else value


def _is_day(year: str, month: str | None, day_: str | None) -> bool:
    try:
        date(int(year), int(month or 1), int(day_ or 1))
    except ValueError:
        return False
    return int(year) >= 1900
