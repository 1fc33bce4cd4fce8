from uuid import uuid4

from django.urls import reverse
from tests.office import Office
from tests.unit.exchange.forms.test_definitions import brought


def test_a_form_is_shown_with_what_it_leaves_out(office: Office) -> None:
    client, form = office.client("case_lead"), brought(office)
    assert "Family" in client.get(reverse("intake.forms")).content.decode()
    page = client.get(reverse("intake.form", args=[form.pk])).content.decode()
    assert "the question is left out" in page
    assert "survey · row" in page
    assert "one of several" in page


def test_a_form_is_retired_and_restored(office: Office) -> None:
    client, form = office.client("case_lead"), brought(office)
    client.post(reverse("intake.retire", args=[form.pk]))
    assert "no longer filled in" in client.get(reverse("intake.form", args=[form.pk])).content.decode()
    client.post(reverse("intake.restore", args=[form.pk]))
    assert "Fill it in again" not in client.get(reverse("intake.form", args=[form.pk])).content.decode()


def test_who_has_no_casework_sees_no_forms(office: Office) -> None:
    form = brought(office)
    assert office.client("finance").get(reverse("intake.forms")).status_code == 403
    worker = office.client("caseworker")
    assert worker.get(reverse("intake.form", args=[form.pk])).status_code == 200
    assert worker.post(reverse("intake.retire", args=[form.pk])).status_code == 403
    assert worker.get(reverse("intake.form", args=[uuid4()])).status_code == 404
