from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction

from tests.unit.continuity.conftest import Home
from waystation.continuity.models import BackupRun, Drill, Office

ONE = UUID(int=1)


def office(home: Home, **values: Any) -> Office:
    given = {
        "record": home.office.organisation.record,
        "age_recipient": "age1",
        "sign_public": bytes(32),
        "box_public": bytes(32),
        "added_by": ONE,
        "added_at": home.later(),
    }
    return Office.objects.create(**given | values)


def run(home: Home, **values: Any) -> BackupRun:
    given = {"sequence": 1, "stamp": "1", "made_at": home.later(), "made_by": ONE, "rows": 1, "files": 0, "size": 1}
    return BackupRun.objects.create(**given | values)


BROKEN: list[Callable[[Home], object]] = [
    lambda home: office(home, next_out=0),
    lambda home: office(home, next_in=0),
    lambda home: office(home, confirmed_by=ONE, confirmed_at=home.later()),
    lambda home: office(home, confirmed_by=uuid4()),
    lambda home: office(home, confirmed_at=home.later()),
    lambda home: [office(home), office(home, age_recipient="age2")],
    lambda home: [office(home), office(home, sign_public=bytes(31) + b"1")],
    lambda home: run(home, sequence=0),
    lambda home: [run(home), run(home, sequence=2)],
]


@pytest.mark.parametrize("number", range(len(BROKEN)))
def test_the_database_refuses_what_cannot_be(home: Home, number: int) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        BROKEN[number](home)


def test_what_can_be_is_kept_and_names_nobody(home: Home) -> None:
    two_people = office(home, confirmed_by=uuid4(), confirmed_at=home.later())
    drilled = Drill.objects.create(at=home.later(), by=ONE, stamp="1", ok=True)
    assert [str(each) for each in (two_people, run(home), drilled)] == ["office", "backup 1", "drill"]
