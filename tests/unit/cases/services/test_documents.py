from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest

from tests.office import Office
from tests.unit.cases.desk import asked, person
from waystation.cases.models import Document, Traveller
from waystation.cases.services import attach_file, describe_document
from waystation.store.models import SealedFile
from waystation.store.tiers import Tier

pytestmark = pytest.mark.django_db


def test_a_file_is_described_and_described_better(office: Office) -> None:
    case, worker = asked(office), office.keyring("caseworker")
    child, at = person(office, case, "5-11"), office.later()
    told: dict[str, Any] = {"keyring": worker, "case": case}
    file = attach_file(**told, tier=Tier.WELFARE, source=BytesIO(b"x"), name="x.jpg", at=at)
    describe_document(**told, file_id=file.pk, kind="other", at=office.later())
    row = describe_document(**told, file_id=file.pk, kind="birth", traveller=child, at=office.later())
    assert worker.open(row, "kind", "traveller") == {"kind": "birth", "traveller": str(child)}
    assert (Document.objects.count(), row.version) == (1, 2)
    with pytest.raises(SealedFile.DoesNotExist):
        describe_document(**told, file_id=uuid4(), kind="birth", at=office.later())
    with pytest.raises(Traveller.DoesNotExist):
        describe_document(**told, file_id=file.pk, kind="birth", traveller=uuid4(), at=office.later())
