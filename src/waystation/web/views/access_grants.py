"""Who can open which part of a case: see it, give a key, take one, and what taking cannot do."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from waystation.accounts.models import Person
from waystation.accounts.permissions import Action, may, receivable_tiers, standing_tiers
from waystation.accounts.queries import colleagues, people_here
from waystation.cases import services
from waystation.cases.models import Case
from waystation.cases.policies import refuse_shredded
from waystation.cases.queries import owed_tiers
from waystation.store.tiers import Tier
from waystation.web.notices import notify
from waystation.web.views.cases.asked import AskedRequest, answering_refusals, case_of, see_other
from waystation.web.wording import say, say_lazy


@dataclass(frozen=True)
class Cell:
    """One person and one part: held, by office, not at all, or unknown to the reader; and what can be done about it."""

    part: str
    state: str
    said: str
    take_address: str = ""


@dataclass(frozen=True)
class Row:
    """One person and the four parts."""

    name: str = field(repr=False)
    cells: list[Cell]


class GiveForm(forms.Form):
    """To whom, and which parts."""

    person = forms.ChoiceField(label=say_lazy("access.person"))
    tiers = forms.MultipleChoiceField(label=say_lazy("access.parts"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, people: Mapping[UUID, str], tiers: Iterable[Tier], *args: Any, **options: Any) -> None:
        """Offer people by id with their names, and the parts whose keys the giver holds."""
        super().__init__(*args, **options)
        named = sorted(people.items(), key=lambda pair: pair[1])
        self.fields["person"].choices = [("", say("access.choose")), *((str(pk), name) for pk, name in named)]  # type: ignore[attr-defined] # a ChoiceField
        self.fields["tiers"].choices = [(tier.value, say(f"cases.tier.{tier}")) for tier in tiers]  # type: ignore[attr-defined] # as above


@require_safe
@answering_refusals
def access(request: AskedRequest, case_id: UUID) -> HttpResponseBase:
    """Show who can open what."""
    return _page(request, case_of(case_id))


@require_POST
@answering_refusals
def give(request: AskedRequest, case_id: UUID) -> HttpResponseBase:
    """Give the keys of some parts to the person chosen."""
    case = case_of(case_id)
    form = _give_form(request, case, request.POST)
    if not form.is_valid():
        return _page(request, case, form, status=422)
    person_id = UUID(form.cleaned_data["person"])
    return _give(request, case, person_id, {Tier(name) for name in form.cleaned_data["tiers"]})


@require_POST
@answering_refusals
def give_parts(request: AskedRequest, case_id: UUID, person_id: UUID, parts: int) -> HttpResponseBase:
    """Give the keys of the parts that ``parts`` stands for, one bit each."""
    return _give(request, case_of(case_id), person_id, _tiers(parts))


@require_POST
@answering_refusals
def take_parts(request: AskedRequest, case_id: UUID, person_id: UUID, parts: int) -> HttpResponseBase:
    """Take the keys of the parts that ``parts`` stands for; say what that does and what it cannot."""
    case, tiers = case_of(case_id), _tiers(parts)
    refuse_shredded(case)
    person = _person(person_id, here=False)
    services.take_parts(keyring=request.keyring, case=case, person=person, tiers=tiers, at=timezone.now())
    name = colleagues(request.keyring, [person]).get(person.pk, "")
    undo = reverse("access.give.parts", args=[case_id, person_id, parts])
    notify(request, say("access.taken", name=name), undo_url=undo if person.active else "")
    return see_other("access.page", case_id)


def bits(tiers: Iterable[Tier]) -> int:
    """Return the number that stands for some parts in an address: one bit for each, identity the lowest."""
    return sum(1 << list(Tier).index(tier) for tier in set(tiers))


def _tiers(parts: int) -> set[Tier]:
    tiers = {tier for place, tier in enumerate(Tier) if parts >> place & 1}
    if not tiers or parts != bits(tiers):
        raise Http404
    return tiers


def _give(request: AskedRequest, case: Case, person_id: UUID, tiers: set[Tier]) -> HttpResponseBase:
    refuse_shredded(case)
    person = _person(person_id)
    services.give_parts(keyring=request.keyring, case=case, person=person, tiers=tiers, at=timezone.now())
    name = colleagues(request.keyring, [person]).get(person.pk, "")
    undo = reverse("access.take.parts", args=[case.pk, person_id, bits(tiers)])
    notify(request, say("access.given", name=name), undo_url=undo)
    return see_other("access.page", case.pk)


def _person(person_id: UUID, here: bool = True) -> Person:
    people = Person.objects.select_related("record").filter(pk=person_id)
    person = (people.filter(active=True) if here else people).first()
    if person is None:
        raise Http404
    return person


def _give_form(request: AskedRequest, case: Case, data: Any = None) -> GiveForm:
    held = [tier for tier in Tier if request.keyring.may_open(case.record, tier)]
    people = [person for person in people_here() if receivable_tiers(person, case.record) & set(held)]
    others = [person for person in people if person.pk != request.person.pk]
    return GiveForm(colleagues(request.keyring, others), held, data)


def _page(request: AskedRequest, case: Case, form: GiveForm | None = None, status: int = 200) -> HttpResponseBase:
    refuse_shredded(case)
    people = list(people_here())
    names = colleagues(request.keyring, people)
    held = {
        tier: request.keyring.holders(case.record, tier) for tier in Tier if request.keyring.may_open(case.record, tier)
    }
    may_give = may(request.person, Action.ACCESS_GIVE, case.record, request.keyring)
    may_take = may(request.person, Action.ACCESS_TAKE, case.record, request.keyring)
    rows = [Row(names.get(each.pk, ""), [_cell(case, each, tier, held, may_take) for tier in Tier]) for each in people]
    owed = owed_tiers(case)
    context = {
        "case": case,
        "parts": [say(f"cases.tier.{tier}") for tier in Tier],
        "rows": [row for row in rows if any(cell.state != "none" for cell in row.cells)],
        "unknown": _listed(tier for tier in Tier if tier not in held),
        "owed": _listed(tier for tier in Tier if tier in owed),
        "form": (form or _give_form(request, case)) if may_give and held else None,
    }
    return render(request, "web/cases/access.html", context, status=status)


def _cell(case: Case, person: Person, tier: Tier, held: Mapping[Tier, frozenset[UUID]], may_take: bool) -> Cell:
    state = _state(case, person, tier, held)
    take = ""
    if state == "member" and may_take:
        take = reverse("access.take.parts", args=[case.pk, person.pk, bits([tier])])
    return Cell(say(f"cases.tier.{tier}"), state, say(f"access.state.{state}"), take)


def _state(case: Case, person: Person, tier: Tier, held: Mapping[Tier, frozenset[UUID]]) -> str:
    """Tell how a person comes to a part; who does not hold its key knows only what the permission table says."""
    by_office = tier in standing_tiers(person, case.record)
    if tier not in held:
        return "office" if by_office else "none"
    if person.pk in held[tier]:
        return "office" if by_office else "member"
    return "owed" if by_office else "none"


def _listed(tiers: Iterable[Tier]) -> str:
    return ", ".join(say(f"cases.tier.{tier}") for tier in tiers)


_CASE = "cases/<uuid:case_id>/access"
urlpatterns = [
    path(_CASE, access, name="access.page"),
    path(f"{_CASE}/give", give, name="access.give"),
    path(f"{_CASE}/<uuid:person_id>/give/<int:parts>", give_parts, name="access.give.parts"),
    path(f"{_CASE}/<uuid:person_id>/take/<int:parts>", take_parts, name="access.take.parts"),
]
