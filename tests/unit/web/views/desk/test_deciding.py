import pytest
from django.urls import reverse
from tests.office import Office
from tests.unit.cases.desk import summary, to_decision
from tests.unit.cases.people import page

from waystation.cases.models import Decision

pytestmark = pytest.mark.django_db


def test_a_case_is_declined_by_two_with_a_letter_in_arabic(office: Office) -> None:
    case = to_decision(office, language="ar")
    worker, lead = office.client("caseworker"), office.client("case_lead")
    address = reverse("desk.recommend", args=[case.pk])
    assert '<option value="ar" selected>' in page(worker.get(address))
    given = {"outcome": "declined", "reason": "not_now.no_money", "words": "outside of what we do", "language": "ar"}
    refused = worker.post(address, given)
    assert refused.status_code == 422
    assert "another outcome" in page(refused)
    worker.post(address, {**given, "reason": "declined.better_elsewhere"})
    row = Decision.objects.get()
    answer = reverse("desk.decide", args=[case.pk, row.pk])
    assert worker.get(answer).status_code == 403  # nor does the role of a caseworker decide
    lead.post(answer, {"answer": "agreed", "words": ""})
    assert summary(office, case).outcome == "declined"
    letter = worker.get(reverse("desk.letter", args=[case.pk, row.pk]))
    shown = page(letter)
    assert 'lang="ar" dir="rtl"' in shown
    assert case.code in shown
    assert "outside of what we do" not in shown
    change = reverse("desk.letter_change", args=[case.pk, row.pk])
    version = Decision.objects.get().version
    assert worker.post(change, {"language": "ar", "letter": "مرحبًا", "version": version}).status_code == 303
    assert "مرحبًا" in page(worker.get(reverse("desk.letter", args=[case.pk, row.pk])))


def test_who_recommended_is_told_that_another_decides(office: Office) -> None:
    case, lead = to_decision(office), office.client("case_lead")
    given = {"outcome": "accepted", "reason": "accepted.medical", "words": "a heart", "language": "ko"}
    lead.post(reverse("desk.recommend", args=[case.pk]), given)
    row = Decision.objects.get()
    refused = lead.post(reverse("desk.decide", args=[case.pk, row.pk]), {"answer": "agreed"})
    assert refused.status_code == 422
    assert "You recommended it" in page(refused)
    director = office.client("director")
    assert reverse("desk.decide", args=[case.pk, row.pk]) in page(director.get(reverse("cases.page", args=[case.pk])))
    director.post(reverse("desk.decide", args=[case.pk, row.pk]), {"answer": "agreed"})
    assert Decision.objects.get().decided_by == office.id("director")
