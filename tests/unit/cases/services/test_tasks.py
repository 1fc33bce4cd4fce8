from datetime import date

import pytest

from tests.office import Office
from tests.unit.cases.desk import asked, summary, told
from waystation.cases.models import Task
from waystation.cases.services import add_task, finish_task, reopen_task

pytestmark = pytest.mark.django_db


def test_a_task_is_due_by_the_table_and_its_end_can_be_taken_back(office: Office) -> None:
    case, worker = asked(office, heads={"18-59": 1}), office.keyring("caseworker")
    task = add_task(keyring=worker, case=case, what="assess", at=office.later())
    opened = worker.open(task, "due", "owner")
    assert opened == {"due": date(2031, 3, 22), "owner": str(office.id("caseworker"))}
    first = Task.objects.exclude(pk=task.pk).get()
    assert (summary(office, case).tasks, summary(office, case).due) == (2, date(2031, 3, 4))
    finish_task(keyring=worker, case=case, task_id=first.pk, at=office.later())
    assert (summary(office, case).tasks, summary(office, case).due) == (1, date(2031, 3, 22))
    events = len(told(office, case))
    finish_task(keyring=worker, case=case, task_id=first.pk, at=office.later())  # done is done
    assert len(told(office, case)) == events
    reopen_task(keyring=worker, case=case, task_id=first.pk, at=office.later())
    assert (summary(office, case).tasks, summary(office, case).due) == (2, date(2031, 3, 4))


def test_a_task_of_another_case_is_not_found(office: Office) -> None:
    case, other = asked(office), asked(office)
    task = Task.objects.get(record=other.record)
    with pytest.raises(Task.DoesNotExist):
        finish_task(keyring=office.keyring("caseworker"), case=case, task_id=task.pk, at=office.later())
