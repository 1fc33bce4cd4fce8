import pytest
from django.db import IntegrityError, transaction

from tests.office import Office
from tests.unit.cases.family import family
from waystation.cases.models import Document

pytestmark = pytest.mark.django_db


def test_a_file_is_described_once(office: Office) -> None:
    whole = family(office)
    row = Document.objects.get(file_id=whole.file)
    with pytest.raises(IntegrityError), transaction.atomic():
        Document(record=row.record, by=row.by, at=row.at, file_id=whole.file).save(force_insert=True)
