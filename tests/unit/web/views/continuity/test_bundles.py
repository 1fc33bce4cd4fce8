import io

from django.test import Client
from django.urls import reverse
from tests.unit.continuity.conftest import Home

from waystation.continuity.models import Office
from waystation.continuity.office_card import card_of, card_to_text
from waystation.continuity.offices import add_office, confirm_office
from waystation.vault import OfficeKeys

OTHER = OfficeKeys(b"another office's secret, 32 byte")


def know(home: Home) -> Office:
    office = add_office(here=home.here(), name="South", card_text=card_to_text(OTHER), at=home.later())
    typed = "".join(card_of(OTHER).fingerprint[-2:])
    return confirm_office(here=home.here("case_lead"), office_id=office.pk, typed=typed, at=home.later())


def test_without_an_office_it_says_so(home: Home, lead: Client) -> None:
    assert "No other office is confirmed yet" in lead.get(reverse("continuity.bundles.send")).content.decode()


def test_a_bundle_is_written_and_handed_over(home: Home, lead: Client) -> None:
    office, case = know(home), home.case()
    answer = lead.post(reverse("continuity.bundles.send"), {"office": str(office.pk), "codes": f"{case.code}\n"})
    assert answer.status_code == 303
    page = lead.get(answer.headers["Location"]).content.decode()
    assert "The bundle is written" in page
    address = page.split('btn-primary" href="')[1].split('"')[0]
    file = lead.get(address)
    content = b"".join(file.streaming_content)  # type: ignore[attr-defined] # a file is streamed
    assert content.startswith(b"age-encryption.org/v1")
    assert b"Planted" not in content
    assert case.code not in file.headers["Content-Disposition"]


def test_an_unknown_code_is_said_and_kept(home: Home, lead: Client) -> None:
    office = know(home)
    answer = lead.post(reverse("continuity.bundles.send"), {"office": str(office.pk), "codes": "no-such"})
    assert answer.status_code == 422
    assert "no-such" in answer.content.decode()


def test_a_file_that_is_no_bundle_is_refused_in_words(home: Home, lead: Client) -> None:
    know(home)
    file = io.BytesIO(b"no bundle")
    file.name = "planted-name.age"
    answer = lead.post(reverse("continuity.bundles.receive"), {"file": file})
    assert answer.status_code == 303
    page = lead.get(answer.headers["Location"]).content.decode()
    assert "alert-danger" in page
    assert "planted-name" not in page
    assert not list(home.data.glob(".*"))
