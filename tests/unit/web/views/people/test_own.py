import pytest
from tests.office import Office

from waystation.audit.models import Entry
from waystation.config.device_file import read_device
from waystation.config.seat import OpenGate
from waystation.vault import WrongSecretError, open_device

pytestmark = pytest.mark.django_db
NEW = "violin window yellow zebra apple river stone"


def test_ones_own_page_tells_what_one_is(office: Office) -> None:
    page = office.client("caseworker").get("/people/me").content.decode()
    assert "Bounmy Phetsavong" in page
    assert "Caseworker" in page


def test_a_passphrase_is_changed(office: Office) -> None:
    client = office.client("caseworker")
    old = office.passphrase("caseworker")
    response = client.post("/people/me", {"old": old, "new": NEW, "again": NEW})
    assert (response.status_code, response["Location"]) == (303, "/people/me")
    device = read_device(client.desk.folder)
    assert open_device(device, NEW).identity.person_id == office.id("caseworker")
    with pytest.raises(WrongSecretError):
        open_device(device, old)
    assert Entry.objects.filter(kind="passphrase.changed").count() == 1


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"old": "not the one at all here now"}, "This is not your passphrase on this device."),
        ({"new": "secret", "again": "secret"}, "Too easy to guess"),
        ({"again": "violin window"}, "The two are not the same."),
        ({"old": ""}, "This is not your passphrase on this device."),
    ],
    ids=str,
)
def test_mistakes_are_told_and_nothing_typed_comes_back(office: Office, change: dict[str, str], told: str) -> None:
    client = office.client("caseworker")
    given = {"old": office.passphrase("caseworker"), "new": NEW, "again": NEW} | change
    page = client.post("/people/me", given)
    assert page.status_code == 422
    assert told in page.content.decode()
    assert NEW not in page.content.decode()
    assert office.passphrase("caseworker") not in page.content.decode()


def test_anothers_passphrase_is_not_mine_to_change(office: Office) -> None:
    client = office.client("caseworker")
    office.client("director")
    page = client.post("/people/me", {"old": office.passphrase("director"), "new": NEW, "again": NEW})
    assert page.status_code == 422


def test_too_many_tries_are_told_to_wait(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(OpenGate, "may_try", lambda _: 12.3)
    monkeypatch.setattr(OpenGate, "seconds_to_wait", lambda _: 12.3)
    page = office.client("caseworker").post("/people/me", {"old": "a b", "new": NEW, "again": NEW})
    assert "in 13 seconds" in page.content.decode()
