from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.office import Office
from tests.unit.cases.people import entered, page

from waystation.audit.models import Entry
from waystation.cases.models import Case
from waystation.cases.services import close_case
from waystation.store.files import files_folder
from waystation.store.models import SealedFile
from waystation.web.uploads import SealingUploadHandler

pytestmark = pytest.mark.django_db

DATA = bytes(range(256)) * 700


def send(client: Client, case: Case, data: bytes = DATA, name: str = "진단서.pdf", tier: str = "welfare") -> Any:
    file = SimpleUploadedFile(name, data)
    return client.post(reverse("cases.attach", args=[case.pk]), {"file": file, "tier": tier})


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def test_a_file_goes_in_and_comes_out(office: Office) -> None:
    case, client = entered(office), office.client("caseworker")
    answer = send(client, case)
    assert (answer.status_code, answer["Location"]) == (303, reverse("cases.page", args=[case.pk]))
    kept = SealedFile.objects.get()
    answer = client.get(reverse("cases.file", args=[case.pk, kept.pk]))
    assert body(answer) == DATA
    assert answer["Content-Type"] == "application/octet-stream"
    assert Entry.objects.filter(kind="file.opened", signer=office.id("caseworker")).count() == 1


def test_its_name_on_the_readers_disk_is_neutral_unless_asked_for(office: Office) -> None:
    case, client = entered(office), office.client("caseworker")
    send(client, case)
    kept = SealedFile.objects.get()
    neutral = client.get(reverse("cases.file", args=[case.pk, kept.pk]))
    named = client.get(reverse("cases.file.named", args=[case.pk, kept.pk]))
    assert neutral["Content-Disposition"] == 'attachment; filename="file.bin"'
    assert "%EC%A7%84%EB%8B%A8%EC%84%9C.pdf" in named["Content-Disposition"]
    assert (body(neutral), body(named)) == (DATA, DATA)


def test_files_stand_in_their_part_of_the_page(office: Office) -> None:
    case = entered(office)
    send(office.client("caseworker"), case)
    send(office.client("safeguarding"), case, name="얼굴.mp4", tier="evidence")
    shown = page(office.client("caseworker").get(reverse("cases.page", args=[case.pk])))
    assert ("진단서.pdf" in shown, "얼굴.mp4" in shown) == (True, False)
    shown = page(office.client("safeguarding").get(reverse("cases.page", args=[case.pk])))
    assert "얼굴.mp4" not in shown
    shown = page(office.client("safeguarding").post(reverse("cases.reveal.evidence", args=[case.pk])))
    assert "얼굴.mp4" in shown


def test_only_parts_one_may_change_are_offered(office: Office) -> None:
    case = entered(office)
    shown = page(office.client("safeguarding").get(reverse("cases.attach", args=[case.pk])))
    assert [f'value="{tier}"' in shown for tier in ("identity", "movement", "welfare", "evidence")] == [
        True,
        False,
        True,
        True,
    ]
    answer = send(office.client("caseworker"), case, tier="evidence")
    assert answer.status_code == 422
    assert not SealedFile.objects.exists()


@pytest.mark.parametrize(
    "data", [{"tier": "welfare"}, {"tier": "welfare", "file": "text alone"}, {"file": SimpleUploadedFile("a", b"")}]
)
def test_an_empty_or_missing_file_is_a_fault(office: Office, data: dict[str, Any]) -> None:
    case, client = entered(office), office.client("caseworker")
    assert client.post(reverse("cases.attach", args=[case.pk]), data).status_code == 422
    assert not SealedFile.objects.exists()


def test_too_large_a_file_is_a_fault_and_leaves_nothing(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SealingUploadHandler, "limit", 1000)
    case = entered(office)
    answer = send(office.client("caseworker"), case)
    assert answer.status_code == 422
    assert not SealedFile.objects.exists()
    assert list(files_folder().iterdir()) == []


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "a/b\\c.txt", "\u202egpj.exe", "x" * 300, "", "a\nb.txt", '강해원 "quoted".pdf']
)
def test_names_are_only_names(office: Office, name: str) -> None:
    case, client = entered(office), office.client("caseworker")
    answer = send(client, case, b"data", name or "a")
    assert answer.status_code in {303, 422}
    for kept in SealedFile.objects.all():
        answer = client.get(reverse("cases.file.named", args=[case.pk, kept.pk]))
        disposition = answer["Content-Disposition"]
        assert body(answer) == b"data"
        assert not any(each in disposition for each in ("/", "\n", "..\\"))
    assert all(len(path.name) == 32 for path in files_folder().iterdir())


@pytest.mark.parametrize("key", ["field_officer", "finance", "communications", "auditor", "director"])
def test_who_may_not_sees_no_form_and_no_file(office: Office, key: str) -> None:
    case = entered(office)
    send(office.client("caseworker"), case, tier="identity")
    kept, client = SealedFile.objects.get(), office.client(key)
    assert client.get(reverse("cases.attach", args=[case.pk])).status_code in {403, 404}
    assert send(client, case).status_code in {403, 404}
    assert client.get(reverse("cases.file", args=[case.pk, kept.pk])).status_code in {403, 404}
    assert SealedFile.objects.count() == 1


def test_a_file_of_another_case_is_not_there(office: Office) -> None:
    case, other, client = entered(office), entered(office), office.client("caseworker")
    send(client, other)
    assert client.get(reverse("cases.file", args=[case.pk, SealedFile.objects.get().pk])).status_code == 404


def test_a_closed_case_takes_no_file(office: Office) -> None:
    case = entered(office)
    close_case(keyring=office.keyring("caseworker"), case=case, outcome="withdrew", at=office.later())
    assert send(office.client("caseworker"), case)["Location"] == reverse("cases.page", args=[case.pk])
    assert not SealedFile.objects.exists()
