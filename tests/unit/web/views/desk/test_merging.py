import pytest
from django.urls import reverse
from tests.office import Office
from tests.unit.cases.desk import asked, person
from tests.unit.cases.people import page

from waystation.cases.models import Traveller
from waystation.web.views.desk.merging import DOINGS

pytestmark = pytest.mark.django_db


def test_one_person_entered_twice_is_merged_on_the_page_and_taken_back(office: Office) -> None:
    case, client = asked(office), office.client("caseworker")
    one, twice = person(office, case), person(office, case)
    address = reverse("desk.traveller_merge", args=[case.pk, twice])
    shown = page(client.get(reverse("cases.page", args=[case.pk])))
    assert address in shown
    assert DOINGS
    shown = page(client.get(address))
    assert (str(one) in shown, f'value="{twice}"' in shown) == (True, False)
    assert client.post(address, {"kept": str(one), "reason": ""}).status_code == 422
    assert client.post(address, {"kept": str(one), "reason": "one aunt, called twice"}).status_code == 303
    shown = page(client.get(reverse("cases.page", args=[case.pk])))
    undo = reverse("desk.traveller_unmerge", args=[case.pk, twice])
    assert undo in shown
    assert "was entered twice: merged" in shown
    client.post(undo)
    assert Traveller.objects.get(pk=twice).gone_at is None
    assert undo not in page(client.get(reverse("cases.page", args=[case.pk])))


def test_who_may_not_compare_is_offered_no_merge(office: Office) -> None:
    case = asked(office)
    person(office, case)
    twice = person(office, case)
    address = reverse("desk.traveller_merge", args=[case.pk, twice])
    assert address not in page(office.client("safeguarding").get(reverse("cases.page", args=[case.pk])))
    assert office.client("safeguarding").get(address).status_code == 403


def test_what_would_be_lost_is_said(office: Office) -> None:
    case, client = asked(office), office.client("caseworker")
    adult, child = person(office, case), person(office, case, "5-11")
    address = reverse("desk.traveller_merge", args=[case.pk, child])
    answer = client.post(address, {"kept": str(adult), "reason": "one aunt"})
    assert answer.status_code == 422
    assert "the rules for children must not be lost" in page(answer)
