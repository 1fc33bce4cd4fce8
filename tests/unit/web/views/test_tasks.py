from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests.office import Office
from tests.unit.cases.desk import asked
from tests.unit.cases.people import page

from waystation.cases.models import Task
from waystation.cases.services import add_task
from waystation.web.views.tasks import PER_PAGE

pytestmark = pytest.mark.django_db


def warm(client: Client) -> None:
    """Look until everything is opened: on a busy machine the first look shows how far it has come."""
    while "progress-part" in page(client.get(reverse("tasks.list"))):
        pass


def listed(client: Client, **query: str) -> str:
    warm(client)
    answer = client.get(reverse("tasks.list"), query)
    assert answer.status_code == 200
    return page(answer)


def test_tasks_are_listed_by_code_with_no_name(office: Office) -> None:
    case = asked(office)
    shown = listed(office.client("caseworker"))
    assert case.code in shown
    assert "Answer the first call" in shown
    assert "Given to you" in shown or "you carry the case" in shown
    assert "Pak Un-ju" not in shown
    assert f'href="{reverse("cases.page", args=[case.pk])}#tasks"' in shown
    assert "data-row" in shown


def test_who_may_not_open_the_case_is_told_of_no_task(office: Office) -> None:
    case = asked(office)
    assert case.code not in listed(office.client("safeguarding"))
    assert case.code in listed(office.client("safeguarding"), whose="all")
    for key in ("finance", "field_officer", "auditor", "communications"):
        assert office.client(key).get(reverse("tasks.list")).status_code == 403


def test_done_is_said_from_the_list_and_taken_back(office: Office) -> None:
    case = asked(office)
    keyring, client = office.keyring("caseworker"), office.client("caseworker")
    task = add_task(keyring=keyring, case=case, what="plan", at=office.later())
    warm(client)
    answer = client.post(reverse("tasks.done", args=[case.pk, task.pk]), {"whose": "all"})
    assert (answer.status_code, answer["Location"]) == (303, f"{reverse('tasks.list')}?whose=all")
    undo = reverse("tasks.again", args=[case.pk, task.pk])
    assert undo in page(client.get(answer["Location"]))
    assert Task.objects.get(pk=task.pk).done_on is not None
    client.post(undo)
    assert Task.objects.get(pk=task.pk).done_on is None
    assert reverse("tasks.done", args=[case.pk, task.pk]) in listed(client)


def test_a_task_of_another_case_is_not_found(office: Office) -> None:
    one, other = asked(office), asked(office)
    task = add_task(keyring=office.keyring("caseworker"), case=one, what="plan", at=office.later())
    client = office.client("caseworker")
    assert client.post(reverse("tasks.done", args=[other.pk, task.pk])).status_code == 404


def test_home_counts_what_is_mine_and_says_what_is_overdue(office: Office) -> None:
    case, client = asked(office), office.client("caseworker")
    add_task(
        keyring=office.keyring("caseworker"),
        case=case,
        what="plan",
        due=office.now.date() - timedelta(days=400 * 365),
        at=office.later(),
    )
    shown = page(client.get(reverse("home")))
    assert f"{reverse('tasks.list')}?whose=mine" in shown
    assert "Yours to do" in shown
    assert "overdue" in shown


def test_many_tasks_come_in_pages(office: Office) -> None:
    case, keyring = asked(office), office.keyring("caseworker")
    for _ in range(PER_PAGE):
        add_task(keyring=keyring, case=case, what="check_in", at=office.later())
    client = office.client("caseworker")
    assert "page=2" in listed(client)
    assert listed(client, page="2").count("data-row") < listed(client).count("data-row") == PER_PAGE
