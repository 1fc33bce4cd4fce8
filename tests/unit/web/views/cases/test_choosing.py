import pytest
from django.test import RequestFactory
from tests.office import Office
from tests.unit.cases.people import entered, page

from waystation.cases.index.chosen import CHOICES, Chosen
from waystation.web.views.cases.choosing import ListForm, chosen_by, keep

pytestmark = pytest.mark.django_db


def test_an_address_counts_before_what_was_used_last() -> None:
    request = RequestFactory().get("/cases")
    request.session = {}  # type: ignore[assignment] # as a session is used
    assert chosen_by(request) == Chosen()
    keep(request, Chosen(what="overdue"))
    assert chosen_by(request) == Chosen(what="overdue")
    named = RequestFactory().get("/cases", {"whose": "mine", "text": "박은주"})
    named.session = request.session
    assert chosen_by(named) == Chosen(whose="mine")
    keep(named, chosen_by(named))
    assert request.session == {"cases.filter": {"whose": "mine"}}


def test_the_form_offers_every_choice_in_words(office: Office) -> None:
    form = ListForm(initial=Chosen().shown())
    assert {name: tuple(word for word, _ in field.choices) for name, field in form.fields.items()} == CHOICES  # type: ignore[attr-defined] # all are choices
    entered(office)
    shown = page(office.client("caseworker").get("/cases?what=overdue"))
    assert '<option value="overdue" selected>Overdue</option>' in shown
