from datetime import timedelta

import pytest

from tests.office import Office
from tests.unit.cases.desk import asked
from waystation.audit.models import Entry
from waystation.cases.index.index import index_of
from waystation.cases.models import Case, Task
from waystation.cases.services import add_task, close_case, finish_task, reopen_task
from waystation.cases.to_do import ToDo, tasks_of, with_words

pytestmark = pytest.mark.django_db


def listed(office: Office, key: str, whose: str = "all") -> list[ToDo]:
    keyring = office.keyring(key)
    progress = tasks_of(keyring).catch_up(office.person(key), at=office.later(), seconds=60)
    assert progress.done
    return tasks_of(keyring).to_do(index_of(keyring), whose)


def given(office: Office, case: Case, by: str = "caseworker", **values: object) -> Task:
    return add_task(keyring=office.keyring(by), case=case, at=office.later(), **{"what": "check_in", **values})  # type: ignore[arg-type]


def seen(found: list[ToDo]) -> set[str]:
    return {each.task.what for each in found}


def test_what_is_due_first_leads_and_what_is_overdue_says_so(office: Office) -> None:
    case, today = asked(office), office.now.date()
    given(office, case, what="plan", due=today + timedelta(days=40))
    given(office, case, what="review", due=today - timedelta(days=2))
    found = listed(office, "caseworker")
    assert found[0].task.what == "review"
    assert found[-1].task.what == "plan"
    assert [each.late for each in found] == [True, *[False] * (len(found) - 1)]
    assert {each.case.code for each in found} == {case.code}


def test_nobody_is_told_of_tasks_in_cases_they_may_not_open(office: Office) -> None:
    asked(office)
    assert listed(office, "caseworker")
    office.admit("other", "Lena Okafor", office.person("caseworker").role_set)
    for key in ("other", "field_officer", "finance", "communications", "auditor"):
        assert listed(office, key) == []
    assert listed(office, "safeguarding")


def test_mine_is_what_was_given_to_me_and_what_nobody_has_in_a_case_i_carry(office: Office) -> None:
    case, lead = asked(office), office.id("case_lead")
    given(office, case, what="check_in")
    given(office, case, what="plan", owner=lead)
    assert seen(listed(office, "caseworker", "mine")) == seen(listed(office, "caseworker")) - {"plan"}
    assert seen(listed(office, "case_lead", "mine")) == {"plan"}
    assert seen(listed(office, "case_lead", "team")) == seen(listed(office, "caseworker"))


def test_what_is_done_is_gone_and_comes_back_when_taken_back(office: Office) -> None:
    case = asked(office)
    task = given(office, case, what="plan")
    keyring = office.keyring("caseworker")
    assert "plan" in seen(listed(office, "caseworker"))
    finish_task(keyring=keyring, case=case, task_id=task.pk, at=office.later())
    assert "plan" not in seen(listed(office, "caseworker"))
    reopen_task(keyring=keyring, case=case, task_id=task.pk, at=office.later())
    assert "plan" in seen(listed(office, "caseworker"))


def test_a_closed_case_has_nothing_to_do(office: Office) -> None:
    case = asked(office)
    assert listed(office, "caseworker")
    close_case(keyring=office.keyring("caseworker"), case=case, outcome="withdrew", at=office.later())
    assert listed(office, "caseworker") == []


def test_words_are_opened_for_what_is_shown_and_the_log_says_so(office: Office) -> None:
    case = asked(office)
    given(office, case, what="other", words="ask the aunt by the river")
    found = listed(office, "caseworker")
    assert all(not each.task.words for each in found)
    before = Entry.objects.filter(kind="records.listed").count()
    shown = with_words(keyring=office.keyring("caseworker"), shown=found, at=office.later())
    assert "ask the aunt by the river" in {each.task.words for each in shown}
    assert Entry.objects.filter(kind="records.listed").count() == before + 1
    assert with_words(keyring=office.keyring("caseworker"), shown=[], at=office.later()) == []
    assert "river" not in repr(shown)
