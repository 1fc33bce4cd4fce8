from datetime import date
from typing import Any

import pytest
from django.http import QueryDict
from django.test import override_settings

from waystation.cases.models import TIER_FIELDS, Case
from waystation.store.tiers import Tier
from waystation.web.views.cases.forms import (
    SECTIONS,
    FileForm,
    NewCaseForm,
    SearchForm,
    largest_upload,
)

WELFARE = {"urgency": "soon", "needs": ["child"], "note": "quiet"}


def posted(values: dict[str, Any]) -> QueryDict:
    """Return values as a browser sends them."""
    data = QueryDict(mutable=True)
    for name, value in values.items():
        data.setlist(name, value if isinstance(value, list) else ["" if value is None else str(value)])
    return data


def seen(values: dict[str, Any]) -> dict[str, Any]:
    return {f"initial-{name}": value for name, value in values.items()}


def test_every_sealed_field_is_in_the_form_of_its_part() -> None:
    for tier, form in SECTIONS.items():
        assert set(form().fields) == {*TIER_FIELDS[tier], "version"}


def test_bounds_of_forms_are_those_of_the_fields() -> None:
    """What a form lets through, the field takes: nobody is told "refused" without a place to mend."""
    sealed = Case.sealed_fields()
    longest = {name: getattr(sealed[name], "longest", None) for tier in Tier for name in TIER_FIELDS[tier]}
    for form in SECTIONS.values():
        for name, field in form().fields.items():
            if longest.get(name):
                assert field.max_length == longest[name]  # type: ignore[attr-defined] # a text


def test_only_what_was_changed_is_taken() -> None:
    form = SECTIONS[Tier.WELFARE](posted(WELFARE | seen(WELFARE) | {"note": "loud", "version": 3}))
    assert form.is_valid()
    assert form.changed_values() == {"note": "loud"}


@pytest.mark.parametrize(
    ("typed", "changed"),
    [
        ({}, {}),
        ({"note": ""}, {"note": None}),
        ({"needs": []}, {"needs": None}),
        ({"needs": ["child", "food"]}, {"needs": ["child", "food"]}),
        ({"urgency": ""}, {"urgency": None}),
        ({"note": " quiet\r\n"}, {}),
    ],
)
def test_changes_of_each_kind(typed: dict[str, Any], changed: dict[str, Any]) -> None:
    form = SECTIONS[Tier.WELFARE](posted(WELFARE | seen(WELFARE) | typed | {"version": 1}))
    assert form.is_valid(), form.errors
    assert form.changed_values() == changed


def test_without_what_was_seen_everything_given_counts_as_changed() -> None:
    form = SECTIONS[Tier.WELFARE](posted(WELFARE | {"version": 1}))
    assert form.is_valid()
    assert form.changed_values() == WELFARE


def test_what_was_typed_stands_over_what_is_saved() -> None:
    saved = {"whereabouts": "north", "party_size": 3}
    form = SECTIONS[Tier.MOVEMENT].over(saved, {"party_size": 4}, 7)
    assert (form["whereabouts"].value(), form["party_size"].value(), form["version"].value()) == ("north", 4, 7)
    hidden = "".join(form.seen_inputs)
    assert 'name="initial-party_size" value="3"' in hidden
    assert form.is_valid()
    assert form.changed_values() == {"party_size": 4}


@pytest.mark.parametrize("text", ["1990-03-25", "1990.3.25", "1990. 3. 25.", "1990/03/25", "1990 3 25", "19900325"])
def test_dates_are_typed_as_people_write_them(text: str) -> None:
    form = SECTIONS[Tier.IDENTITY](posted({"name": "A", "birth_date": text, "version": 1}))
    assert form.is_valid()
    assert form.cleaned_data["birth_date"] == date(1990, 3, 25)


@pytest.mark.parametrize("text", ["25.3.1990", "March", "1990-13-01", "0000-00-00", "٣"])
def test_other_dates_are_faults(text: str) -> None:
    assert not SECTIONS[Tier.IDENTITY](posted({"birth_date": text, "version": 1})).is_valid()


@pytest.mark.parametrize("version", ["", "0", "-1", "x", str(2**31), "1e3"])
def test_a_version_is_a_version(version: str) -> None:
    assert not SECTIONS[Tier.WELFARE](posted({"version": version})).is_valid()


def test_a_new_case_asks_for_parts_whose_keys_its_writer_gets() -> None:
    assert set(NewCaseForm([Tier.MOVEMENT]).fields) == {"whereabouts", "party_size"}
    whole = NewCaseForm([Tier.IDENTITY, Tier.MOVEMENT, Tier.WELFARE], posted({"name": "A", "needs": []}))
    assert whole.is_valid()
    assert whole.values() == {"name": "A"}
    assert not NewCaseForm([Tier.IDENTITY], posted({"name": " "})).is_valid()


def test_a_file_goes_into_a_part_that_is_offered() -> None:
    form = FileForm([Tier.WELFARE, Tier.EVIDENCE], posted({"tier": "movement"}), {})
    assert set(form.errors) == {"file", "tier"}
    assert [value for value, _ in form.fields["tier"].choices] == ["evidence", "welfare"]  # type: ignore[attr-defined] # a choice


@pytest.mark.parametrize(("body", "words"), [(256 * 1024**2, "256 MB"), (8 * 1024**3, "4 GB"), (4 * 1024**3, "4 GB")])
def test_the_largest_upload_is_said(body: int, words: str) -> None:
    with override_settings(LARGEST_BODY=body):
        assert largest_upload() == words


def test_a_search_is_short_and_not_empty() -> None:
    assert not SearchForm(posted({"text": "  "})).is_valid()
    assert not SearchForm(posted({"text": "x" * 101})).is_valid()
    assert SearchForm(posted({"text": "강"})).is_valid()
