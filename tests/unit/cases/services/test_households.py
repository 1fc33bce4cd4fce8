from typing import Any

import pytest

from tests.office import Office
from tests.unit.cases.desk import asked, person
from waystation.cases.errors import NotAllOfItError, RowChangedError
from waystation.cases.models import Household
from waystation.cases.services import set_household

pytestmark = pytest.mark.django_db


def test_who_travels_together_is_said_once_and_changed_by_whoever_saw_it(office: Office) -> None:
    case, worker = asked(office), office.keyring("caseworker")
    one, two = sorted([person(office, case), person(office, case)])
    told: dict[str, Any] = {"keyring": worker, "case": case, "kind": "household", "members": [one, two]}
    row = set_household(**told, inseparable=[[two, one], [one]], not_consenting=[two], at=office.later())
    opened = worker.open(row, "members", "inseparable", "not_consenting")
    assert opened == {
        "members": [str(one), str(two)],
        "inseparable": [[str(one), str(two)]],
        "not_consenting": [str(two)],
    }
    changed = set_household(**told, household_id=row.pk, seen_version=1, at=office.later())
    assert worker.open(changed, "not_consenting")["not_consenting"] is None
    with pytest.raises(RowChangedError):
        set_household(**told, household_id=row.pk, seen_version=1, at=office.later())
    stranger = person(office, asked(office))
    wrongs: tuple[dict[str, Any], ...] = (
        {"members": []},
        {"members": [one, stranger]},
        {"members": [one], "not_consenting": [two]},
    )
    for wrong in wrongs:
        with pytest.raises(NotAllOfItError):
            set_household(**{**told, **wrong}, at=office.later())
    assert Household.objects.count() == 1
