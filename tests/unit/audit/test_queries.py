from datetime import timedelta

import pytest
from tests.office import Office

from waystation.audit.errors import NotAReaderError
from waystation.audit.models import Entry, LogBox
from waystation.audit.queries import ALERTS, current_box, entries, may_read, read
from waystation.audit.services import append

pytestmark = pytest.mark.django_db


def test_readers_are_those_who_hold_the_logs_key(office: Office) -> None:
    assert {key for key in office.opened if may_read(office.keyring(key))} == {"auditor", "safeguarding"}


def test_others_are_refused_before_anything_is_opened(office: Office) -> None:
    with pytest.raises(NotAReaderError):
        read(office.keyring("director"), Entry.objects.all())


def test_before_there_is_a_log_nobody_reads_it(office: Office) -> None:
    keyring = office.keyring("auditor")
    LogBox.objects.all().delete()
    assert not may_read(keyring)


def test_a_payload_that_no_key_opens_is_said_to_be_closed(office: Office) -> None:
    entry = Entry.objects.order_by("-seq")[0]
    entry.payload = b"\x01" + bytes(100)
    (line,) = read(office.keyring("auditor"), [entry])
    assert line.payload is None


def test_entries_are_chosen_by_kind_time_and_signer(office: Office) -> None:
    start = office.now
    for key in ("finance", "caseworker"):
        append(keyring=office.keyring(key), kind="unlocked", at=office.later(hours=1))
        append(keyring=office.keyring(key), kind="locked", at=office.later(hours=1))
    assert entries(kinds=["unlocked", "locked"]).count() == 4
    assert entries(kinds=["locked"], signer=office.id("finance")).count() == 1
    found = entries(since=start + timedelta(hours=2), before=start + timedelta(hours=4))
    assert [entry.kind for entry in found] == ["unlocked", "locked"]


def test_the_newest_box_is_the_one_in_use(office: Office) -> None:
    assert current_box(office.keyring("finance")).number == max(LogBox.objects.values_list("number", flat=True))


def test_alerts_are_kinds_that_say_so() -> None:
    assert "honey.touched" in ALERTS
    assert "record.opened" not in ALERTS
