import io
from typing import Any
from uuid import uuid4

from django.urls import reverse
from tests.office import Office
from tests.unit.intake.books import FAMILY, FAMILY_CHOICES, question, xlsform

from waystation.exchange.models import OwnForm


def send(office: Office, data: bytes) -> Any:
    file = io.BytesIO(data)
    file.name = "form.xlsx"
    return office.client("case_lead").post(reverse("intake.bring"), {"file": file}, follow=True)


def test_a_form_is_read_shown_and_kept(office: Office) -> None:
    looked = send(
        office, xlsform([*FAMILY, question("image", "face")], FAMILY_CHOICES, {"form_id": "f", "form_title": "Family"})
    )
    page = looked.content.decode()
    assert "12 questions can be asked here" not in page
    assert "the question is left out" in page
    assert not OwnForm.objects.exists()
    address = looked.redirect_chain[-1][0]
    client = office.client("case_lead")
    assert client.post(address, {"name": "Family", "tier": "everybody"}).status_code == 422
    kept = client.post(address, {"name": "Family 1", "tier": "welfare"}, follow=True)
    assert "The form is kept." in kept.content.decode()
    form = OwnForm.objects.get()
    assert (form.name, form.tier) == ("Family 1", "welfare")
    assert client.get(address).status_code == 404


def test_what_is_no_form_is_refused_in_words(office: Office) -> None:
    page = send(office, b"type,name\ntext,a\n").content.decode()
    assert "This form cannot be brought in" in page
    assert "neither CSV nor XLSX" in page
    assert not OwnForm.objects.exists()


def test_others_bring_nothing_in(office: Office) -> None:
    assert office.client("caseworker").get(reverse("intake.bring")).status_code == 403
    assert office.client("case_lead").get(reverse("intake.keep", args=[uuid4()])).status_code == 404
    assert office.client("case_lead").post(reverse("intake.bring"), {}).status_code == 422
