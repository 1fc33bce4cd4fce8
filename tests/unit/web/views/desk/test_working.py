import pytest
from django.urls import reverse
from tests.office import Office
from tests.unit.cases.desk import asked, summary
from tests.unit.cases.people import page

from waystation.cases.models import Flag, Task

pytestmark = pytest.mark.django_db


def test_tasks_and_flags_are_set_and_taken_back(office: Office) -> None:
    client, case = office.client("caseworker"), asked(office)
    shown = page(client.get(reverse("desk.task", args=[case.pk])))
    assert "한지우" in shown  # the people who are here are offered by name
    client.post(
        reverse("desk.task", args=[case.pk]),
        {"what": "verify", "words": "call back", "owner": str(office.id("case_lead")), "due": "2031-03-09"},
    )
    task = Task.objects.order_by("at").last()
    assert task is not None
    assert client.post(reverse("desk.task_done", args=[case.pk, task.pk])).status_code == 303
    assert reverse("desk.task_again", args=[case.pk, task.pk]) in page(
        client.get(reverse("cases.page", args=[case.pk]))
    )
    client.post(reverse("desk.task_again", args=[case.pk, task.pk]))
    assert summary(office, case).tasks == 2
    client.post(reverse("desk.flag", args=[case.pk]), {"reason": "medical", "words": "insulin", "until": ""})
    flag = Flag.objects.get()
    assert "insulin" in page(client.get(reverse("cases.page", args=[case.pk])))
    client.post(reverse("desk.flag_down", args=[case.pk, flag.pk]))
    assert "insulin" not in page(client.get(reverse("cases.page", args=[case.pk])))
    client.post(reverse("desk.flag_again", args=[case.pk, flag.pk]))
    assert summary(office, case).flags == ("medical",)
