import pytest
from django.db import IntegrityError, transaction

from tests.office import Office
from tests.unit.cases.desk import asked
from waystation.cases.models import Change, ChangeKind, Event

pytestmark = pytest.mark.django_db


def test_each_version_of_a_case_tells_of_one_thing(office: Office) -> None:
    case = asked(office)
    event = Event.objects.get()
    change = Change.objects.get(case=case, version=event.case_version)
    assert (change.kind, change.fields, change.by) == (ChangeKind.WORKED, [], event.by)
    with pytest.raises(IntegrityError), transaction.atomic():
        Event(record=case.record, by=event.by, at=event.at, case_version=event.case_version).save(force_insert=True)
