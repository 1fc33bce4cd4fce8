import io
from pathlib import Path

import pytest
from django.test import override_settings

from tests.office import found_office
from tests.unit.continuity.conftest import Home
from waystation.accounts.errors import NotPermittedError
from waystation.audit.models import Entry
from waystation.cases.models import Case
from waystation.continuity.bundle_in import bundle_in
from waystation.continuity.bundle_out import Sent, bundle_out
from waystation.continuity.errors import NotWholeError, StoppedError
from waystation.continuity.models import Office
from waystation.continuity.office_card import card_of, card_to_text
from waystation.continuity.offices import add_office, confirm_office
from waystation.continuity.second_store import standing_in
from waystation.kernel import BadInputError, RuleRefusedError
from waystation.store.files import keep_file, read_file
from waystation.store.models import Record, SealedFile
from waystation.store.tiers import Tier
from waystation.vault import NoKeyError, OfficeKeys


@pytest.fixture
def away(home: Home, empty_store: Path) -> Home:
    """A second office with a store of its own, which knows the first one; use it inside `at`."""
    data = home.data.parent / "away"
    (data / "files").mkdir(parents=True)
    (data / "store.db").write_bytes(empty_store.read_bytes())
    with override_settings(DATA_DIR=data), standing_in(data / "store.db"):
        away = Home(data, found_office(people=("case_lead", "caseworker", "safeguarding")))
        know(away, home)
    know(home, away)
    return away


def know(one: Home, other: Home) -> None:
    keys = OfficeKeys(other.office.opened["director"].office_secret)
    office = add_office(here=one.here(), name="Other", card_text=card_to_text(keys), at=one.later())
    typed = "".join(card_of(keys).fingerprint[-2:])
    confirm_office(here=one.here("case_lead"), office_id=office.pk, typed=typed, at=one.later())


def send(home: Home, *cases: Case, key: str = "case_lead") -> Sent:
    office, ids = Office.objects.get(), [case.record_id for case in cases]
    target = home.data.parent / f"bundle-{office.next_out}.age"
    return bundle_out(here=home.here(key), office_id=office.pk, record_ids=ids, target=target, at=home.later())


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


def refused(away: Home, path: Path, fault: str) -> None:
    with override_settings(DATA_DIR=away.data), standing_in(away.data / "store.db"):
        records, files = Record.objects.count(), len(list((away.data / "files").iterdir()))
        with pytest.raises(NotWholeError) as caught:
            bundle_in(here=away.here("case_lead"), source=path, at=away.later())
        assert caught.value.fault == fault
        assert Record.objects.count() == records
        assert len(list((away.data / "files").iterdir())) == files
        assert not list(away.data.glob(".*"))
        assert Entry.objects.order_by("-seq")[0].kind == "bundle.refused"


def take(away: Home, path: Path, *, accept_gap: bool = False) -> None:
    with override_settings(DATA_DIR=away.data), standing_in(away.data / "store.db"):
        bundle_in(here=away.here("case_lead"), source=path, at=away.later(), accept_gap=accept_gap)


def test_a_bundle_is_taken_once_and_in_its_turn(home: Home, away: Home) -> None:
    first, second, third = (send(home, home.case(name=f"N{number}")) for number in range(3))
    refused(away, second.path, "gap")
    take(away, first.path)
    refused(away, first.path, "replayed")
    take(away, third.path, accept_gap=True)
    refused(away, second.path, "replayed")


def test_a_record_that_is_here_is_not_written_over(home: Home, away: Home) -> None:
    case = home.case()
    first, second = send(home, case), send(home, case)
    take(away, first.path)
    refused(away, second.path, "replayed")


def test_a_bundle_for_another_office_or_from_nobody_is_refused(home: Home, away: Home) -> None:
    sent = send(home, home.case())
    with pytest.raises(NotWholeError) as caught:
        bundle_in(here=home.here("case_lead"), source=sent.path, at=home.later())
    assert caught.value.fault == "stranger"
    with override_settings(DATA_DIR=away.data), standing_in(away.data / "store.db"):
        Office.objects.update(confirmed_by=None, confirmed_at=None)
    refused(away, sent.path, "stranger")


@pytest.mark.parametrize("place", [0.05, 0.3, 0.6, 0.99])
def test_a_changed_bundle_is_refused(home: Home, away: Home, place: float) -> None:
    path = send(home, home.case()).path
    whole = bytearray(path.read_bytes())
    whole[int(len(whole) * place)] ^= 4
    path.write_bytes(whole)
    with override_settings(DATA_DIR=away.data), standing_in(away.data / "store.db"):
        with pytest.raises(NotWholeError):
            bundle_in(here=away.here("case_lead"), source=path, at=away.later())
        assert not Case.objects.exists()


def test_a_file_that_is_no_bundle_is_refused(away: Home, tmp_path: Path) -> None:
    for number, content in enumerate((b"", b"hello", b"age-encryption.org/v1\n" * 30_000)):
        path = tmp_path / f"{number}.age"
        path.write_bytes(content)
        refused(away, path, "changed")


def test_two_cases_of_one_code_get_two_codes(home: Home, away: Home) -> None:
    case = home.case()
    sent = send(home, case)
    with override_settings(DATA_DIR=away.data), standing_in(away.data / "store.db"):
        there = away.case(name="Theirs")
        Case.objects.filter(pk=there.pk).update(code=case.code)
    take(away, sent.path)
    with override_settings(DATA_DIR=away.data), standing_in(away.data / "store.db"):
        assert sorted(Case.objects.values_list("code", flat=True)) == sorted([case.code, f"{case.code[:16]}-2"])


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
