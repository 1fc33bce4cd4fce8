from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from tests.office import Office
from tests.unit.cases.desk import asked, summary
from tests.unit.cases.people import page

from waystation.accounts.roles import Role
from waystation.cases.models import Case
from waystation.cases.steps.vocabulary import Priority
from waystation.web.views.cases import many as module

pytestmark = pytest.mark.django_db


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


def test_too_many_are_refused_with_their_number(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    cases = [asked(office), asked(office)]
    monkeypatch.setattr(module, "MOST", 1)
    assert "2 cases are too many for one step; 1 are the most" in change(
        office.client("case_lead"), cases, "priority:urgent"
    )


def test_owners_are_offered_to_those_who_may_hand_over(office: Office) -> None:
    asked(office)
    assert f"owner:{office.id('caseworker')}" in page(office.client("case_lead").get("/cases"))
    assert "owner:" not in page(office.client("safeguarding").get("/cases"))
    assert reverse("cases.many") not in page(office.client("finance").get("/cases"))
