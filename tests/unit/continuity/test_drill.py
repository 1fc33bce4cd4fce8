from datetime import timedelta

import pytest

from tests.unit.continuity.conftest import Home
from waystation.accounts.errors import NotPermittedError
from waystation.audit.models import Entry
from waystation.continuity.backup import make_backup
from waystation.continuity.drill import FINDINGS, WARN_AFTER, Drilled, drill, is_overdue, last_drills, last_good_drill
from waystation.continuity.errors import StoppedError
from waystation.continuity.models import Drill


def try_it(home: Home) -> Drilled:
    return drill(here=home.here(), at=home.later())


def test_a_good_drill_is_noted_and_leaves_nothing(home: Home) -> None:
    home.case()
    make_backup(here=home.here(), at=home.later())
    found = try_it(home)
    assert (found.ok, found.findings) == (True, ())
    assert found.opened >= 4
    assert found.counts["cases_case"] == 1
    assert not list(home.data.glob(".*"))
    assert Entry.objects.order_by("-seq")[0].kind == "drill.done"
    assert last_good_drill() == last_drills(5)[0] == Drill.objects.get()


def test_what_was_written_after_the_backup_does_no_harm(home: Home) -> None:
    home.case()
    make_backup(here=home.here(), at=home.later())
    home.case(name="Later")
    assert try_it(home).ok


def test_without_a_backup_it_is_not_good(home: Home) -> None:
    found = try_it(home)
    assert found.findings == (("no_backup", 0),)
    assert Entry.objects.order_by("-seq")[0].kind == "drill.failed"
    assert last_good_drill() is None


def test_a_damaged_backup_is_found_out(home: Home) -> None:
    made = make_backup(here=home.here(), at=home.later())
    whole = bytearray(made.shelved.store.read_bytes())
    whole[len(whole) // 2] ^= 1
    made.shelved.store.write_bytes(whole)
    found = try_it(home)
    assert not found.ok
    assert found.findings[0][0] == "not_whole"


def test_a_backup_without_keys_is_found_out(home: Home) -> None:
    made = make_backup(here=home.here(), at=home.later())
    assert made.shelved.keyring is not None
    made.shelved.keyring.unlink()
    assert ("no_keys", 0) in try_it(home).findings


def test_a_live_log_that_was_rewritten_is_found_out(home: Home) -> None:
    make_backup(here=home.here(), at=home.later())
    last = Entry.objects.order_by("-seq")[1]
    Entry.objects.filter(pk=last.pk).update(digest=b"x" * 32)
    assert "log_differs" in [code for code, _ in try_it(home).findings]


def test_it_needs_leave_and_can_be_stopped(home: Home) -> None:
    make_backup(here=home.here(), at=home.later())
    with pytest.raises(NotPermittedError):
        drill(here=home.here("safeguarding"), at=home.later())

    def stop(name: str, done: int, total: int) -> None:
        if name == "check":
            raise StoppedError

    with pytest.raises(StoppedError):
        drill(here=home.here(), at=home.later(), steps=stop)
    assert not Drill.objects.exists()
    assert not list(home.data.glob(".*"))


def test_it_is_overdue_after_thirty_days(home: Home) -> None:
    make_backup(here=home.here(), at=home.later())
    assert is_overdue(last_good_drill(), home.later())
    try_it(home)
    last = last_good_drill()
    assert last is not None
    assert not is_overdue(last, last.at + WARN_AFTER)
    assert is_overdue(last, last.at + WARN_AFTER + timedelta(seconds=1))


def test_every_finding_has_its_words() -> None:
    assert all(words.endswith(".") for words in FINDINGS.values())
