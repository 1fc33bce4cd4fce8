import pytest
from django.urls import reverse
from tests.office import Office
from tests.unit.cases.desk import asked
from tests.unit.cases.family import family
from tests.unit.cases.people import page

from waystation.cases.services import close_case
from waystation.cases.steps.vocabulary import Standing, Step
from waystation.web.views.desk.page_parts import strip

pytestmark = pytest.mark.django_db


def test_the_strip_says_where_it_stands() -> None:
    states = [state for _, state in strip(Step.SCREENING, Standing.CANNOT_YET)]
    assert states == ["done", "done", "blocked", *["later"] * 7]
    assert strip(Step.REQUEST, Standing.NOT_STARTED)[0][1] == "now"


def test_one_page_says_who_what_is_next_what_is_missing_and_why(office: Office) -> None:
    whole = family(office)
    address = reverse("cases.page", args=[whole.case.pk])
    shown = page(office.client("caseworker").get(address))
    for words in (
        "Best interests determination: No parent or guardian is with them",
        "Planning and setting out: never asked",
        "Did not consent",
        "danger grows",
        "a search in the next village",
        "a task is overdue",
        "The grandmother does not want to leave.",
        "Harbour Law",
        "birth certificate",
        "they were asked about by name",
        "It waits for another person to decide.",
        "recommended: Accepted",
    ):
        assert words in shown, words
    for closed in ("박은주", "Choe Min", "the second number", "the blue notebook"):
        assert closed not in shown, closed
    assert reverse("safeguarding.case", args=[whole.case.pk]) in shown
    assert reverse("consent.page", args=[whole.case.pk]) in shown
    named = page(office.client("caseworker").post(reverse("cases.reveal.identity", args=[whole.case.pk])))
    assert 'class="blurred" data-sealed' in named
    assert all(name in named for name in ("Choe Min 최민", "the second number"))
    seen = page(office.client("director").get(address))
    assert reverse("desk.decide", args=[whole.case.pk, whole.decision.pk]) in seen
    assert reverse("desk.note", args=[whole.case.pk]) not in seen


def test_a_closed_case_offers_nothing_and_a_reader_without_the_part_is_shown_none_of_it(office: Office) -> None:
    case = asked(office)
    address = reverse("cases.page", args=[case.pk])
    close_case(keyring=office.keyring("caseworker"), case=case, outcome="referred", at=office.later())
    shown = page(office.client("caseworker").get(address))
    assert "Referred" in shown
    for name in ("desk.note", "desk.advance", "desk.traveller"):
        assert reverse(name, args=[case.pk]) not in shown
