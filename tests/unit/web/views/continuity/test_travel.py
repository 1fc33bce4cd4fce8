import io

from django.test import Client
from django.urls import reverse
from tests.unit.continuity.conftest import Home

from waystation.vault import WrongSecretError, device_from_json, open_device


def opens(home: Home, key: str) -> bool:
    try:
        open_device(device_from_json((home.data / "device.json").read_text()), home.office.passphrase(key))
    except WrongSecretError:
        return False
    return True


def test_the_keys_leave_only_after_the_parcel_was_handed_over(home: Home, lead: Client) -> None:
    assert "Do not carry it" in lead.get(reverse("continuity.travel")).content.decode()
    leave = lead.post(reverse("continuity.travel.make")).headers["Location"]
    page = lead.get(leave).content.decode()
    parcel = b"".join(lead.get(page.split('btn-primary" href="')[1].split('"')[0]).streaming_content)  # type: ignore[attr-defined]
    assert opens(home, "case_lead")
    assert lead.post(leave, {}).status_code == 422
    assert opens(home, "case_lead")
    page = lead.post(leave, {"handed_over": "on"}).content.decode()
    assert "No passphrase opens this device any more" in page
    assert not opens(home, "case_lead")
    assert parcel.startswith(b"age-encryption.org/v1")


def test_at_home_a_parcel_becomes_the_file_that_brings_them_back(home: Home, lead: Client, director: Client) -> None:
    leave = lead.post(reverse("continuity.travel.make")).headers["Location"]
    parcel = next((home.data / "travel").iterdir()).read_bytes()
    before = (home.data / "device.json").read_bytes()
    lead.post(leave, {"handed_over": "on"})
    answer = director.post(reverse("continuity.travel.give"), {"parcel": io.BytesIO(parcel)})
    assert b"".join(answer.streaming_content) == before  # type: ignore[attr-defined] # a file is streamed


def test_a_parcel_of_another_office_is_refused(home: Home, director: Client) -> None:
    answer = director.post(reverse("continuity.travel.give"), {"parcel": io.BytesIO(b"nothing")})
    assert answer.status_code == 422
    assert "no parcel for this office" in answer.content.decode()


def test_if_somebody_joined_meanwhile_nothing_is_taken(home: Home, lead: Client) -> None:
    leave = lead.post(reverse("continuity.travel.make")).headers["Location"]
    home.office.client("safeguarding")
    assert lead.post(leave, {"handed_over": "on"}).status_code == 422
    assert opens(home, "case_lead")
