import pytest
from django.urls import reverse
from tests.office import Office
from tests.unit.cases.desk import asked

from waystation.cases.drafts import LARGEST, kept_draft
from waystation.cases.models import Draft

pytestmark = pytest.mark.django_db


def test_what_is_kept_is_what_was_typed_and_no_token(office: Office) -> None:
    client, case = office.client("caseworker"), asked(office)
    client.post(
        reverse("desk.flag", args=[case.pk]),
        {"reason": "media", "csrfmiddlewaretoken": "x"},
        headers={"X-Draft": "1"},
    )
    kept = kept_draft(keyring=office.keyring("caseworker"), form="flag", about=case.pk)
    assert kept is not None
    assert kept[0] == {"reason": ["media"]}


def test_a_draft_that_no_form_could_hold_is_refused(office: Office) -> None:
    client, case = office.client("caseworker"), asked(office)
    address = reverse("desk.note", args=[case.pk])
    assert client.post(address, {"text": "x" * LARGEST}, headers={"X-Draft": "1"}).status_code == 400
    assert not Draft.objects.exists()
