from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from tests.office import Office
from tests.unit.exchange.exporting.test_collect import family
from tests.unit.exchange.exporting.test_make import KEY
from tests.unit.exchange.files import GOOD, imported, sheet

from waystation.accounts.models import Organisation
from waystation.exchange.models import Export
from waystation.web.views.exchange.exports import folder

ASKED = {
    "purpose": "referral",
    "what": "cases",
    "state": "open",
    "recipient": "Harbour clinic",
    "reason": "a doctor",
    "key": KEY,
    "form": "csv",
    "days": "30",
}


@pytest.fixture(autouse=True)
def one_case(office: Office) -> Any:
    imported(office, sheet(GOOD), by="case_lead")
    yield
    for path in folder().glob("*") if folder().exists() else ():
        path.unlink()


def test_an_export_waits_for_its_numbers_and_is_handed_over(office: Office) -> None:
    client = office.client("case_lead")
    page = client.post(reverse("exchange.export"), ASKED).content.decode()
    assert "Type the numbers" in page
    assert not Export.objects.exists()
    wrong = client.post(reverse("exchange.export"), {**ASKED, "typed": "1", "rows": "2", "columns": "5"})
    assert wrong.status_code == 422
    assert "1 rows and 5 columns" in wrong.content.decode()
    right = {**ASKED, "typed": "1", "rows": "1", "columns": "5"}
    done = client.post(reverse("exchange.export"), right, follow=True).content.decode()
    assert "The export is made: 1 row." in done
    export = Export.objects.get()
    file = client.get(reverse("exchange.export.file", args=[export.pk]))
    content = b"".join(file.streaming_content)  # type: ignore[attr-defined] # a file is streamed
    assert content.startswith(b"age-encryption.org/v1")
    assert b"Sky" not in content
    register = client.get(reverse("exchange.exports")).content.decode()
    assert "Harbour clinic" in register
    client.post(reverse("exchange.export.remove", args=[export.pk]))
    assert client.get(reverse("exchange.export.file", args=[export.pk])).status_code == 404
    assert "removed" in client.get(reverse("exchange.exports")).content.decode()


def test_what_is_no_key_is_said(office: Office) -> None:
    answer = office.client("case_lead").post(reverse("exchange.export"), {**ASKED, "key": "age1no"})
    assert answer.status_code == 422
    assert "This is no age key" in answer.content.decode()


def test_a_purpose_of_which_one_may_export_nothing_says_so(office: Office) -> None:
    page = office.client("director").post(reverse("exchange.export"), ASKED).content.decode()
    assert "There is no case of which you may export all" in page


def test_others_do_not_export(office: Office) -> None:
    assert office.client("caseworker").get(reverse("exchange.export")).status_code == 403
    client = office.client("case_lead")
    assert client.get(reverse("exchange.export")).status_code == 200
    assert client.post(reverse("exchange.export.remove", args=[uuid4()])).status_code == 404


def test_more_identities_than_one_person_may_open_alone_ask_for_a_second(office: Office) -> None:
    Organisation.objects.update(openings_per_hour=1)
    client = office.client("case_lead")
    right = {**ASKED, "typed": "1", "rows": "1", "columns": "5"}
    assert client.post(reverse("exchange.export"), right, follow=True).status_code == 200
    answer = client.post(reverse("exchange.export"), right, follow=True)
    assert answer.status_code == 403
    assert "second person" in answer.content.decode().lower()
    assert Export.objects.count() == 1


def test_rows_that_a_purpose_does_not_need_are_refused_with_those_it_gets(office: Office) -> None:
    client = office.client("case_lead")
    page = client.post(reverse("exchange.export"), {**ASKED, "purpose": "transport", "what": "contacts"})
    assert page.status_code == 422
    assert "This purpose does not need such rows. It gets: case, person." in page.content.decode()


def test_people_are_counted_as_rows_and_handed_over(office: Office) -> None:
    family(office)
    client = office.client("case_lead")
    asked = {**ASKED, "purpose": "transport", "what": "people"}
    page = client.post(reverse("exchange.export"), asked).content.decode()
    assert "Age band" in page
    wrong = client.post(reverse("exchange.export"), {**asked, "typed": "1", "rows": "3", "columns": "5"})
    assert wrong.status_code == 422
    right = {**asked, "typed": "1", "rows": "2", "columns": "5"}
    assert "The export is made: 2 rows." in client.post(reverse("exchange.export"), right, follow=True).content.decode()
    assert "person" in client.get(reverse("exchange.exports")).content.decode()
