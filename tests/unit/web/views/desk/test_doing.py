import pytest
from django.urls import reverse
from django.utils.translation import override
from tests.office import Office
from tests.unit.cases.desk import asked
from tests.unit.cases.people import page

from waystation.cases.models import Draft, Note
from waystation.web.views.desk import ACTS, DOINGS
from waystation.web.wording import LANGUAGES, catalogue


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_may_be_done_has_its_words(language: str) -> None:
    with override(language):
        texts = catalogue(language)
        for doing in DOINGS:
            assert {f"desk.{doing.name}.{text}" for text in ("title", "why", "submit", "done")} <= texts.keys()
        assert {f"desk.{act.name}.done" for act in ACTS} <= texts.keys()
    names = [each.name for each in (*DOINGS, *ACTS)]
    assert len(names) == len(set(names))


@pytest.mark.django_db
def test_a_form_is_kept_while_it_is_typed_and_gone_when_it_is_sent(office: Office) -> None:
    client, case = office.client("caseworker"), asked(office)
    address = reverse("desk.note", args=[case.pk])
    kept = client.post(address, {"text": "half a sen"}, headers={"X-Draft": "1"})
    assert (kept.status_code, Draft.objects.count(), Note.objects.count()) == (204, 1, 0)
    shown = page(client.get(address))
    assert "half a sen" in shown
    assert "not sent it" in shown
    assert "half a sen" not in page(office.client("case_lead").get(address))
    refused = client.post(address, {"text": ""})
    assert refused.status_code == 422
    assert 'href="#id_text"' in page(refused)
    sent = client.post(address, {"text": "half a sentence"})
    assert (sent.status_code, sent["Location"]) == (303, reverse("cases.page", args=[case.pk]) + "#notes")
    assert (Draft.objects.count(), Note.objects.count()) == (0, 1)
    client.post(address, {"text": "another"}, headers={"X-Draft": "1"})
    client.post(address, {"drop": "1"})
    assert (Draft.objects.count(), Note.objects.count()) == (0, 1)


@pytest.mark.django_db
def test_a_closed_case_says_so_and_a_row_of_another_is_not_there(office: Office) -> None:
    client, case, other = office.client("caseworker"), asked(office), asked(office)
    elsewhere = reverse("desk.traveller_change", args=[case.pk, other.pk])
    assert client.get(elsewhere).status_code == 404
    assert client.post(reverse("desk.task_done", args=[case.pk, other.pk])).status_code == 404
    client.post(reverse("cases.close", args=[case.pk]), {"outcome": "withdrew"})
    assert client.get(reverse("desk.note", args=[case.pk])).status_code == 303
