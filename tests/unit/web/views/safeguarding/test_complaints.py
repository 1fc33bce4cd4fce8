import pytest
from django.urls import reverse
from tests.office import Office
from tests.unit.cases.people import page

from waystation.safeguarding.models import Complaint

pytestmark = pytest.mark.django_db
GIVEN = {"words": "Plantedword: he asked for money", "gravity": "harm", "origin": "traveller"}


def received(office: Office, key: str = "caseworker", **more: object) -> Complaint:
    answer = office.client(key).post(reverse("safeguarding.complaints.new"), {**GIVEN, **more})
    assert answer.status_code == 303
    return Complaint.objects.get()


def test_anybody_writes_one_down_and_only_handlers_read_it(office: Office) -> None:
    complaint = received(office, "finance")
    address = reverse("safeguarding.complaint", args=[complaint.pk])
    assert "Plantedword" in page(office.client("safeguarding").get(address))
    assert address in page(office.client("safeguarding").get(reverse("safeguarding.complaints")))
    for key, status in (("finance", 403), ("director", 404), ("auditor", 404), ("case_lead", 403)):
        answer = office.client(key).get(address)
        assert answer.status_code == status
        assert "Plantedword" not in page(answer)


def test_whom_it_is_about_finds_nothing(office: Office) -> None:
    complaint = received(office, about=[str(office.id("safeguarding"))])
    client = office.client("safeguarding")
    assert client.get(reverse("safeguarding.complaint", args=[complaint.pk])).status_code == 404
    assert "No complaint is with you" in page(client.get(reverse("safeguarding.complaints")))
    shown = page(office.client("director").get(reverse("safeguarding.complaint", args=[complaint.pk])))
    assert "Marta Quispe" in shown


def test_a_complaint_nobody_may_handle_is_said_and_not_kept(office: Office) -> None:
    ids = [str(office.id("director"))], [str(office.id("auditor"))]
    answer = office.client("caseworker").post(
        reverse("safeguarding.complaints.new"), {**GIVEN, "about": ids[0], "keep_away": ids[1]}
    )
    assert answer.status_code == 422
    assert "take it to the board" in page(answer)
    assert "Plantedword" in page(answer), "what was typed is kept"
    assert not Complaint.objects.exists()


def test_it_goes_from_step_to_step(office: Office) -> None:
    complaint, client = received(office), office.client("safeguarding")

    def post(verb: str, **values: str) -> int:
        address = reverse(f"safeguarding.complaint.{verb}", args=[complaint.pk])
        return int(client.post(address, values).status_code)

    assert post("answer", outcome="upheld", words="too soon") == 422
    assert post("acknowledge") == 422
    assert post("acknowledge", words="told her") == 303
    assert post("note", words="heard two people") == 303
    assert post("hand_over", person=str(office.id("case_lead")), words="x") == 422
    assert post("hand_over", person=str(office.id("director")), words="away next week") == 303
    assert post("answer", outcome="partly", words="he was moved") == 303
    shown = page(client.get(reverse("safeguarding.complaint", args=[complaint.pk])))
    for words in ("told her", "heard two people", "away next week", "he was moved", "partly upheld"):
        assert words in shown
    assert "<textarea" not in shown.split("<main", 1)[1].split("</main", 1)[0], "nothing is added any more"
