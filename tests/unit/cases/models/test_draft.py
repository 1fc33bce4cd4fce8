import pytest
from django.db import IntegrityError, transaction

from tests.office import START, Office
from waystation.cases.models import Draft

pytestmark = pytest.mark.django_db


def test_a_person_has_one_draft_of_a_form_and_it_is_of_a_form(office: Office) -> None:
    kept = {"person_id": office.id("caseworker"), "sealed": b"x", "at": START}
    Draft.objects.create(form="note", **kept)
    for form in ("note", ""):
        with pytest.raises(IntegrityError), transaction.atomic():
            Draft.objects.create(form=form, **kept)
