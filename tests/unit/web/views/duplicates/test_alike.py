import pytest
from django.urls import reverse
from tests.office import Office
from tests.unit.cases.desk import asked
from tests.unit.cases.people import page

from waystation.accounts.models import Organisation
from waystation.web.views.duplicates.alike import MOST_SHOWN

pytestmark = pytest.mark.django_db


def test_a_first_call_shows_who_is_alike_side_by_side(office: Office) -> None:
    there = [asked(office, for_whom=name) for name in ("김성은", "Kim Sung-eun", "Gim Seongeun", "Kim Sung Eun")]
    asked(office, for_whom="Maria Quispe", answer_address="", region="")
    client, address = office.client("caseworker"), reverse("desk.request")
    assert "Being entered" not in page(client.get(address))
    client.post(address, {"stage": "for_whom", "for_whom": "Seong-eun Kim"})
    shown = page(client.get(address))
    section = shown.partition('id="alike"')[2].partition("</section>")[0]
    assert sum(case.code in section for case in there) == MOST_SHOWN
    assert "3 cases may be of the same person" in shown
    assert "Being entered" in shown
    assert "Quispe" not in shown


def test_who_reached_the_limit_of_the_hour_is_told_the_codes_and_goes_on(office: Office) -> None:
    there = asked(office, for_whom="김성은")
    client, address = office.client("caseworker"), reverse("desk.request")
    client.post(address, {"stage": "for_whom", "for_whom": "Seong-eun Kim"})
    Organisation.objects.update(openings_per_hour=1)
    assert "성은" in page(client.get(address))
    answer = client.get(address)
    assert answer.status_code == 200
    assert there.code in page(answer)
    assert "성은" not in page(answer)
