"""By what the list is narrowed: from the address, from the form, or as it was left."""

from dataclasses import replace

from django import forms
from django.http import HttpRequest

from waystation.cases.index.chosen import CHOICES, Chosen
from waystation.web.wording import say_lazy

KEPT = "cases.filter"
REGION = "cases.region"
"""Where the session, which lives in this process's memory, keeps the filter, and the region that no address may hold."""
WITH_REGION = "with"
"""In an address: that the region which is remembered goes on to narrow. A count's link does not say so, and shows all."""


def chosen_by(request: HttpRequest) -> Chosen:
    """Return the filter that an address names, otherwise the one that was used last."""
    region = str(request.session.get(REGION, ""))
    if not CHOICES.keys() & request.GET.keys():
        return replace(Chosen.read(request.session.get(KEPT, {})), region=region)
    return replace(Chosen.read(request.GET.dict()), region=region if WITH_REGION in request.GET else "")


def keep(request: HttpRequest, chosen: Chosen) -> None:
    """Remember a filter until the process ends."""
    if request.session.get(KEPT, {}) != chosen.plain():
        request.session[KEPT] = chosen.plain()
    keep_region(request, chosen.region)


def keep_region(request: HttpRequest, region: str) -> None:
    """Remember a region until the process ends; an empty one is forgotten."""
    if request.session.get(REGION, "") != region:
        request.session[REGION] = region


class ListForm(forms.Form):
    """Which cases the list shows. It is sent in the address: it holds coded words alone."""

    def __init__(self, *args: object, **options: object) -> None:
        """Offer every choice of `CHOICES`."""
        super().__init__(*args, **options)  # type: ignore[arg-type] # Django's own
        for name, words in CHOICES.items():
            choices = [(word, say_lazy(f"lists.{name}.{word or 'any'}")) for word in words]
            self.fields[name] = forms.ChoiceField(label=say_lazy(f"lists.{name}"), choices=choices, required=False)
