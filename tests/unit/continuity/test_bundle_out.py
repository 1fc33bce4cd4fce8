import io

import pytest
from django.test import override_settings

from tests.unit.continuity.conftest import Home, send
from waystation.accounts.errors import NotPermittedError
from waystation.audit.models import Entry
from waystation.cases.models import Case
from waystation.continuity.bundle_in import bundle_in
from waystation.continuity.bundle_out import bundle_out
from waystation.continuity.errors import StoppedError
from waystation.continuity.models import Office
from waystation.continuity.second_store import standing_in
from waystation.kernel import BadInputError, RuleRefusedError
from waystation.store.files import keep_file, read_file
from waystation.store.models import SealedFile
from waystation.store.tiers import Tier
from waystation.vault import NoKeyError


def test_a_case_arrives_as_it_was_sent(home: Home, away: Home) -> None:
    case = home.case(name="이소연", party_size=3, urgency="soon", needs=["medicine"])
    content = b"a letter" * 10_000
    keep_file(
        home.office.keyring("caseworker"), case.record, Tier.WELFARE, io.BytesIO(content), "letter.txt", at=home.later()
    )
    sent = send(home, case)
    assert (sent.sequence, sent.records, sent.files, sent.left_out) == (1, 1, 1, 0)
    assert Entry.objects.order_by("-seq")[0].kind == "bundle.sent"
    with override_settings(DATA_DIR=away.data), standing_in(away.data / "store.db"):
        received = bundle_in(here=away.here("case_lead"), source=sent.path, at=away.later())
        assert received.records == (case.record_id,)
        there = Case.objects.select_related("record").get()
        keyring = away.office.keyring("case_lead")
        opened = keyring.open(there, "name", "party_size", "urgency", "needs", "note")
        assert opened == {
            "name": "이소연",
            "party_size": 3,
            "urgency": "soon",
            "needs": ["medicine"],
            "note": "about 이소연",
        }
        assert there.code == case.code
        file = SealedFile.objects.get()
        assert b"".join(read_file(keyring, file)) == content
        assert Entry.objects.order_by("-seq")[0].kind == "bundle.received"


def test_need_to_know_holds_on_both_sides(home: Home, away: Home) -> None:
    case = home.case()
    home.office.keyring("safeguarding")
    sent = send(home, case, key="director")
    assert sent.left_out == 1, "a director opens no name"
    with override_settings(DATA_DIR=away.data), standing_in(away.data / "store.db"):
        bundle_in(here=away.here("director"), source=sent.path, at=away.later())
        there = Case.objects.select_related("record").get()
        assert there.name is None
        assert away.office.keyring("director").open(there, "note") == {"note": "about Planted Name"}


def test_who_takes_it_in_lets_go_of_what_is_not_theirs(home: Home, away: Home) -> None:
    sent = send(home, home.case())
    with override_settings(DATA_DIR=away.data), standing_in(away.data / "store.db"):
        bundle_in(here=away.here("director"), source=sent.path, at=away.later())
        there = Case.objects.select_related("record").get()
        with pytest.raises(NoKeyError):
            away.office.keyring("director").open(there, "name")
        assert away.office.keyring("safeguarding").open(there, "name") == {"name": "Planted Name"}


def test_what_may_not_be_sent_is_refused(home: Home, away: Home) -> None:
    case = home.case()
    with pytest.raises(NotPermittedError):
        send(home, case, key="caseworker")
    with pytest.raises(BadInputError):
        send(home)
    office = Office.objects.get()
    wrong, at = [home.office.organisation.record_id], home.later()
    with pytest.raises(BadInputError):
        bundle_out(here=home.here(), office_id=office.pk, record_ids=wrong, target=home.data / "b", at=at)
    Office.objects.update(confirmed_by=None, confirmed_at=None)
    with pytest.raises(RuleRefusedError):
        send(home, case)
    assert not list(home.data.parent.glob("bundle*"))


def test_to_stop_leaves_no_bundle_and_no_number_is_used(home: Home, away: Home) -> None:
    case, office = home.case(), Office.objects.get()

    def stop(name: str, done: int, total: int) -> None:
        if name == "settle":
            raise StoppedError

    with pytest.raises(StoppedError):
        bundle_out(
            here=home.here("case_lead"),
            office_id=office.pk,
            record_ids=[case.record_id],
            target=home.data / "b.age",
            at=home.later(),
            steps=stop,
        )
    office.refresh_from_db()
    assert office.next_out == 1
    assert not (home.data / "b.age").exists()
    assert not list(home.data.glob(".*"))
