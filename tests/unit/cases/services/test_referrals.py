from typing import Any

import pytest

from tests.office import Office
from tests.unit.cases.desk import asked
from waystation.cases.errors import NotAllOfItError
from waystation.cases.models import Referral
from waystation.cases.services import answer_referral, refer

pytestmark = pytest.mark.django_db


def test_nobody_is_referred_who_did_not_agree(office: Office) -> None:
    case, worker = asked(office), office.keyring("caseworker")
    told: dict[str, Any] = {"keyring": worker, "case": case, "kind": "transfer", "service": "legal"}
    wrongs: tuple[dict[str, Any], ...] = ({"to": "Harbour Law", "consented": False}, {"to": " ", "consented": True})
    for wrong in wrongs:
        with pytest.raises(NotAllOfItError):
            refer(**told, **wrong, at=office.later())
    row = refer(**told, to="Harbour Law", consented=True, at=office.later())
    assert Referral.objects.count() == 1
    row = answer_referral(keyring=worker, case=case, referral_id=row.pk, answer="accepted", at=office.later())
    assert worker.open(row, "answer", "answered_on") == {"answer": "accepted", "answered_on": office.now.date()}
