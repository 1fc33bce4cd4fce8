import pytest
from django.utils.translation import override
from tests.office import Office

from waystation.accounts.models import SeenAlert
from waystation.audit.kinds import KINDS
from waystation.audit.models import Entry, Head
from waystation.audit.services import append
from waystation.audit.verify import Fault, What
from waystation.store.models import Record
from waystation.web.views.log import fault_words
from waystation.web.wording import say

pytestmark = pytest.mark.django_db


def body(page: str) -> str:
    return page.split("<tbody>")[1].split("</tbody>")[0]


def test_readers_see_what_it_was_about_and_others_kinds_and_times(office: Office) -> None:
    record = office.keyring("case_lead").create_record(kind="case", recipients={}, at=office.later())
    append(keyring=office.keyring("case_lead"), kind="record.made", at=office.later(), record=record)
    for key, reads in (("auditor", True), ("safeguarding", True), ("director", False)):
        page = office.client(key).get("/log").content.decode()
        assert "Record made" in page
        assert "한지우" in page
        assert (str(record.pk) in page) is reads, key


def test_reading_the_log_is_an_entry_of_it(office: Office) -> None:
    office.client("auditor").get("/log")
    assert Entry.objects.order_by("-seq")[0].kind == "log.opened"


def test_a_trap_looks_to_others_like_what_it_pretends_to_be(office: Office) -> None:
    append(keyring=office.keyring("caseworker"), kind="honey.touched", at=office.later())
    mine = office.client("director").get("/log").content.decode()
    assert "Decoy" not in mine
    assert "Identity opened" in body(mine)
    assert "Decoy&#x27;s identity opened" in body(office.client("auditor").get("/log").content.decode())
    only = office.client("director").get("/log?kind=identity.opened").content.decode()
    assert "Identity opened" in body(only)
    assert office.client("director").get("/log?kind=honey.touched").status_code == 422


def test_entries_are_chosen_by_kind_and_days(office: Office) -> None:
    client = office.client("director")
    append(keyring=office.keyring("finance"), kind="unlocked", at=office.later(days=10))
    assert body(client.get("/log?kind=unlocked").content.decode()).count("<tr") == 1
    assert body(client.get("/log?since=2031-03-10").content.decode()).count("<tr") == 1
    assert "Unlocked" not in body(client.get("/log?until=2031-03-05").content.decode())
    assert "No entry of this kind" in client.get("/log?kind=locked").content.decode()
    assert client.get("/log?since=yesterday").status_code == 422


def test_a_long_log_has_pages(office: Office) -> None:
    for _ in range(60):
        append(keyring=office.keyring("finance"), kind="unlocked", at=office.later())
    client = office.client("director")
    assert body(client.get("/log").content.decode()).count("<tr") == 50
    assert client.get("/log?page=2").status_code == 200


def test_the_check_finds_nothing_in_a_good_log_and_is_an_entry(office: Office) -> None:
    page = office.client("director").post("/log/check").content.decode()
    assert "are as they were written" in page
    assert Entry.objects.order_by("-seq")[0].kind == "log.verified"


def test_the_check_names_each_fault(office: Office) -> None:
    Entry.objects.filter(seq=4).update(kind="locked")
    Entry.objects.filter(seq=6).delete()
    page = office.client("auditor").post("/log/check").content.decode()
    assert "2 faults among" in page
    assert "Entry 4: its content was changed" in page
    assert "Before entry 7" in page


def test_alerts_are_shown_to_others_until_somebody_looked(office: Office) -> None:
    entry = append(keyring=office.keyring("caseworker"), kind="honey.touched", at=office.later())
    client = office.client("director")
    assert "Bounmy Phetsavong" in client.get("/log/alerts").content.decode()
    assert "/log/alerts" in client.get("/").content.decode().split("<main")[1].split("</main>")[0]
    assert client.post(f"/log/alerts/{entry.pk}/seen").status_code == 303
    assert SeenAlert.objects.get().by_id == office.id("director")
    assert "Nothing to look at." in client.get("/log/alerts").content.decode()
    assert client.post(f"/log/alerts/{entry.pk}/seen").status_code == 404


def test_who_touched_a_decoy_sees_nothing_of_it(office: Office) -> None:
    append(keyring=office.keyring("director"), kind="honey.touched", at=office.later())
    client = office.client("director")
    assert "Nothing to look at." in client.get("/log/alerts").content.decode()
    assert "/log/alerts" not in client.get("/").content.decode().split("<main")[1].split("</main>")[0]


@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_kind_and_every_fault_has_words(language: str) -> None:
    with override(language):
        words = {say(f"log.kind.{kind.name}") for kind in KINDS}
        faults = {fault_words(Fault(7, what)) for what in What}
    assert len(words) == len(KINDS)
    assert len(faults) == len(What)
    assert all("7" in text for text in faults)


def test_what_the_log_counts_is_its_end(office: Office) -> None:
    total = Head.objects.get().seq
    assert f"{total} entries in all" in office.client("director").get("/log").content.decode()
    assert Record.objects.filter(kind="audit").count() == 1
