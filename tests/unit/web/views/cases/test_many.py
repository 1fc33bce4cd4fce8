from typing import Any
from uuid import UUID, uuid4

import pytest
from django.urls import reverse
from tests.office import Office
from tests.unit.cases.desk import asked, summary
from tests.unit.cases.people import page
from tests.unit.continuity.at_once import AtOnce

from waystation.accounts.roles import Role
from waystation.cases.models import Case
from waystation.cases.steps.vocabulary import Priority
from waystation.continuity import jobs
from waystation.continuity.jobs import State
from waystation.web.views.cases import many as module

pytestmark = pytest.mark.django_db


class Later:
    """A thread that is not begun."""

    def __init__(self, **_: Any) -> None: ...

    def start(self) -> None: ...


def change(client: Any, cases: list[Case], do: str, **more: str) -> str:
    answer = client.post(reverse("cases.many"), {"case": [str(case.pk) for case in cases], "do": do, **more})
    assert (answer.status_code, answer["Location"]) == (303, reverse("cases.list"))
    return page(client.get(reverse("cases.list")))


def test_chosen_cases_are_changed_and_undone(office: Office) -> None:
    first, second, third = asked(office), asked(office), asked(office)
    client = office.client("case_lead")
    shown = change(client, [first, second], "priority:urgent")
    assert "2 cases were changed." in shown
    assert reverse("cases.many.undo") in shown
    assert [summary(office, case).priority for case in (first, second, third)] == [
        Priority.URGENT,
        Priority.URGENT,
        Priority.NORMAL,
    ]
    assert client.post(reverse("cases.many.undo")).status_code == 303
    assert "Taken back in 2 cases." in page(client.get("/cases"))
    assert summary(office, first).priority is Priority.NORMAL
    client.post(reverse("cases.many.undo"))
    assert "nothing to take back" in page(client.get("/cases"))


def test_all_that_match_are_changed_and_no_others(office: Office) -> None:
    cases = [asked(office) for _ in range(3)]
    client = office.client("case_lead")
    change(client, cases[:1], "flag:medical")
    client.get("/cases?what=flag")
    assert "One case was changed." in change(client, [], "priority:urgent", all="1")
    assert [summary(office, case).priority is Priority.URGENT for case in cases] == [True, False, False]


def test_a_case_one_may_not_see_is_not_changed(office: Office) -> None:
    case = asked(office)
    office.admit("other", "Somebody Else", [Role.CASEWORKER])
    client = office.client("other")
    assert "No case was chosen" in change(client, [case], "priority:urgent")
    assert "No case was chosen" in change(client, [], "priority:urgent", case=str(uuid4()))
    assert "No case was chosen" in change(client, [], "priority:urgent", case="x")


@pytest.mark.parametrize("do", ["", "priority:now", "name:x", "owner:"])
def test_what_is_not_offered_is_not_done(office: Office, do: str) -> None:
    case = asked(office)
    assert "Choose what to do" in change(office.client("case_lead"), [case], do)
    assert summary(office, case).priority is Priority.NORMAL


def begun(client: Any, cases: list[Case], do: str) -> str:
    """Begin a change of more cases than a page waits for; return the address that tells how far it is."""
    answer = client.post(reverse("cases.many"), {"case": [str(case.pk) for case in cases], "do": do})
    assert answer.status_code == 303
    return str(answer["Location"])


def test_very_many_are_changed_as_a_piece_of_work_and_undone(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FEW", 1)
    monkeypatch.setattr(jobs, "Thread", AtOnce)
    cases, client = [asked(office), asked(office)], office.client("case_lead")
    here = begun(client, cases, "priority:urgent")
    assert here.startswith("/cases/many/")
    part = client.get(here, headers={"hx-request": "true"})
    assert (part["HX-Redirect"], part.content) == (here, b"")
    assert client.get(here)["Location"] == reverse("cases.list")
    shown = page(client.get(reverse("cases.list")))
    assert "2 cases were changed." in shown
    assert [summary(office, case).priority for case in cases] == [Priority.URGENT, Priority.URGENT]
    assert client.get(here)["Location"] == reverse("cases.list")
    assert "were changed" not in page(client.get(reverse("cases.list"))), "it is said once"
    back = client.post(reverse("cases.many.undo"))["Location"]
    assert back.startswith("/cases/many/")
    assert "Taken back in 2 cases." in page(client.get(back, follow=True))
    assert [summary(office, case).priority for case in cases] == [Priority.NORMAL, Priority.NORMAL]


def test_while_it_runs_it_shows_how_far_it_is_and_can_be_stopped(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "FEW", 1)
    monkeypatch.setattr(jobs, "Thread", Later)
    cases, client = [asked(office), asked(office)], office.client("case_lead")
    here = begun(client, cases, "priority:urgent")
    job = module.CHANGES.find(UUID(here.rpartition("/")[2]))
    assert job is not None
    job.step, job.done, job.total = "change", 1, 2
    shown = page(client.get(here))
    assert "Changing the cases" in shown
    assert 'value="1" max="2"' in shown
    part = page(client.get(here, headers={"hx-request": "true"}))
    assert (f'hx-get="{here}"' in part, "<html" in part) == (True, False)
    assert "still going on" in change(client, cases, "priority:emergency")
    assert client.post(reverse("cases.many.stop", args=[job.id])).status_code == 303
    assert (job.asked_to_stop, "stops at the next case" in page(client.get(here))) == (True, True)
    assert office.client("caseworker").get(here).status_code == 404
    job.state, job.error = State.FAILED, ValueError("Plantedname")
    shown = page(client.get(here, follow=True))
    assert ("It failed on the way" in shown, "Plantedname" in shown) == (True, False)


def test_owners_are_offered_to_those_who_may_hand_over(office: Office) -> None:
    asked(office)
    assert f"owner:{office.id('caseworker')}" in page(office.client("case_lead").get("/cases"))
    assert "owner:" not in page(office.client("safeguarding").get("/cases"))
    assert reverse("cases.many") not in page(office.client("finance").get("/cases"))
