import pytest
from django.urls import reverse
from tests.office import Office
from tests.unit.cases.people import entered, page, read

from waystation.cases.models import Case, Draft, Request
from waystation.web.views.desk.request_forms import STAGES

pytestmark = pytest.mark.django_db

SAID = {
    "for_whom": {"for_whom": "Pak Un-ju"},
    "asker": {"asker": "relative", "asker_name": "Baek Du-ri"},
    "answer": {"answer_way": "message", "answer_address": "the blue notebook", "language": "ko"},
    "people": {"heads_18-59": "2", "heads_5-11": "1"},
    "danger": {"region": "the northern province", "danger": "asked about by name", "priority": "urgent"},
    "consent": {"contact_consent": "yes"},
}


def test_a_first_call_is_taken_one_thing_at_a_time(office: Office) -> None:
    client, address = office.client("caseworker"), reverse("desk.request")
    there = entered(office, name="Pak Un-ju")
    for stage in STAGES:
        shown = page(client.get(address))
        assert f'value="{stage}"' in shown
        assert (there.code in shown) == (stage == "asker")
        answer = client.post(address, {"stage": stage, **SAID[stage]})
        assert (answer.status_code, answer["Location"]) == (303, address)
    shown = page(client.get(address))
    assert "the blue notebook" in shown
    answer = client.post(address, {"stage": "check", "enter": "1"})
    case = Case.objects.exclude(pk=there.pk).get()
    assert answer["Location"] == reverse("cases.page", args=[case.pk])
    assert not Draft.objects.exists()
    row = Request.objects.select_related("record").get()
    told = office.keyring("case_lead").open(row, "asker", "heads", "region", "danger")
    assert told == {
        "asker": "relative",
        "heads": {"18-59": 2, "5-11": 1},
        "region": "the northern province",
        "danger": "asked about by name",
    }
    assert read(office, case, "case_lead", "name", "party_size") == {"name": "Pak Un-ju", "party_size": 3}


def test_faults_come_back_with_links_and_what_was_typed_is_kept_through_a_crash(office: Office) -> None:
    client, address = office.client("caseworker"), reverse("desk.request")
    client.post(address, {"stage": "for_whom", **SAID["for_whom"]})
    client.post(address, {"stage": "asker", **SAID["asker"]})
    refused = client.post(address, {"stage": "answer", "answer_way": "", "answer_time": "after ten"})
    assert refused.status_code == 422
    assert 'href="#id_answer_way"' in page(refused)
    again = office.client("caseworker")  # another process: what the first one held in memory is gone
    assert "after ten" in page(again.get(address))
    client.post(address, {"stage": "answer", "answer_time": "after midnight"}, headers={"X-Draft": "1"})
    assert "after midnight" in page(again.get(address))
    assert not Case.objects.exists()


def test_nobody_else_sees_what_was_typed_and_it_can_be_dropped(office: Office) -> None:
    client, address = office.client("caseworker"), reverse("desk.request")
    client.post(address, {"stage": "for_whom", **SAID["for_whom"]})
    assert b"Pak Un-ju" not in bytes(Draft.objects.get().sealed)
    assert "Pak Un-ju" not in page(office.client("case_lead").get(address))
    client.post(address, {"drop": "1"})
    assert not Draft.objects.exists()
    assert "Pak Un-ju" not in page(client.get(address))


def test_one_can_go_back_and_what_is_wrong_is_asked_again_at_the_end(office: Office) -> None:
    client, address = office.client("caseworker"), reverse("desk.request")
    client.post(address, {"stage": "for_whom", **SAID["for_whom"]})
    client.post(address, {"stage": "asker", "asker": "", "to": "for_whom"})
    assert 'value="Pak Un-ju"' in page(client.get(address))
    client.post(address, {"stage": "", "to": "check"})
    refused = client.get(address)
    assert refused.status_code == 422
    assert client.post(address, {"stage": "check", "enter": "1"}).status_code == 422
    assert not Case.objects.exists()
