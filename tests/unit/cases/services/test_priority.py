import pytest

from tests.office import Office
from tests.unit.cases.desk import asked, summary, told
from waystation.cases.services import set_priority
from waystation.cases.steps.vocabulary import Priority

pytestmark = pytest.mark.django_db


def test_a_person_says_how_soon_and_saying_it_again_changes_nothing(office: Office) -> None:
    case, worker = asked(office), office.keyring("caseworker")
    for _ in range(2):
        set_priority(keyring=worker, case=case, priority=Priority.EMERGENCY, at=office.later())
    assert summary(office, case).priority is Priority.EMERGENCY
    assert [each["kind"] for each in told(office, case)] == ["requested", "priority_set"]
