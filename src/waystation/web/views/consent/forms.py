from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms

from waystation.consent.models import Answer, Capacity, SaidBy
from waystation.consent.purposes import Purpose
from waystation.consent.services import Asked
from waystation.consent.services.record import PARTS
from waystation.web.views.cases.forms import DATE_FORMATS, LinesField
from waystation.web.wording import say_lazy

WITHHELD = 3
"""So many things to withhold fit into one answer."""


class AnswerForm(forms.Form):
    """One answer about one purpose."""

    purpose = forms.ChoiceField(
        label=say_lazy("consent.field.purpose"),
        help_text=say_lazy("consent.field.purpose.hint"),
        choices=[(word.value, say_lazy(f"consent.purpose.{word}")) for word in Purpose],
    )
    answer = forms.ChoiceField(
        label=say_lazy("consent.field.answer"),
        choices=[(word.value, say_lazy(f"consent.answer.{word}")) for word in Answer],
        widget=forms.RadioSelect,
    )
    said_by = forms.ChoiceField(
        label=say_lazy("consent.field.said_by"),
        choices=[(word.value, say_lazy(f"consent.said_by.{word}")) for word in SaidBy],
        widget=forms.RadioSelect,
        initial=SaidBy.SELF.value,
    )
    guardian = forms.CharField(
        label=say_lazy("consent.field.guardian"),
        help_text=say_lazy("consent.field.guardian.hint"),
        max_length=200,
        required=False,
    )
    capacity = forms.ChoiceField(
        label=say_lazy("consent.field.capacity"),
        help_text=say_lazy("consent.field.capacity.hint"),
        choices=[(word.value, say_lazy(f"consent.capacity.{word}")) for word in Capacity],
        widget=forms.RadioSelect,
        initial=Capacity.ABLE.value,
    )
    shared_with = forms.CharField(
        label=say_lazy("consent.field.shared_with"),
        help_text=say_lazy("consent.field.shared_with.hint"),
        max_length=1_000,
        required=False,
    )
    until = forms.DateField(
        label=say_lazy("consent.field.until"),
        help_text=say_lazy("consent.field.until.hint"),
        input_formats=DATE_FORMATS,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"inputmode": "numeric"}),
        required=False,
    )
    words = LinesField(
        label=say_lazy("consent.field.words"),
        help_text=say_lazy("consent.field.words.hint"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        """Add the lines for what is to be withheld."""
        super().__init__(*args, **options)
        for number in range(1, WITHHELD + 1):
            for part in PARTS:
                self.fields[f"{part}_{number}"] = forms.CharField(
                    label=say_lazy(f"consent.withheld.{part}"), max_length=500, required=False
                )

    @property
    def first_fields(self) -> list[forms.BoundField]:
        """The fields before what is withheld."""
        return [field for field in self.visible_fields() if not field.name[-1].isdigit()]

    @property
    def withheld_lines(self) -> list[list[forms.BoundField]]:
        """The fields of each thing to withhold."""
        return [[self[f"{part}_{number}"] for part in PARTS] for number in range(1, WITHHELD + 1)]

    def asked(self, traveller_id: UUID) -> Asked:
        """Return what was given."""
        given = self.cleaned_data
        lines = [{part: given[f"{part}_{number}"] for part in PARTS} for number in range(1, WITHHELD + 1)]
        return Asked(
            traveller_id=traveller_id,
            purpose=Purpose(given["purpose"]),
            answer=Answer(given["answer"]),
            said_by=SaidBy(given["said_by"]),
            capacity=Capacity(given["capacity"]),
            guardian=given["guardian"],
            shared_with=given["shared_with"],
            withheld=tuple(line for line in lines if any(line.values())),
            words=given["words"],
            until=end_of_day(given["until"]) if given["until"] else None,
        )


class WithdrawForm(forms.Form):
    """That a yes was taken back."""

    said_by = forms.ChoiceField(
        label=say_lazy("consent.withdraw.said_by"),
        choices=[(word.value, say_lazy(f"consent.said_by.{word}")) for word in SaidBy],
        widget=forms.RadioSelect,
        initial=SaidBy.SELF.value,
    )
    words = LinesField(
        label=say_lazy("consent.withdraw.words"),
        help_text=say_lazy("consent.withdraw.words.hint"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )


def end_of_day(day: Any) -> datetime:
    """Return when a day is over (UTC): what holds until a day holds on it."""
    return datetime.combine(day + timedelta(days=1), time(), UTC)
