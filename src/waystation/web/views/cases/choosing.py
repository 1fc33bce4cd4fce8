"""By what the list is narrowed: from the address, from the form, or as it was left."""

from django import forms
from django.http import HttpRequest

from waystation.cases.index.chosen import CHOICES, Chosen
from waystation.web.wording import say_lazy

KEPT = "cases.filter"
"""Where the session, which lives in this process's memory, keeps the filter."""


def chosen_by(request: HttpRequest) -> Chosen:
    """Return the filter that an address names, otherwise the one that was used last."""
    if CHOICES.keys() & request.GET.keys():
        return Chosen.read(request.GET.dict())
    return Chosen.read(request.session.get(KEPT, {}))


def keep(request: HttpRequest, chosen: Chosen) -> None:
    """Remember a filter until the process ends."""
    if request.session.get(KEPT, {}) != chosen.plain():
        request.session[KEPT] = chosen.plain()


class ListForm(forms.Form):
    """Which cases the list shows. It is sent in the address: it holds coded words alone."""

    def __init__(self, *args: object, **options: object) -> None:
        """Offer every choice of `CHOICES`."""
        super().__init__(*args, **options)  # type: ignore[arg-type] # Django's own
        for name, words in CHOICES.items():
            choices = [(word, say_lazy(f"lists.{name}.{word or 'any'}")) for word in words]
            self.fields[name] = forms.ChoiceField(label=say_lazy(f"lists.{name}"), choices=choices, required=False)
