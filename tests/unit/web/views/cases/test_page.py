import pytest
from django.urls import reverse

from tests.office import Office
from tests.unit.cases.people import ALL, entered

pytestmark = pytest.mark.django_db


def test_smoke(office: Office) -> None:
    case = entered(office)
    client = office.client("caseworker")
    for url in [reverse("cases.list"), reverse("cases.page", args=[case.pk]), reverse("cases.new"), reverse("cases.search"), reverse("access.page", args=[case.pk]),
        reverse("cases.edit.welfare", args=[case.pk]), reverse("cases.attach", args=[case.pk])]:
        r = client.get(url)
        print(url, r.status_code)
        assert r.status_code == 200, r.content.decode()
