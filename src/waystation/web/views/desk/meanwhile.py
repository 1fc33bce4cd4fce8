"""What a colleague saved while a form was being filled in, beside what was typed: nothing is overwritten unseen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms

from waystation.web.wording import say


@dataclass(frozen=True)
class Difference:
    """A field that is saved otherwise than it was typed: what it is called, what was typed here, what is saved now."""

    label: str
    typed: str = field(repr=False)
    saved: str = field(repr=False)


def differences(form: forms.Form, now: Mapping[str, Any]) -> list[Difference]:
    """Return where a form that was judged good differs from what is saved ``now``, in the form's order."""
    found = []
    for name, each in form.fields.items():
        typed, saved = form.cleaned_data.get(name), now.get(name)
        if name != "version" and (typed or None) != (saved or None):
            found.append(Difference(str(form[name].label), _words(each, typed), _words(each, saved)))
    return found


def _words(each: forms.Field, value: Any) -> str:
    """Return a value as the form's reader reads it."""
    if not value:
        return say("cases.both.empty")
    shown = each.prepare_value(value)
    known: dict[str, str] = {}
    if isinstance(each, forms.ChoiceField):
        known = {str(word): str(text) for word, text in each.choices}  # type: ignore[union-attr, misc] # pairs
    if isinstance(shown, list):
        return ", ".join(known.get(str(one), str(one)) for one in shown)
    return known.get(str(shown), str(shown))
