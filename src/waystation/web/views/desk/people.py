"""The people of a case: one card each, who travels with whom."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone

from waystation.accounts.openings import open_fields
from waystation.cases.models import (
    AGE_BANDS,
    GROUPS,
    MOBILITIES,
    NAME_KINDS,
    TRAVEL_NEEDS,
    Household,
    Traveller,
)
from waystation.cases.services import (
    add_traveller,
    change_traveller,
    put_back_traveller,
    set_household,
    take_off_traveller,
)
from waystation.cases.whole import Told, open_whole
from waystation.store.tiers import Tier
from waystation.web.views.desk.ages import band_of
from waystation.web.views.desk.doing import Act, Asking, DeskForm, Doing, undo
from waystation.web.views.desk.fields import BirthField, line, lines, one_of, several_of, version
from waystation.web.views.desk.labels import label
from waystation.web.views.desk.scripts import script_of
from waystation.web.wording import say, say_lazy

MORE_NAMES = 2
"""So many names may be given beside the one somebody is called by."""


class TravellerForm(DeskForm):
    """A person, in the form the planner takes."""

    version = version()
    name = line("desk.traveller.name", longest=200, hint="desk.traveller.name.hint")
    birth = BirthField(
        label=say_lazy("desk.traveller.birth"),
        help_text=say_lazy("desk.traveller.birth.hint"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}),
    )
    age_band = one_of("desk.traveller.age_band", AGE_BANDS, "desk.age", hint="desk.traveller.age_band.hint")
    gender = line("desk.traveller.gender", longest=100, hint="desk.traveller.gender.hint")
    mobility = one_of("desk.traveller.mobility", MOBILITIES, "desk.mobility")
    needs = several_of("desk.traveller.needs", TRAVEL_NEEDS, "desk.travel_need")
    medical = lines("desk.traveller.medical", longest=10_000, rows=3)
    languages = line("desk.traveller.languages", longest=300, hint="desk.traveller.languages.hint")
    accompanied_by = forms.ChoiceField(
        label=say_lazy("desk.traveller.accompanied_by"),
        help_text=say_lazy("desk.traveller.accompanied_by.hint"),
        required=False,
    )
    relation = line("desk.traveller.relation", longest=200)
    name_1 = line("desk.traveller.other_name", longest=200)
    kind_1 = one_of("desk.traveller.name_kind", NAME_KINDS[1:], "desk.name_kind")
    name_2 = line("desk.traveller.other_name", longest=200)
    kind_2 = one_of("desk.traveller.name_kind", NAME_KINDS[1:], "desk.name_kind")

    def prepare(self, asking: Asking) -> None:
        """Offer the others of the case as companions."""
        own = asking.arguments.get("row_id")
        others = [(str(told.row.pk), said) for told, said in labelled(asking) if told.row.pk != own]
        self.fields["accompanied_by"].choices = [("", say("desk.alone")), *others]  # type: ignore[attr-defined] # a ChoiceField

    def clean(self) -> dict[str, Any]:
        """Take the age band from the birth date where it was not given, and demand one of the two."""
        given = super().clean() or {}
        birth = given.get("birth")
        if not given.get("age_band") and birth and "birth" not in self.errors:
            given["age_band"] = band_of(birth["date"], timezone.localdate())
        if not given.get("age_band") and "birth" not in self.errors:
            self.add_error("age_band", say("desk.missing.age_band"))
        return given

    def seen(self, asking: Asking) -> dict[str, Any]:
        """Open the person; the log says so."""
        if "row_id" not in asking.arguments:
            return {}
        row = Traveller.objects.select_related("record").get(pk=asking.row_id, record=asking.case.record)
        fields = tuple(Traveller.sealed_fields())
        told: dict[str, Any] = open_fields(keyring=asking.request.keyring, row=row, fields=fields, at=asking.at)
        names = told.pop("names") or []
        shown = {**told, "version": row.version, "languages": ", ".join(told["languages"] or [])}
        for place, name in enumerate(names[: MORE_NAMES + 1]):
            ending = f"_{place}" if place else ""
            shown[f"name{ending}"] = name["text"]
            if place:
                shown[f"kind_{place}"] = name["kind"]
        return shown


class HouseholdForm(DeskForm):
    """Who travels together."""

    version = version()
    kind = one_of("desk.household.kind", GROUPS, "desk.group", required=True, rounds=True)
    members = forms.MultipleChoiceField(label=say_lazy("desk.household.members"), widget=forms.CheckboxSelectMultiple)
    inseparable = forms.MultipleChoiceField(
        label=say_lazy("desk.household.inseparable"),
        help_text=say_lazy("desk.household.inseparable.hint"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    not_consenting = forms.MultipleChoiceField(
        label=say_lazy("desk.household.not_consenting"),
        help_text=say_lazy("desk.household.not_consenting.hint"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def prepare(self, asking: Asking) -> None:
        """Offer the people of the case."""
        people = [(str(told.row.pk), said) for told, said in labelled(asking)]
        for name in ("members", "inseparable", "not_consenting"):
            self.fields[name].choices = people  # type: ignore[attr-defined] # they are of MultipleChoiceField

    def seen(self, asking: Asking) -> dict[str, Any]:
        """Open the household."""
        row = _household(asking)
        if row is None:
            return {"kind": GROUPS[0], "members": [str(told.row.pk) for told, _ in labelled(asking)]}
        told = open_fields(
            keyring=asking.request.keyring, row=row, fields=tuple(Household.sealed_fields()), at=asking.at
        )
        together: Any = told["inseparable"] or [[]]
        return {**told, "inseparable": together[0], "version": row.version}


def labelled(asking: Asking) -> list[tuple[Told[Traveller], str]]:
    """Return the people of a case with what they are called where names stay closed: a number and an age band."""
    whole = open_whole(keyring=asking.request.keyring, case=asking.case, tiers={Tier.WELFARE}, at=asking.at)
    return [(told, label(place, told)) for place, told in enumerate(whole.rows(Traveller), start=1)]


def traveller_values(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a form of a person gives, in the form in which it is kept."""
    texts = [(given["name"], "full"), *((given[f"name_{n}"], given[f"kind_{n}"] or "other") for n in (1, 2))]
    names = [{"text": text, "script": script_of(text), "kind": kind} for text, kind in texts if text]
    languages = [each.strip() for each in given["languages"].replace("、", ",").split(",") if each.strip()]
    kept = ("birth", "gender", "age_band", "mobility", "needs", "medical", "accompanied_by", "relation")
    return {"names": names, "languages": languages, **{name: given[name] for name in kept}}


def _add(asking: Asking, given: Mapping[str, Any]) -> str:
    values = {name: value for name, value in traveller_values(given).items() if value not in (None, "", [])}
    row = add_traveller(keyring=asking.request.keyring, case=asking.case, values=values, at=asking.at)
    return undo("traveller_off", asking, row.pk)


def _change(asking: Asking, given: Mapping[str, Any]) -> str:
    change_traveller(
        keyring=asking.request.keyring,
        case=asking.case,
        traveller_id=asking.row_id,
        seen_version=given["version"] or 0,
        values=traveller_values(given),
        at=asking.at,
    )
    return ""


def _off(asking: Asking) -> str:
    take_off_traveller(keyring=asking.request.keyring, case=asking.case, traveller_id=asking.row_id, at=asking.at)
    return undo("traveller_on", asking, asking.row_id)


def _on(asking: Asking) -> str:
    put_back_traveller(keyring=asking.request.keyring, case=asking.case, traveller_id=asking.row_id, at=asking.at)
    return undo("traveller_off", asking, asking.row_id)


def _household(asking: Asking) -> Household | None:
    rows = Household.objects.filter(record=asking.case.record, gone_at=None).select_related("record")
    return rows.order_by("at").first()


def _group(asking: Asking, given: Mapping[str, Any]) -> str:
    row = _household(asking)
    set_household(
        keyring=asking.request.keyring,
        case=asking.case,
        kind=given["kind"],
        members=[UUID(each) for each in given["members"]],
        inseparable=[[UUID(each) for each in given["inseparable"]]],
        not_consenting=[UUID(each) for each in given["not_consenting"]],
        household_id=row.pk if row else None,
        seen_version=given["version"] or 0,
        at=asking.at,
    )
    return ""


DOINGS = (
    Doing("traveller", "people/new", TravellerForm, _add, back="people"),
    Doing("traveller_change", "people/<uuid:row_id>", TravellerForm, _change, back="people"),
    Doing("household", "household", HouseholdForm, _group, back="people"),
)
ACTS = (
    Act("traveller_off", "people/<uuid:row_id>/off", _off, back="people"),
    Act("traveller_on", "people/<uuid:row_id>/on", _on, back="people"),
)
