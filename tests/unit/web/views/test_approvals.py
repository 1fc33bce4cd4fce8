from uuid import uuid4

import pytest
from django.utils.timezone import now
from tests.office import Office

from waystation.accounts.models import Approval
from waystation.accounts.services import ask_leave
from waystation.store.models import Record

pytestmark = pytest.mark.django_db


@pytest.fixture
def record(office: Office) -> Record:
    return office.keyring("case_lead").create_record(kind="case", recipients={}, at=office.later())


def asked(office: Office, key: str = "caseworker") -> Approval:
    return ask_leave(keyring=office.keyring(key), purpose="openings", at=now())


def test_a_question_is_asked_from_the_page_that_was_refused(office: Office, record: Record) -> None:
    client = office.client("director")
    response = client.post("/approvals/ask", {"purpose": "shred", "record": str(record.pk)})
    assert (response.status_code, response["Location"]) == (303, "/approvals")
    assert Approval.objects.get().record_id == record.pk
    assert "Destroy a record for good" in client.get("/approvals").content.decode()


@pytest.mark.parametrize("form", [{}, {"purpose": "anything"}, {"purpose": "shred", "record": "x"}], ids=str)
def test_a_question_about_nothing_known_is_refused(office: Office, form: dict[str, str]) -> None:
    assert office.client("director").post("/approvals/ask", form).status_code == 400


def test_what_one_may_not_do_one_may_not_ask_for(office: Office, record: Record) -> None:
    form = {"purpose": "shred", "record": str(record.pk)}
    assert office.client("caseworker").post("/approvals/ask", form).status_code == 403
    assert office.client("director").post("/approvals/ask", {"purpose": "shred"}).status_code == 400
    assert not Approval.objects.exists()


def test_the_second_person_agrees_from_their_own_session(office: Office) -> None:
    question = asked(office)
    second = office.client("case_lead")
    assert "Bounmy Phetsavong" in second.get("/approvals").content.decode()
    assert "Waiting for a second person" in second.get("/").content.decode()
    assert second.post(f"/approvals/{question.pk}/give").status_code == 303
    assert Approval.objects.get().by_id == office.id("case_lead")
    assert "한지우" in office.client("caseworker").get("/approvals").content.decode()


def test_the_second_person_agrees_on_the_first_ones_page(office: Office) -> None:
    question = asked(office)
    office.client("safeguarding")
    form = {"question": str(question.pk), "passphrase": office.passphrase("safeguarding")}
    response = office.client("caseworker").post("/approvals/here", form)
    assert response.status_code == 303
    assert Approval.objects.get().by_id == office.id("safeguarding")


@pytest.mark.parametrize(
    ("second", "told"),
    [
        ("", "This opens nothing on this device."),
        ("nobody", "This opens nothing on this device."),
        ("caseworker", "This person may not agree to that."),
        ("finance", "This person may not agree to that."),
    ],
)
def test_nobody_else_agrees_there(office: Office, second: str, told: str) -> None:
    question = asked(office)
    office.client("finance")
    known = {"": "", "nobody": "six words that open nothing here"}
    passphrase = known[second] if second in known else office.passphrase(second)
    page = office.client("caseworker").post("/approvals/here", {"question": str(question.pk), "passphrase": passphrase})
    assert page.status_code == 422
    assert told in page.content.decode()
    assert not passphrase or passphrase not in page.content.decode()
    assert Approval.objects.get().by is None


def test_a_question_that_is_gone_is_said_to_be(office: Office) -> None:
    client = office.client("case_lead")
    client.post(f"/approvals/{uuid4()}/give")
    assert "more than an hour ago" in client.get("/approvals").content.decode()
    form = {"question": str(uuid4()), "passphrase": office.passphrase("case_lead")}
    assert client.post("/approvals/here", form).status_code == 303


def test_one_does_not_answer_oneself(office: Office) -> None:
    question = asked(office, "case_lead")
    client = office.client("case_lead")
    client.post(f"/approvals/{question.pk}/give")
    assert Approval.objects.get().by is None
    assert "must be somebody else" in client.get("/approvals").content.decode()
