from collections.abc import Collection, Mapping
from typing import Any, Self

from django import forms
from django.conf import settings
from django.utils.safestring import SafeString

from waystation.cases.models import NEEDS, TIER_FIELDS, URGENCIES
from waystation.store.files import LARGEST_FILE
from waystation.store.tiers import Tier
from waystation.web.wording import say, say_lazy

DATE_FORMATS = ("%Y-%m-%d", "%Y.%m.%d", "%Y. %m. %d.", "%Y. %m. %d", "%Y/%m/%d", "%Y %m %d", "%Y%m%d")


class LinesField(forms.CharField):
    """A text of several lines, which end the same way whatever sent them."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> Any:
        """Return the text with plain ends of lines."""
        text = super().to_python(value)
        return text.replace("\r\n", "\n") if isinstance(text, str) else text


class IdentityPart(forms.Form):
    """Who it is."""

    name = forms.CharField(
        label=say_lazy("cases.field.name"), help_text=say_lazy("cases.field.name.hint"), max_length=200, required=False
    )
    birth_date = forms.DateField(
        label=say_lazy("cases.field.birth_date"),
        help_text=say_lazy("cases.field.birth_date.hint"),
        input_formats=DATE_FORMATS,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"inputmode": "numeric"}),
        required=False,
    )


class MovementPart(forms.Form):
    """Where they are and how many."""

    whereabouts = LinesField(
        label=say_lazy("cases.field.whereabouts"),
        help_text=say_lazy("cases.field.whereabouts.hint"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    party_size = forms.IntegerField(
        label=say_lazy("cases.field.party_size"),
        min_value=1,
        max_value=200,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "unit": say_lazy("cases.field.party_size.unit")}),
        required=False,
    )


class WelfarePart(forms.Form):
    """How they are and what they need."""

    urgency = forms.ChoiceField(
        label=say_lazy("cases.field.urgency"),
        choices=[("", say_lazy("cases.not_given")), *((word, say_lazy(f"cases.urgency.{word}")) for word in URGENCIES)],
        required=False,
    )
    needs = forms.MultipleChoiceField(
        label=say_lazy("cases.field.needs"),
        choices=[(word, say_lazy(f"cases.need.{word}")) for word in NEEDS],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    note = LinesField(
        label=say_lazy("cases.field.note"),
        help_text=say_lazy("cases.field.note.hint"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        required=False,
    )


class EvidencePart(forms.Form):
    """What they saw."""

    testimony = LinesField(
        label=say_lazy("cases.field.testimony"),
        help_text=say_lazy("cases.field.testimony.hint"),
        max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 14}),
        required=False,
    )


PARTS: dict[Tier, type[forms.Form]] = {
    Tier.IDENTITY: IdentityPart,
    Tier.MOVEMENT: MovementPart,
    Tier.WELFARE: WelfarePart,
    Tier.EVIDENCE: EvidencePart,
}


class SectionForm(forms.Form):
    """A part of a case to change. It carries what its writer saw, hidden, so that only what they changed is saved."""

    version = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        """Let every sealed field carry the value it was shown with beside it."""
        super().__init__(*args, **options)
        for name, field in self.fields.items():
            field.show_hidden_initial = name != "version"

    @classmethod
    def over(cls, saved: Mapping[str, Any], typed: Mapping[str, Any], version: int) -> Self:
        """Return the form that would save ``typed`` over ``saved``, the case being at ``version``."""
        now = {name: "" if value is None else value for name, value in saved.items()}
        seen = {f"initial-{name}": value for name, value in now.items()}
        given = {name: "" if value is None else value for name, value in typed.items()}
        return cls({**now, **given, **seen, "version": version})

    @property
    def seen_inputs(self) -> list[SafeString]:
        """The hidden inputs with the values seen."""
        return [self[name].as_hidden(only_initial=True) for name in self.fields if name != "version"]

    def changed_values(self) -> dict[str, Any]:
        """Return the fields that the person changed, with what they gave; None where they emptied one."""
        return {name: self.cleaned_data[name] or None for name in self.changed_data if name != "version"}


def _section(tier: Tier) -> type[SectionForm]:
    return type(f"{tier.name.title()}Form", (PARTS[tier], SectionForm), {})


SECTIONS = {tier: _section(tier) for tier in Tier}
"""The form of each part of a case."""


class NewCaseForm(IdentityPart, MovementPart, WelfarePart):
    """A new case, of those parts whose keys its writer gets."""

    field_order = ("name", "birth_date", "party_size", "whereabouts", "urgency", "needs", "note")

    def __init__(self, tiers: Collection[Tier], *args: Any, **options: Any) -> None:
        """Ask for fields of ``tiers`` alone; a name, or what stands for one, is asked for where identities are."""
        super().__init__(*args, **options)
        kept = {name for tier in tiers for name in TIER_FIELDS[tier]}
        for name in set(self.fields) - kept:
            del self.fields[name]
        if "name" in self.fields:
            self.fields["name"].required = True

    def values(self) -> dict[str, Any]:
        """Return what was given."""
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "", [])}


def largest_upload() -> str:
    """Return how large a file may be, in words: as large as one request may be, and no larger than a file that is kept."""
    megabytes = min(LARGEST_FILE, getattr(settings, "LARGEST_BODY", LARGEST_FILE)) // 1024**2
    return f"{megabytes // 1024} GB" if megabytes >= 1024 else f"{megabytes} MB"


class FileForm(forms.Form):
    """A file to keep."""

    file = forms.FileField(label=say_lazy("cases.file.choose"))
    tier = forms.ChoiceField(label=say_lazy("cases.file.tier"), help_text=say_lazy("cases.file.tier.hint"))

    def __init__(self, tiers: Collection[Tier], *args: Any, **options: Any) -> None:
        """Offer ``tiers`` to keep it in, evidence first."""
        super().__init__(*args, **options)
        self.fields["file"].help_text = say("cases.file.hint", limit=largest_upload())
        choices = [(tier.value, say_lazy(f"cases.tier.{tier}")) for tier in reversed(Tier) if tier in tiers]
        self.fields["tier"].choices = choices  # type: ignore[attr-defined] # it is a ChoiceField


class SearchForm(forms.Form):
    """What to look for; sent by POST alone, kept nowhere."""

    text = forms.CharField(
        label=say_lazy("cases.search.text"),
        help_text=say_lazy("cases.search.hint"),
        min_length=1,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "autofocus": True}),
    )
