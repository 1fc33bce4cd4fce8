"""The questions of a first call, a few at a time, and no others."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from waystation.cases.models import AGE_BANDS, ASKERS, WAYS
from waystation.cases.models.request import SPOKEN
from waystation.cases.services import FirstCall
from waystation.cases.steps.vocabulary import Priority
from waystation.web.views.desk.fields import day, line, lines, one_of
from waystation.web.wording import say, say_lazy

MOST_OF_A_BAND = 99


class ForWhom(forms.Form):
    """Whom help is asked for: looked for first, so that nobody is entered twice."""

    for_whom = line("desk.request.for_whom", longest=200, required=True, hint="desk.request.for_whom.hint")


class Asker(forms.Form):
    """Who asks."""

    asker = one_of("desk.request.asker", ASKERS, "desk.asker", required=True, rounds=True)
    asker_name = line("desk.request.asker_name", longest=200, hint="desk.request.asker_name.hint")


class Answer(forms.Form):
    """How and when it is safe to answer."""

    answer_way = one_of("desk.request.answer_way", WAYS, "desk.way", required=True)
    answer_address = line(
        "desk.request.answer_address", longest=300, required=True, hint="desk.request.answer_address.hint"
    )
    answer_time = line("desk.request.answer_time", longest=300, hint="desk.request.answer_time.hint")
    language = one_of("desk.request.language", SPOKEN, "desk.language")


class People(forms.Form):
    """How many, of which ages."""

    def __init__(self, *args: Any, **options: Any) -> None:
        """Ask for a number of each band."""
        super().__init__(*args, **options)
        for band in AGE_BANDS:
            self.fields[f"heads_{band}"] = forms.IntegerField(
                label=say_lazy(f"desk.age.{band}"),
                min_value=0,
                max_value=MOST_OF_A_BAND,
                required=False,
                widget=forms.TextInput(
                    attrs={"inputmode": "numeric", "class": "number", "unit": say_lazy("cases.field.party_size.unit")}
                ),
            )

    def clean(self) -> dict[str, Any]:
        """Demand at least one person."""
        given = super().clean() or {}
        if not self.errors and not sum(given.get(f"heads_{band}") or 0 for band in AGE_BANDS):
            raise forms.ValidationError(say("desk.missing.heads"))
        return given


class Danger(forms.Form):
    """Where about, and what the danger is, in their words."""

    region = line("desk.request.region", longest=200, hint="desk.request.region.hint")
    danger = lines("desk.request.danger", longest=10_000, rows=6, hint="desk.request.danger.hint")
    priority = one_of("desk.priority", Priority, "desk.priority", required=True, rounds=True)
    deadline = day("desk.request.deadline")


class Consent(forms.Form):
    """Whether whoever is asked for agreed to be contacted."""

    contact_consent = one_of(
        "desk.request.contact_consent",
        ("yes", "no", "not_asked"),
        "desk.consent",
        required=True,
        rounds=True,
        hint="desk.request.contact_consent.hint",
    )


STAGES: Mapping[str, type[forms.Form]] = {
    "for_whom": ForWhom,
    "asker": Asker,
    "answer": Answer,
    "people": People,
    "danger": Danger,
    "consent": Consent,
}
"""The questions in their order, a few on each page."""


def form_of(stage: str, typed: Mapping[str, Sequence[str]], *, bound: bool) -> forms.Form:
    """Return a stage's form with what was typed: to be looked at, or (``bound``) to be judged."""
    given = QueryDict(mutable=True)
    for name, values in typed.items():
        given.setlist(name, list(values))
    if bound:
        return STAGES[stage](given)
    blank = STAGES[stage]()
    initial = {name: each.widget.value_from_datadict(given, {}, name) for name, each in blank.fields.items()}
    if stage == "danger" and not initial["priority"]:
        initial["priority"] = Priority.NORMAL.value
    return STAGES[stage](initial=initial)


def faulty_stage(typed: Mapping[str, Sequence[str]]) -> str:
    """Return the first stage whose answers cannot be taken yet; empty when all can."""
    return next((stage for stage in STAGES if not form_of(stage, typed, bound=True).is_valid()), "")


def first_call(typed: Mapping[str, Sequence[str]]) -> FirstCall:
    """Return what was said; every stage's answers were judged good."""
    given: dict[str, Any] = {}
    for stage in STAGES:
        form = form_of(stage, typed, bound=True)
        form.is_valid()
        given |= form.cleaned_data
    heads = {band: given.pop(f"heads_{band}") or 0 for band in AGE_BANDS}
    deadline: date | None = given.pop("deadline")
    return FirstCall(**{**given, "priority": Priority(given["priority"])}, heads=heads, deadline=deadline)
