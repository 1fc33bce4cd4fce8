"""The life of one case through the pages, from the first search to the shredder, by everybody who has a part in it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from django.urls import reverse
from tests.office import Office, SeatedClient
from tests.unit.cases.people import follow_clock, page, saved

from waystation.accounts.models import Approval
from waystation.audit import queries as log
from waystation.cases.models import Case
from waystation.store.models import SealedFile

pytestmark = pytest.mark.django_db

NAME, PLACE, NOTE, WORDS = "Kang Hae-won 강해원", "the northern province", "she cannot sleep", "what they did to her"


@pytest.fixture(autouse=True)
def _around(office: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    follow_clock(office, monkeypatch)
    with override_settings(DATA_DIR=tmp_path, FILE_UPLOAD_HANDLERS=["waystation.web.uploads.SealingUploadHandler"]):
        yield


@pytest.fixture
def people(office: Office) -> dict[str, SeatedClient]:
    """Everybody's browser."""
    return {key: office.client(key) for key in office.opened}


def do(client: SeatedClient, address: str, /, *args: object, **data: Any) -> str:
    """Post a form, follow where it leads, and return that page."""
    answer = client.post(reverse(address, args=args), data)
    assert answer.status_code == 303, page(answer)
    return page(client.get(answer["Location"]))


def see(client: SeatedClient, name: str, *args: object) -> str:
    answer = client.get(reverse(name, args=args))
    return page(answer) if answer.status_code == 200 else str(answer.status_code)


def enter(people: dict[str, SeatedClient]) -> Case:
    worker = people["caseworker"]
    assert "Nobody like that" in page(worker.post(reverse("cases.new"), {"text": "강해원"}))
    do(worker, "cases.new", enter="1", name=NAME, whereabouts=PLACE, note=NOTE, urgency="now", party_size="2")
    assert Case.objects.get().code in page(worker.post(reverse("cases.new"), {"text": "강해원"}))
    return Case.objects.select_related("record").get()


def test_the_life_of_a_case(office: Office, people: dict[str, SeatedClient]) -> None:
    case = enter(people)

    # Each sees their parts, and no more.
    seen = {key: see(client, "cases.page", case.pk) for key, client in people.items()}
    assert {key for key, text in seen.items() if PLACE in text} == {"caseworker", "case_lead", "director"}
    assert {key for key, text in seen.items() if NOTE in text} == {
        "caseworker",
        "case_lead",
        "director",
        "safeguarding",
    }
    assert not any(NAME in text for text in seen.values())
    revealed = {
        key: page(client.post(reverse("cases.reveal.identity", args=[case.pk]))) for key, client in people.items()
    }
    assert {key for key, text in revealed.items() if NAME in text} == {"caseworker", "case_lead", "safeguarding"}

    # The safeguarding officer writes down what was said and keeps a recording; communications is given it.
    safeguarding = people["safeguarding"]
    do(safeguarding, "cases.edit.evidence", case.pk, testimony=WORDS, version="1")
    recording = SimpleUploadedFile("목소리.mp3", b"voice" * 50_000)
    do(safeguarding, "cases.attach", case.pk, file=recording, tier="evidence")
    assert see(people["communications"], "cases.page", case.pk) == "404"
    do(safeguarding, "access.give", case.pk, person=str(office.id("communications")), tiers=["evidence"])
    told = page(people["communications"].post(reverse("cases.reveal.evidence", args=[case.pk])))
    assert (WORDS in told, "목소리.mp3" in told, NOTE in told, PLACE in told) == (True, True, False, False)
    kept = SealedFile.objects.get()
    answer: Any = people["communications"].get(reverse("cases.file", args=[case.pk, kept.pk]))
    assert b"".join(answer.streaming_content) == b"voice" * 50_000

    # The lead lets the field officer see where to go, and takes that back.
    lead, officer = people["case_lead"], people["field_officer"]
    do(lead, "access.give", case.pk, person=str(office.id("field_officer")), tiers=["movement"])
    assert PLACE in see(officer, "cases.page", case.pk)
    assert "cannot recall" in do(lead, "access.take.parts", case.pk, office.id("field_officer"), 2)
    assert see(officer, "cases.page", case.pk) == "404"
    assert PLACE in see(people["caseworker"], "cases.page", case.pk)  # sealed again with the new key

    # It is closed, kept for five years, and shredded by two.
    do(people["caseworker"], "cases.close", case.pk, outcome="withdrew")
    office.later(days=5 * 365)
    director = people["director"]
    assert case.code in see(director, "retention.due")
    refused = director.post(reverse("cases.shred", args=[case.pk]), {"code": case.code})
    assert refused.status_code == 403
    do(director, "approvals.ask", purpose="shred", record=str(case.pk))
    do(safeguarding, "approvals.give", Approval.objects.get().pk)
    assert "is shredded" in do(director, "cases.shred", case.pk, code=case.code)
    for key, client in people.items():
        answer = client.get(reverse("cases.page", args=[case.pk]))
        assert answer.status_code in {403, 404, 410}, key
        assert not any(word in page(answer) for word in (NAME, PLACE, NOTE, WORDS))
    assert saved(case.pk).testimony is None
    assert not SealedFile.objects.exists()
    assert case.code not in see(lead, "cases.list")


def test_the_log_tells_all_of_it(office: Office, people: dict[str, SeatedClient]) -> None:
    case = enter(people)
    people["caseworker"].post(reverse("cases.reveal.identity", args=[case.pk]))
    see(people["case_lead"], "cases.page", case.pk)
    do(people["case_lead"], "access.give", case.pk, person=str(office.id("field_officer")), tiers=["movement"])
    do(people["caseworker"], "cases.close", case.pk, outcome="withdrew")
    lines = log.read(office.keyring("auditor"), log.entries())
    told = [(line.kind, line.signer) for line in lines if line.payload and line.payload.record_id == case.pk]
    worker, lead = office.id("caseworker"), office.id("case_lead")
    expected = [
        ("record.closed", worker),
        ("grant.given", lead),
        ("record.opened", lead),
        ("identity.opened", worker),
        ("record.made", worker),
    ]
    places = [told.index(each) for each in expected]
    assert places == sorted(places), "the newest first"
    assert not any(
        word in repr(list(log.read(office.keyring("auditor"), log.entries()))) for word in (NAME, PLACE, NOTE)
    )
