import itertools

import pytest
from django.db import transaction
from tests.office import Office, found_office

from waystation.audit.chain import START, entry_digest
from waystation.audit.errors import TellingDetailError, UnknownKindError
from waystation.audit.models import Entry, Head, LogBox
from waystation.audit.queries import read
from waystation.audit.services import Told, append, append_many, renew_box
from waystation.store.models import Record
from waystation.store.tiers import Tier
from waystation.vault import TamperedError, new_box_pair

pytestmark = pytest.mark.django_db


def test_entries_follow_one_another(office: Office) -> None:
    for _ in range(5):
        append(keyring=office.keyring("finance"), kind="unlocked", at=office.later())
    rows = list(Entry.objects.order_by("seq"))
    assert [row.seq for row in rows] == list(range(1, len(rows) + 1))
    assert bytes(rows[0].previous) == START
    assert all(bytes(later.previous) == bytes(row.digest) for row, later in itertools.pairwise(rows))
    head = Head.objects.get()
    assert (head.seq, bytes(head.digest)) == (rows[-1].seq, bytes(rows[-1].digest))


def test_what_was_written_is_what_was_signed_after_the_database_kept_it(office: Office) -> None:
    for row in Entry.objects.all():
        digest = entry_digest(
            seq=row.seq,
            at=row.at,
            kind=row.kind,
            signer=row.signer,
            payload=bytes(row.payload),
            previous=bytes(row.previous),
        )
        assert digest == bytes(row.digest)


def test_who_writes_cannot_read_and_readers_can(office: Office) -> None:
    record = Record.objects.get(kind="organisation")
    entry = append(
        keyring=office.keyring("caseworker"),
        kind="record.opened",
        at=office.later(),
        record=record,
        tier=Tier.IDENTITY,
        details={"fields": ["name"], "version": 3},
    )
    for key in ("auditor", "safeguarding"):
        (line,) = read(office.keyring(key), [entry])
        assert line.payload is not None
        assert (line.payload.record_id, line.payload.tier) == (record.pk, Tier.IDENTITY)
        assert line.payload.details == {"fields": ["name"], "version": 3}
    assert str(record.pk).encode() not in bytes(entry.payload)


@transaction.atomic
def hold_everything(office: Office, note: str) -> None:
    """Stand in for a service: a write, and its entry."""
    Record.objects.update(hold=True, hold_by=office.id("finance"))
    append(keyring=office.keyring("finance"), kind="hold.set", at=office.later(), details={"note": note})
    if note == "fails.after":
        raise RuntimeError


@pytest.mark.parametrize(("note", "error"), [("fails.after", RuntimeError), ("what she said", TellingDetailError)])
def test_if_the_work_fails_there_is_no_entry_and_if_the_entry_fails_no_work(
    office: Office, note: str, error: type[Exception]
) -> None:
    before = Head.objects.get().seq
    with pytest.raises(error):
        hold_everything(office, note)
    assert Head.objects.get().seq == before == Entry.objects.count()
    assert not Record.objects.filter(hold=True).exists()


def test_an_undeclared_kind_is_not_written(office: Office) -> None:
    with pytest.raises(UnknownKindError):
        append(keyring=office.keyring("finance"), kind="coffee.made", at=office.later())


def test_a_time_without_a_zone_is_not_written(office: Office) -> None:
    with pytest.raises(ValueError, match="time zone"):
        append(keyring=office.keyring("finance"), kind="unlocked", at=office.now.replace(tzinfo=None))


def test_nothing_is_sealed_to_a_key_that_somebody_slipped_in(office: Office) -> None:
    box = LogBox.objects.order_by("-number").first()
    assert box is not None
    LogBox.objects.filter(pk=box.pk).update(box_public=new_box_pair().public)
    with pytest.raises(TamperedError):
        append(keyring=office.keyring("finance"), kind="unlocked", at=office.later())


def test_a_key_made_by_a_stranger_is_not_used(office: Office) -> None:
    LogBox.objects.update(made_by=Record.objects.get(kind="audit").pk)
    with pytest.raises(TamperedError):
        append(keyring=office.keyring("finance"), kind="unlocked", at=office.later())


def test_the_box_is_made_anew_once_for_each_new_key_of_the_log(office: Office) -> None:
    auditor = office.keyring("auditor")
    renew_box(keyring=auditor, at=office.later())
    count = LogBox.objects.count()
    assert renew_box(keyring=auditor, at=office.later()) is None
    auditor.take(Record.objects.get(kind="audit"), Tier.EVIDENCE, office.id("safeguarding"), at=office.later())
    box = renew_box(keyring=auditor, at=office.later())
    assert box is not None
    assert box.number == count + 1 == LogBox.objects.count()


def test_who_cannot_read_the_log_makes_no_key_for_it(office: Office) -> None:
    assert renew_box(keyring=office.keyring("finance"), at=office.later()) is None


def test_earlier_entries_stay_readable_after_the_key_was_renewed() -> None:
    office = found_office()
    assert all(line.payload is not None for line in read(office.keyring("auditor"), Entry.objects.all()))


def test_many_entries_at_once_follow_one_another_like_single_ones(office: Office) -> None:
    keyring = office.keyring("finance")
    record = Record.objects.get(kind="organisation")
    append(keyring=keyring, kind="unlocked", at=office.later())
    told = [Told("record.opened", office.later(), record, Tier.IDENTITY, {"version": each}) for each in range(3)]
    many = append_many(keyring=keyring, told=told)
    append(keyring=keyring, kind="unlocked", at=office.later())
    rows = list(Entry.objects.order_by("seq"))
    assert [row.pk for row in many] == [row.pk for row in rows[-4:-1]]
    assert all(bytes(later.previous) == bytes(row.digest) for row, later in itertools.pairwise(rows))
    lines = list(read(office.keyring("auditor"), rows[-4:-1]))
    assert [line.payload and line.payload.details for line in lines] == [{"version": each} for each in range(3)]
    assert append_many(keyring=keyring, told=[]) == []


def test_one_telling_entry_among_many_means_none(office: Office) -> None:
    before = Entry.objects.count()
    told = [Told("unlocked", office.later()), Told("unlocked", office.later(), details={"name": "in somebody's words"})]
    with pytest.raises(TellingDetailError):
        append_many(keyring=office.keyring("finance"), told=told)
    assert Entry.objects.count() == before
