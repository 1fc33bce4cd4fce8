from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils.translation import override
from tests.office import Office
from tests.unit.cases.desk import asked, recommended, to_decision
from tests.unit.cases.people import entered

from waystation.cases.index.index import Index
from waystation.cases.models import Case
from waystation.cases.services import add_task, close_case, raise_flag, set_priority
from waystation.cases.steps.vocabulary import Priority
from waystation.web.views.cases.rows import Row, rows_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with override("en"):
        yield


def row(office: Office, case: Case, key: str = "case_lead") -> Row:
    index = Index(office.keyring(key))
    index.catch_up(office.person(key), at=office.later())
    entry = index.get(case.pk)
    assert entry is not None
    return rows_of([entry], index, office.keyring(key), office.now)[0]


def test_it_says_why_it_is_here_who_has_it_and_how_fresh_it_is(office: Office) -> None:
    case = asked(office)
    shown = row(office, case)
    assert (shown.code, shown.step, shown.owner, shown.fresh) == (
        case.code,
        "Request",
        "Bounmy Phetsavong",
        "changed today",
    )
    assert row(office, case, "caseworker").owner == "You"
    assert (shown.why, shown.urgent, shown.name) == ("New: nobody has begun", False, None)
    office.later(days=2)
    assert row(office, case).fresh == "changed 2 days ago"


def test_what_must_be_done_today_is_urgent_and_says_its_day(office: Office) -> None:
    case = asked(office)
    due = (office.now - timedelta(days=1)).date()
    add_task(keyring=office.keyring("caseworker"), case=case, what="other", due=due, at=office.later())
    shown = row(office, case)
    assert shown.why.replace("\N{NON-BREAKING HYPHEN}", "-") == f"Overdue since {due}"
    assert (shown.urgent, shown.late, shown.due) == (True, True, str(due))
    waits = to_decision(office)
    recommended(office, waits)
    assert row(office, waits).why == "A recommendation waits for a second person"


def test_marks_of_people_and_of_the_case(office: Office) -> None:
    case, keyring = asked(office), office.keyring("caseworker")
    set_priority(keyring=keyring, case=case, priority=Priority.EMERGENCY, at=office.later())
    raise_flag(keyring=keyring, case=case, reason="medical", at=office.later())
    marks = {badge.text: badge.tone for badge in row(office, case).badges}
    assert marks == {"Emergency": "danger", "Child": "plain", "Flag": "warning"}
    set_priority(keyring=keyring, case=case, priority=Priority.URGENT, at=office.later())
    close_case(keyring=keyring, case=case, outcome="withdrew", at=office.later())
    closed = row(office, case)
    assert [badge.text for badge in closed.badges][:2] == ["Closed", "Urgent"]
    assert (closed.why, closed.due, closed.late) == ("Closed", "", False)


def test_who_may_not_know_sees_a_code_and_how_fresh_it_is(office: Office) -> None:
    case = entered(office)
    shown = row(office, case, "finance")
    assert (shown.step, shown.due, shown.badges, shown.linked, shown.why) == ("", "", (), False, "Open")
