import pytest
from django.urls import reverse
from tests.office import Office
from tests.unit.cases.people import page
from tests.unit.safeguarding.children import trained

from waystation.safeguarding.models import Qualification
from waystation.safeguarding.queries import qualified

pytestmark = pytest.mark.django_db


def test_a_certificate_is_noted_and_everybody_sees_until_when(office: Office) -> None:
    client = office.client("safeguarding")
    assert client.get(reverse("safeguarding.training.add")).status_code == 200
    given = {
        "person": str(office.id("caseworker")),
        "issuer": "a course",
        "valid_from": "2031-02-01",
        "until": "2031-12-31",
    }
    wrong = client.post(reverse("safeguarding.training.add"), {**given, "until": "2031-01-01"})
    assert wrong.status_code == 422
    assert client.post(reverse("safeguarding.training.add"), given).status_code == 303
    assert qualified(office.id("caseworker"), office.later())
    shown = page(office.client("finance").get(reverse("safeguarding.training")))
    assert "a course" in shown
    assert "valid" in shown
    assert reverse("safeguarding.training.add") not in shown


def test_nobody_is_offered_their_own(office: Office) -> None:
    shown = page(office.client("director").get(reverse("safeguarding.training.add")))
    assert str(office.id("director")) not in shown
    assert office.client("caseworker").get(reverse("safeguarding.training.add")).status_code == 403
    assert not Qualification.objects.exists()


def test_an_older_certificate_and_one_that_is_over_are_told_apart(office: Office) -> None:
    trained(office, days=400)
    trained(office, days=2)
    office.later(days=3)
    shown = page(office.client("finance").get(reverse("safeguarding.training")))
    assert "over</span>" in shown
    assert "replaced</span>" in shown
