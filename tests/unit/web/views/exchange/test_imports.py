import io
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from tests.office import Office
from tests.unit.exchange.files import GOOD, HEADER
from tests.unit.intake.books import with_part, xlsx

from waystation.cases.models import Case
from waystation.exchange.models import Import
from waystation.web.views.exchange.staged import WORK

ROWS = (GOOD, "r2,Rain Invented,the south,7,", "r3,Moon Invented,the south,old,", ",invented SKY,,20,")


def send(client: Client, data: bytes, **fields: str) -> Any:
    file = io.BytesIO(data)
    file.name = "plantedfile.csv"
    return client.post(reverse("exchange.imports"), {"file": file, **fields}, follow=True)


def table(*rows: str) -> bytes:
    return "\n".join([HEADER, *rows, ""]).encode()


def test_a_table_is_looked_at_taken_in_and_taken_back(office: Office) -> None:
    client = office.client("caseworker")
    looked = send(client, table(*ROWS))
    page = looked.content.decode()
    assert "What would become of it" in page
    for text in ("new: 2", "may be here already: 1", "wrong: 1", "like row 2"):
        assert text in page
    assert "plantedfile" not in page
    assert not Case.objects.exists()
    stage = looked.redirect_chain[-1][0].rsplit("/", 1)[1]
    done = client.post(reverse("exchange.take_in", args=[stage]), follow=True).content.decode()
    assert "The table was taken in." in done
    assert client.post(reverse("exchange.take_in", args=[stage])).status_code == 404
    assert Case.objects.count() == 2
    source = Import.objects.get()
    listed = client.get(reverse("exchange.imports")).content.decode()
    assert "Take it back" in listed
    undone = client.post(reverse("exchange.undo", args=[source.pk]), follow=True).content.decode()
    assert "2 rows were taken back." in undone
    assert "Taken back" in client.get(reverse("exchange.imports")).content.decode()
    client.post(reverse("exchange.undo", args=[source.pk]))
    assert Import.objects.count() == 1


def test_a_doubtful_row_is_entered_once_somebody_ticks_it(office: Office) -> None:
    client = office.client("caseworker")
    looked = send(client, table(GOOD, ",invented SKY,,20,"))
    stage = looked.redirect_chain[-1][0].rsplit("/", 1)[1]
    client.post(reverse("exchange.choose", args=[stage]), {"page_row": "3", "new": ["3", "2", "x"]})
    page = client.get(reverse("exchange.look", args=[stage])).content.decode()
    assert "Take in 2 rows" in page
    client.post(reverse("exchange.choose", args=[stage]), {"show": "wrong"})
    assert "Sky Invented" not in client.get(reverse("exchange.look", args=[stage])).content.decode()
    client.post(reverse("exchange.take_in", args=[stage]))
    assert Case.objects.count() == 2


def test_a_hostile_file_has_one_clear_fault_and_enters_nobody(office: Office) -> None:
    client = office.client("caseworker")
    page = send(client, with_part(xlsx({"S": [["name"]]}), "xl/vbaProject.bin", b"x")).content.decode()
    assert "It holds macros." in page
    assert "Take in" not in page
    assert not Import.objects.exists()


def test_a_guessed_encoding_is_said_and_may_be_corrected(office: Office) -> None:
    client = office.client("caseworker")
    raw = (HEADER + "\n" + "r1,김하늘,북쪽 마을,41,위험한 상황\n").encode("cp949")
    page = send(client, raw).content.decode()
    assert "Its text was taken for cp949." in page
    assert "김하늘" in page
    assert "taken for" not in send(client, raw, encoding="cp949").content.decode()


def test_another_sees_nothing_of_a_staged_file(office: Office) -> None:
    looked = send(office.client("caseworker"), table(GOOD))
    stage = looked.redirect_chain[-1][0].rsplit("/", 1)[1]
    lead = office.client("case_lead")
    assert lead.get(reverse("exchange.look", args=[stage])).status_code == 404
    assert lead.post(reverse("exchange.take_in", args=[stage])).status_code == 404
    assert lead.post(reverse("exchange.undo", args=[uuid4()])).status_code == 404
    assert office.client("finance").get(reverse("exchange.imports")).status_code == 403


def test_no_file_is_said(office: Office) -> None:
    assert office.client("caseworker").post(reverse("exchange.imports"), {}).status_code == 422


def test_one_file_is_worked_on_at_a_time(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    client = office.client("caseworker")
    looked = send(client, table(GOOD))
    stage = looked.redirect_chain[-1][0].rsplit("/", 1)[1]
    monkeypatch.setattr(WORK, "is_running", lambda kind: True)
    assert "still being worked on" in send(client, table(GOOD)).content.decode()
    answer = client.post(reverse("exchange.take_in", args=[stage]), follow=True)
    assert "still being worked on" in answer.content.decode()
    assert not Case.objects.exists()
