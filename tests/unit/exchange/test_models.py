from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError

from tests.office import Office
from waystation.exchange.models import Export, OwnForm


def test_an_export_expires_after_it_was_made(office: Office) -> None:
    at = office.later()
    row = Export(
        record=office.organisation.record, purpose="referral", rows=1, form="csv", by=uuid4(), at=at, expires_at=at
    )
    with pytest.raises(IntegrityError):
        row.save(force_insert=True)


def test_an_export_is_csv_or_xlsx(office: Office) -> None:
    at = office.later()
    later = at + timedelta(days=1)
    row = Export(
        record=office.organisation.record, purpose="referral", rows=1, form="xls", by=uuid4(), at=at, expires_at=later
    )
    with pytest.raises(IntegrityError):
        row.save(force_insert=True)


def test_a_form_belongs_to_a_tier(office: Office) -> None:
    with pytest.raises(IntegrityError):
        OwnForm.objects.create(name="x", tier="everybody", document={}, by=uuid4(), at=office.later())
