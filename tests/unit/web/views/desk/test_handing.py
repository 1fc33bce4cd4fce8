import pytest
from django.urls import reverse
from tests.office import Office
from tests.unit.cases.desk import asked, summary
from tests.unit.cases.people import page

from waystation.cases.models import Referral

pytestmark = pytest.mark.django_db


def test_a_case_is_handed_to_a_colleague_who_may_carry_it(office: Office) -> None:
    client, case = office.client("caseworker"), asked(office)
    address = reverse("desk.hand_over", args=[case.pk])
    shown = page(client.get(address))
    assert ("한지우" in shown, "Oyelaran Adeyemi" in shown) == (True, False)
    assert client.post(address, {"to": str(office.id("finance"))}).status_code == 422
    client.post(address, {"to": str(office.id("case_lead")), "words": "call at ten"})
    assert summary(office, case).owner == office.id("case_lead")


def test_a_referral_needs_consent_and_gets_its_answer(office: Office) -> None:
    client, case = office.client("caseworker"), asked(office)
    given = {"kind": "referral", "service": "legal", "to": "Harbour Law"}
    refused = client.post(reverse("desk.refer", args=[case.pk]), given)
    assert refused.status_code == 422
    assert "Without the person's consent" in page(refused)
    client.post(reverse("desk.refer", args=[case.pk]), {**given, "consented": "on"})
    row = Referral.objects.get()
    client.post(reverse("desk.refer_answer", args=[case.pk, row.pk]), {"answer": "accepted"})
    assert "Harbour Law" in page(client.get(reverse("cases.page", args=[case.pk])))
