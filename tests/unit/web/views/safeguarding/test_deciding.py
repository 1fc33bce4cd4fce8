import pytest
from django.urls import reverse
from tests.office import Office
from tests.unit.cases.people import entered, page
from tests.unit.safeguarding.children import Child

from waystation.safeguarding.models import Paper, PaperDecision

pytestmark = pytest.mark.django_db
AGREED = {"verdict": "agreed", "why": "read it whole"}


def address(paper: Paper) -> str:
    return reverse("safeguarding.paper", args=[paper.record_id, paper.pk])


def test_another_person_reads_it_whole_and_decides(office: Office) -> None:
    paper = Child(office).determination(by="caseworker")
    client = office.client("safeguarding")
    shown = page(client.get(address(paper)))
    assert "heard the child" in shown
    assert "Ana Reyes, social worker" in shown
    assert client.post(address(paper), {"verdict": "agreed"}).status_code == 422, "a reason is demanded"
    assert client.post(address(paper), AGREED).status_code == 303
    assert PaperDecision.objects.get().by == office.id("safeguarding")
    assert "read it whole" in page(client.get(address(paper)))
    assert client.post(address(paper), AGREED).status_code == 403


def test_who_wrote_it_reads_it_and_decides_nothing(office: Office) -> None:
    paper = Child(office).determination(by="case_lead")
    client = office.client("case_lead")
    assert "somebody else decides" in page(client.get(address(paper)))
    assert client.post(address(paper), AGREED).status_code == 403
    worker = office.client("caseworker")
    assert "waits for somebody who may decide" in page(worker.get(address(paper)))
    assert worker.post(address(paper), AGREED).status_code == 403
    assert not PaperDecision.objects.exists()


def test_a_paper_of_another_case_is_not_there(office: Office) -> None:
    paper = Child(office).determination()
    other = reverse("safeguarding.paper", args=[entered(office).pk, paper.pk])
    assert office.client("case_lead").get(other).status_code == 404
