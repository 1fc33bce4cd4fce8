import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms

from waystation.accounts.errors import RolesRefusedError
from waystation.accounts.policies import refuse_union
from waystation.accounts.roles import Role
from waystation.kernel import BadInputError
from waystation.web.wording import say, say_lazy


class RolesForm(forms.Form):
    """What somebody does here, and with whom."""

    roles = forms.MultipleChoiceField(
        label=say_lazy("people.roles"),
        help_text=say_lazy("people.roles.hint"),
        choices=[(role.value, say_lazy(f"people.role.{role}")) for role in Role],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": say_lazy("people.roles.none")},
    )
    team = forms.ChoiceField(label=say_lazy("people.team"), help_text=say_lazy("people.team.hint"), required=False)

    def __init__(self, *args: Any, teams: Mapping[UUID, str], **options: Any) -> None:
        """Offer the teams there are; ``teams`` holds their names by id."""
        super().__init__(*args, **options)
        offered = [("", say("people.team.none")), *((str(team_id), name) for team_id, name in teams.items())]
        self.fields["team"].choices = offered  # type: ignore[attr-defined] # the field is a ChoiceField, declared above

    def clean_roles(self) -> list[str]:
        """Refuse roles that nobody may have together."""
        chosen: list[str] = self.cleaned_data["roles"]
        try:
            refuse_union([Role(role) for role in chosen])
        except RolesRefusedError:
            raise forms.ValidationError(say("people.roles.refused")) from None
        except BadInputError:
            raise forms.ValidationError(say("people.roles.none")) from None
        return chosen


class NewcomerForm(RolesForm):
    """Somebody who joins."""

    name = forms.CharField(
        label=say_lazy("people.name"),
        help_text=say_lazy("people.name.hint"),
        max_length=200,
        error_messages={"required": say_lazy("people.name.none")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    language = forms.ChoiceField(
        label=say_lazy("people.language"),
        help_text=say_lazy("people.language.hint"),
        choices=[("en", "English"), ("ko", "한국어")],
    )
    field_order = ("name", "roles", "team", "language")


class WordsForm(forms.Form):
    """Two words of a passphrase, typed back by whoever is to remember it."""

    def __init__(self, *args: Any, places: Sequence[int], expected: Sequence[str], **options: Any) -> None:
        """Ask for the words at ``places``, counted from 0."""
        super().__init__(*args, **options)
        self._expected = {f"word{place}": word for place, word in zip(places, expected, strict=True)}
        for place in places:
            self.fields[f"word{place}"] = forms.CharField(
                label=say("people.word", place=place + 1),
                max_length=40,
                error_messages={"required": say("people.word.wrong")},
                widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
            )

    def clean(self) -> dict[str, Any]:
        """Compare, whatever the case and the spaces around."""
        given = super().clean() or {}
        for name, word in self._expected.items():
            if name in given and not _same_word(given[name], word):
                self.add_error(name, say("people.word.wrong"))
        return given


class PassphraseForm(forms.Form):
    """One's own passphrase, old and new."""

    old = forms.CharField(
        label=say_lazy("people.passphrase.old"),
        error_messages={"required": say_lazy("people.passphrase.wrong")},
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
    new = forms.CharField(
        label=say_lazy("people.passphrase.new"),
        help_text=say_lazy("people.passphrase.new.hint"),
        error_messages={"required": say_lazy("people.passphrase.weak")},
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
    again = forms.CharField(
        label=say_lazy("people.passphrase.again"),
        error_messages={"required": say_lazy("people.passphrase.differs")},
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse two different new ones."""
        given = super().clean() or {}
        if given.get("new") and given.get("again") and given["new"].split() != given["again"].split():
            self.add_error("again", say("people.passphrase.differs"))
        return given


def _same_word(typed: str, word: str) -> bool:
    return unicodedata.normalize("NFC", typed.strip().casefold()) == unicodedata.normalize("NFC", word.casefold())
