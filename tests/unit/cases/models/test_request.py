import pytest
from django.db import IntegrityError, transaction

from tests.office import Office
from tests.unit.cases.desk import asked
from waystation.cases.models import Request

pytestmark = pytest.mark.django_db


def test_a_case_has_one_first_call_which_stays_as_it_was_said(office: Office) -> None:
    asked(office)
    row = Request.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Request(record=row.record, by=row.by, at=row.at).save(force_insert=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Request.objects.update(version=2)
