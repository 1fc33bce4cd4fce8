from django import forms
from django.utils.translation import override

from waystation.web.views.desk.fields import BirthField, line, one_of, several_of, version
from waystation.web.views.desk.meanwhile import Difference, differences


class Some(forms.Form):
    version = version()
    name = line("desk.traveller.name", longest=20)
    birth = BirthField(required=False)
    mobility = one_of("desk.traveller.mobility", ("full", "carried"), "desk.mobility")
    needs = several_of("desk.traveller.needs", ("calm", "oxygen"), "desk.travel_need")


def test_only_what_differs_is_shown_and_in_words() -> None:
    form = Some({"version": "1", "name": "Sol", "birth": "1990", "mobility": "carried", "needs": ["calm"]})
    assert form.is_valid()
    saved = {"name": "Sol", "birth": {"date": "1990-03", "precision": "month"}, "mobility": "full", "needs": None}
    with override("en"):
        assert differences(form, saved) == [
            Difference("Birth", "1990", "1990-03"),
            Difference("On foot", "Is carried", "Walks well"),
            Difference("Needs on the way", "needs calm", "(empty)"),
        ]


def test_what_is_the_same_or_as_empty_is_not() -> None:
    form = Some({"name": "", "needs": []})
    assert form.is_valid()
    assert differences(form, {"name": None, "needs": None, "birth": None}) == []
