import pytest
from django.urls import reverse
from tests.office import Office
from tests.unit.cases.desk import asked
from tests.unit.cases.people import page

from waystation.web.views.duplicates import listing

pytestmark = pytest.mark.django_db


def test_pairs_are_listed_by_code_with_what_agrees_and_no_name(office: Office) -> None:
    one, other = asked(office, for_whom="김성은"), asked(office, for_whom="Kim Sung-eun")
    shown = page(office.client("caseworker").get(reverse("duplicates.list")))
    assert one.code in shown
    assert other.code in shown
    assert "0 of 1 decided" in shown
    assert "Family name · Given name" in shown
    assert "성은" not in shown
    assert "Sung-eun" not in shown
    assert listing.ROUTES


def test_nothing_alike_is_said(office: Office) -> None:
    asked(office)
    assert "No two cases" in page(office.client("caseworker").get(reverse("duplicates.list")))
    assert office.client("director").get(reverse("duplicates.list")).status_code == 403
