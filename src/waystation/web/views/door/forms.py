from collections.abc import Sequence
from uuid import UUID

from django import forms

from waystation.web.wording import say, say_lazy

LONGEST_PASSPHRASE, LONGEST_SHARE, LONGEST_NAME = 1024, 1000, 200

_SECRET = {
    "autocomplete": "off",
    "autocapitalize": "none",
    "autocorrect": "off",
    "spellcheck": "false",
    "class": "masked",
}
"""A browser must neither keep nor send away what is typed here; a field of type password would make it offer to."""
_PLAIN = {**_SECRET, "class": ""}


class SecretInput(forms.PasswordInput):
    """A line whose content is never written into a page again, and that no browser takes for a password to keep."""

    input_type = "text"


class PassphraseForm(forms.Form):
    """The passphrase, to unlock."""

    passphrase = forms.CharField(
        label=say_lazy("door.passphrase"),
        max_length=LONGEST_PASSPHRASE,
        widget=SecretInput(attrs={**_SECRET, "autofocus": True}),
    )


class OrganisationForm(forms.Form):
    """Who founds what."""

    organisation = forms.CharField(label=say_lazy("door.organisation.name"), max_length=LONGEST_NAME)
    person = forms.CharField(label=say_lazy("door.organisation.person"), max_length=LONGEST_NAME)
    works_on_cases = forms.BooleanField(
        label=say_lazy("door.organisation.case_lead"),
        help_text=say_lazy("door.organisation.case_lead.hint"),
        required=False,
        initial=True,
    )


class RepeatForm(forms.Form):
    """The new passphrase, typed once to show that it was written down."""

    typed = forms.CharField(
        label=say_lazy("door.repeat.label"),
        max_length=LONGEST_PASSPHRASE,
        widget=forms.TextInput(attrs={**_PLAIN, "autofocus": True}),
    )


class ConfirmForm(forms.Form):
    """Two of the printed shares, typed back."""

    def __init__(self, numbers: Sequence[int], data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type] # a QueryDict or None
        for place, number in enumerate(numbers):
            label = say("door.confirm.sheet", number=number) if number else say("door.confirm.any", number=place + 1)
            self.fields[f"share_{place}"] = _share_field(label)

    @property
    def typed(self) -> list[str]:
        """What was typed, in the order asked for."""
        return [str(self.cleaned_data[name]) for name in self.fields]


class SharesForm(forms.Form):
    """Three shares, to recover."""

    def __init__(self, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type] # a QueryDict or None
        for place in range(3):
            self.fields[f"share_{place}"] = _share_field(say("door.recover.share", number=place + 1))

    @property
    def typed(self) -> list[str]:
        """What was typed."""
        return [str(self.cleaned_data[name]) for name in self.fields]


def _share_field(label: str) -> forms.CharField:
    return forms.CharField(label=label, max_length=LONGEST_SHARE, widget=forms.Textarea(attrs={**_PLAIN, "rows": 3}))


class RecoverForm(forms.Form):
    """Who lost the passphrase, and the new one typed once."""

    def __init__(self, people: Sequence[tuple[UUID, str]], data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type] # a QueryDict or None
        choices = [(str(person_id), name) for person_id, name in people]
        self.fields["person"] = forms.ChoiceField(
            label=say("door.recover.person"), choices=choices, widget=forms.RadioSelect
        )
        self.fields["typed"] = forms.CharField(
            label=say("door.repeat.label"), max_length=LONGEST_PASSPHRASE, widget=forms.TextInput(attrs=_PLAIN)
        )
