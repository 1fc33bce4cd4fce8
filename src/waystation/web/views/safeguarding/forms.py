from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from django import forms

from waystation.safeguarding.htcds import DecidingOrganisation, TraffickingStatus
from waystation.safeguarding.models import Age, Care, Grade, Parent, Recommendation, Verdict
from waystation.safeguarding.models.children import SMALLEST_PANEL
from waystation.safeguarding.services import Member
from waystation.safeguarding.services.screens import TABLES
from waystation.web.views.cases.forms import LinesField
from waystation.web.wording import say_lazy

SEATS = 6
"""So many members of a panel fit into the form."""


def chosen(words: Iterable[str], beginning: str) -> list[tuple[str, Any]]:
    """Return choices with their words, whose keys begin with ``beginning``."""
    return [(str(word), say_lazy(f"{beginning}{word}")) for word in words]


def one_of(kind: type[StrEnum], name: str, beginning: str) -> forms.ChoiceField:
    """Return a field for one of a few declared words, each of them to be seen."""
    return forms.ChoiceField(
        label=say_lazy(f"safeguarding.field.{name}"),
        choices=chosen([word.value for word in kind], beginning),
        widget=forms.RadioSelect,
    )


def text(name: str, *, rows: int = 4, required: bool = True, hint: bool = False, limit: int = 10_000) -> LinesField:
    """Return a field for words."""
    return LinesField(
        label=say_lazy(f"safeguarding.field.{name}"),
        help_text=say_lazy(f"safeguarding.field.{name}.hint") if hint else "",
        max_length=limit,
        widget=forms.Textarea(attrs={"rows": rows}),
        required=required,
    )


class ScreenForm(forms.Form):
    """What a traveller told and what was seen. There is no field for a status."""

    PARTS = ("indicators", "acts", "recruitment", "means", "exploitation", "industries", "sex_exploitation")

    def __init__(self, *args: Any, **options: Any) -> None:
        """Add a group of boxes for each list of the standard, and the words."""
        super().__init__(*args, **options)
        for name in self.PARTS:
            self.fields[name] = forms.MultipleChoiceField(
                label=say_lazy(f"safeguarding.field.{name}"),
                choices=chosen(TABLES[name], BEGINNINGS[name]),
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )
        self.fields["recruited_where"] = text("recruited_where", rows=2, required=False, limit=500)
        self.fields["exploited_where"] = text("exploited_where", rows=2, required=False, limit=500)
        self.fields["words"] = text("screen_words", rows=6, required=False, hint=True, limit=20_000)

    def values(self) -> dict[str, Any]:
        """Return what was given, as the service takes it."""
        given = self.cleaned_data
        places = {name: given[name] for name in ("recruited_where", "exploited_where", "words")}
        return {"seen": {name: given[name] for name in self.PARTS}, **places}


BEGINNINGS = {
    "indicators": "safeguarding.indicator.",
    "acts": "safeguarding.act.",
    "recruitment": "safeguarding.recruitment.",
    "means": "safeguarding.means.",
    "exploitation": "safeguarding.exploitation.",
    "industries": "safeguarding.industry.",
    "sex_exploitation": "safeguarding.sex_exploitation.",
}


class StatusForm(forms.Form):
    """What somebody decided, who, and why."""

    status = one_of(TraffickingStatus, "status", "safeguarding.status.")
    decided_by_kind = one_of(DecidingOrganisation, "decided_by_kind", "safeguarding.decider.")
    decided_by = forms.CharField(
        label=say_lazy("safeguarding.field.decided_by"),
        help_text=say_lazy("safeguarding.field.decided_by.hint"),
        max_length=300,
    )
    why = text("why")


class CareForm(forms.Form):
    """What is known of a child."""

    age = one_of(Age, "age", "safeguarding.age.")
    care = one_of(Care, "care", "safeguarding.care.")
    care_evidence = text("care_evidence", rows=3, hint=True)
    care_grade = one_of(Grade, "care_grade", "safeguarding.grade.")
    mother = one_of(Parent, "mother", "safeguarding.parent.")
    father = one_of(Parent, "father", "safeguarding.parent.")
    parents_evidence = text("parents_evidence", rows=3, hint=True)
    parents_grade = one_of(Grade, "parents_grade", "safeguarding.grade.")


class AssessForm(forms.Form):
    """A best interests assessment."""

    words = text("assessment", rows=10, hint=True, limit=50_000)
    recommendation = one_of(Recommendation, "recommendation", "safeguarding.recommendation.")


class DetermineForm(forms.Form):
    """What a panel determined."""

    words = text("determination", rows=10, hint=True, limit=50_000)
    recommendation = one_of(Recommendation, "recommendation", "safeguarding.recommendation.")

    def __init__(self, *args: Any, **options: Any) -> None:
        """Add the seats of the panel."""
        super().__init__(*args, **options)
        for seat in range(1, SEATS + 1):
            needed = seat <= SMALLEST_PANEL
            self.fields[f"name_{seat}"] = forms.CharField(
                label=say_lazy("safeguarding.field.member"), max_length=200, required=needed
            )
            self.fields[f"role_{seat}"] = forms.CharField(
                label=say_lazy("safeguarding.field.member_role"), max_length=200, required=needed
            )

    @property
    def first_fields(self) -> list[forms.BoundField]:
        """The fields before the panel."""
        return [self["words"], self["recommendation"]]

    @property
    def seats(self) -> list[list[forms.BoundField]]:
        """The fields of each member."""
        return [[self[f"name_{seat}"], self[f"role_{seat}"]] for seat in range(1, SEATS + 1)]

    def members(self) -> list[Member]:
        """Return who sat on the panel."""
        seats = range(1, SEATS + 1)
        given = [(self.cleaned_data[f"name_{seat}"], self.cleaned_data[f"role_{seat}"]) for seat in seats]
        return [Member(name, role) for name, role in given if name.strip()]


class OverrideForm(forms.Form):
    """Why something that blocks is passed over."""

    words = text("override", rows=6, hint=True)


class DecideForm(forms.Form):
    """A second person's decision on a paper."""

    verdict = one_of(Verdict, "verdict", "safeguarding.verdict.")
    why = text("verdict_why", rows=4)
