from typing import Any
from uuid import uuid4

import pytest

from tests.office import Office
from tests.unit.cases.desk import asked, person, summary
from waystation.cases.errors import NotAllOfItError, RowChangedError
from waystation.cases.models import Traveller
from waystation.cases.services import change_traveller, put_back_traveller, take_off_traveller
from waystation.kernel import BadInputError

pytestmark = pytest.mark.django_db


def test_people_are_counted_as_they_come_and_go(office: Office) -> None:
    case, worker = asked(office), office.keyring("caseworker")
    adult = person(office, case)
    child = person(office, case, "5-11", accompanied_by=str(adult))
    assert (summary(office, case).heads, summary(office, case).children) == (2, True)
    take_off_traveller(keyring=worker, case=case, traveller_id=child, at=office.later())
    assert (summary(office, case).heads, summary(office, case).children) == (1, False)
    put_back_traveller(keyring=worker, case=case, traveller_id=child, at=office.later())
    assert summary(office, case).heads == 2


def test_nobody_overwrites_what_they_did_not_see(office: Office) -> None:
    case = asked(office)
    told: dict[str, Any] = {"case": case, "traveller_id": person(office, case), "values": {"mobility": "carried"}}
    row = change_traveller(keyring=office.keyring("caseworker"), **told, seen_version=1, at=office.later())
    assert row.version == 2
    with pytest.raises(RowChangedError):
        change_traveller(keyring=office.keyring("case_lead"), **told, seen_version=1, at=office.later())
    assert office.keyring("case_lead").open(row, "mobility", "gender") == {"mobility": "carried", "gender": None}


def test_what_does_not_fit_leaves_nobody_behind(office: Office) -> None:
    case, other = asked(office), asked(office)
    stranger = person(office, other)
    with pytest.raises(Traveller.DoesNotExist):
        person(office, case, "5-11", accompanied_by=str(stranger))
    with pytest.raises(BadInputError):
        person(office, case, "grown up")
    with pytest.raises(Traveller.DoesNotExist):
        take_off_traveller(keyring=office.keyring("caseworker"), case=case, traveller_id=uuid4(), at=office.later())
    own = person(office, case)
    with pytest.raises(NotAllOfItError):
        change_traveller(
            keyring=office.keyring("caseworker"),
            case=case,
            traveller_id=own,
            seen_version=1,
            values={"accompanied_by": str(own)},
            at=office.later(),
        )
    assert Traveller.objects.filter(record=case.record).count() == 1
