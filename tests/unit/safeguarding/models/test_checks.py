from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F

from tests.office import Office
from waystation.safeguarding.indicators import OF_HOUSE
from waystation.safeguarding.models import Answer, CheckFollow, HouseCheck, HouseKind
from waystation.safeguarding.services import Found, record_check

pytestmark = pytest.mark.django_db


def test_the_database_wants_a_next_look_and_a_name_under_what_is_done(office: Office) -> None:
    at = office.later()
    check = record_check(
        keyring=office.keyring("director"),
        kind=HouseKind.PARTNER,
        name="a driver",
        answers={**dict.fromkeys(OF_HOUSE, Answer.NO), "threats": Answer.YES},
        found=[Found("talk to him", at + timedelta(days=1))],
        next_by=at + timedelta(days=30),
        at=at,
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        HouseCheck.objects.update(next_by=F("checked_at"))
    for change in ({"due_at": at}, {"done_at": at}, {"done_by": check.by}):
        with pytest.raises(IntegrityError), transaction.atomic():
            CheckFollow.objects.update(**change)
