from typing import Any

import pytest

from tests.office import Office
from tests.unit.cases.desk import asked
from waystation.cases.errors import RowChangedError
from waystation.cases.services import set_contact, take_off_contact

pytestmark = pytest.mark.django_db


def test_a_contact_is_kept_changed_and_put_aside(office: Office) -> None:
    case, worker = asked(office), office.keyring("caseworker")
    told: dict[str, Any] = {"keyring": worker, "case": case}
    row = set_contact(**told, values={"way": "email", "address": "a@example.org"}, at=office.later())
    row = set_contact(**told, values={"caution": "read by two"}, contact_id=row.pk, seen_version=1, at=office.later())
    assert worker.open(row, "address", "caution") == {"address": "a@example.org", "caution": "read by two"}
    with pytest.raises(RowChangedError):
        set_contact(**told, values={"caution": ""}, contact_id=row.pk, seen_version=1, at=office.later())
    assert take_off_contact(**told, contact_id=row.pk, at=office.later()).gone_at == office.now
    assert take_off_contact(**told, contact_id=row.pk, at=office.later(), back=True).gone_at is None
