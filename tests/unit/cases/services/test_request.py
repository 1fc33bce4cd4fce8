import pytest

from tests.office import Office
from tests.unit.cases.desk import CALL, asked, summary
from tests.unit.cases.people import read
from waystation.accounts.errors import NotPermittedError
from waystation.cases.errors import NotAllOfItError
from waystation.cases.models import Case, Request, Task
from waystation.cases.services import FirstCall, take_request
from waystation.cases.steps.vocabulary import Priority

pytestmark = pytest.mark.django_db


def test_a_first_call_is_a_case_with_a_code_an_owner_and_a_task(office: Office) -> None:
    case = asked(office, priority=Priority.EMERGENCY)
    now = summary(office, case)
    assert (now.owner, now.heads, now.children, now.tasks) == (office.id("caseworker"), 3, True, 1)
    assert now.due == office.now.date()
    outline: object = office.keyring("director").open(case, "outline")["outline"]
    assert outline == {"region": CALL["region"], "heads": 3, "step": "request", "priority": "emergency"}
    assert read(office, case, "case_lead", "name", "party_size") == {"name": CALL["for_whom"], "party_size": 3}
    task = Task.objects.select_related("record").get()
    assert office.keyring("director").open(task, "what")["what"] == "first_answer"


def test_without_a_person_it_is_nothing(office: Office) -> None:
    for wrong in ({"asker": ""}, {"for_whom": " "}, {"heads": {"18-59": 0}}):
        with pytest.raises(NotAllOfItError):
            asked(office, **wrong)
    with pytest.raises(NotPermittedError):
        take_request(keyring=office.keyring("director"), call=FirstCall(**CALL), at=office.later())
    assert (Case.objects.count(), Request.objects.count()) == (0, 0)
