from typing import Any
from uuid import UUID

from django import forms

from waystation.safeguarding.deadlines import DEADLINES, Gravity
from waystation.safeguarding.models import Origin, Outcome
from waystation.safeguarding.services import Heard
from waystation.web.views.cases.forms import LinesField
from waystation.web.wording import say_lazy

PREFIX = "safeguarding.complaint."


def _lines(name: str, rows: int, *, required: bool = False, hint: bool = True) -> LinesField:
    return LinesField(
        label=say_lazy(f"{PREFIX}{name}"),
        help_text=say_lazy(f"{PREFIX}{name}.hint") if hint else "",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": rows}),
        required=required,
    )


class ComplaintForm(forms.Form):
    """A complaint: what it is, about whom, and only then from whom."""

    words = _lines("words", 8, required=True)
    gravity = forms.ChoiceField(
        label=say_lazy("safeguarding.complaint.gravity"),
        help_text=say_lazy("safeguarding.complaint.gravity.hint"),
        choices=[(word.value, say_lazy(f"safeguarding.gravity.{word}")) for word in DEADLINES],
        widget=forms.RadioSelect,
    )
    about = forms.MultipleChoiceField(
        label=say_lazy("safeguarding.complaint.about"),
        help_text=say_lazy("safeguarding.complaint.about.hint"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    about_words = forms.CharField(
        label=say_lazy("safeguarding.complaint.about_words"),
        help_text=say_lazy("safeguarding.complaint.about_words.hint"),
        max_length=1_000,
        required=False,
    )
    keep_away = forms.MultipleChoiceField(
        label=say_lazy("safeguarding.complaint.keep_away"),
        help_text=say_lazy("safeguarding.complaint.keep_away.hint"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    origin = forms.ChoiceField(
        label=say_lazy("safeguarding.complaint.origin"),
        choices=[(word.value, say_lazy(f"safeguarding.origin.{word}")) for word in Origin],
        widget=forms.RadioSelect,
    )
    complainant = forms.CharField(
        label=say_lazy("safeguarding.complaint.complainant"),
        help_text=say_lazy("safeguarding.complaint.complainant.hint"),
        max_length=200,
        required=False,
    )
    contact = forms.CharField(
        label=say_lazy("safeguarding.complaint.contact"),
        help_text=say_lazy("safeguarding.complaint.contact.hint"),
        max_length=500,
        required=False,
    )
    wish = _lines("wish", 3, hint=False)

    def __init__(self, people: list[tuple[str, str]], *args: Any, **options: Any) -> None:
        """Offer ``people``: ids and names of those who work here."""
        super().__init__(*args, **options)
        for name in ("about", "keep_away"):
            self.fields[name].choices = people  # type: ignore[attr-defined] # they are ChoiceFields

    def heard(self) -> Heard:
        """Return what was given."""
        given = self.cleaned_data
        return Heard(
            origin=Origin(given["origin"]),
            gravity=Gravity(given["gravity"]),
            words=given["words"],
            about=tuple(UUID(each) for each in given["about"]),
            keep_away=tuple(UUID(each) for each in given["keep_away"]),
            about_words=given["about_words"],
            complainant=given["complainant"],
            contact=given["contact"],
            wish=given["wish"][:5_000],
        )


class WordsForm(forms.Form):
    """A step, in words."""

    words = _lines("step_words", 3, required=True, hint=False)


class AnswerForm(forms.Form):
    """What came of it."""

    outcome = forms.ChoiceField(
        label=say_lazy("safeguarding.complaint.outcome"),
        choices=[(word.value, say_lazy(f"safeguarding.outcome.{word}")) for word in Outcome],
        widget=forms.RadioSelect,
    )
    words = _lines("answer_words", 4, required=True)


class HandOverForm(forms.Form):
    """To whom it goes, and why."""

    person = forms.ChoiceField(
        label=say_lazy("safeguarding.complaint.to"), help_text=say_lazy("safeguarding.complaint.to.hint")
    )
    words = _lines("hand_over_why", 2, required=True, hint=False)

    def __init__(self, people: list[tuple[str, str]], *args: Any, **options: Any) -> None:
        """Offer ``people``: ids and names."""
        super().__init__(*args, **options)
        self.fields["person"].choices = people  # type: ignore[attr-defined] # it is a ChoiceField
