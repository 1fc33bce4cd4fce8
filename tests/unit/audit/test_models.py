from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import IntegrityError
from tests.office import Office

from waystation.audit.models import Entry, Head, LogBox

pytestmark = pytest.mark.django_db
AT = datetime(2031, 3, 1, tzinfo=UTC)


def entry(seq: int, previous: bytes) -> Entry:
    return Entry(
        seq=seq, at=AT, kind="x", signer=uuid4(), payload=b"", previous=previous, digest=bytes(32), signature=b""
    )


def test_two_entries_never_follow_the_same_one(store: None) -> None:
    entry(1, bytes(32)).save(force_insert=True)
    with pytest.raises(IntegrityError):
        entry(2, bytes(32)).save(force_insert=True)


@pytest.mark.parametrize("seq", [0, -1])
def test_entries_are_counted_from_one(store: None, seq: int) -> None:
    with pytest.raises(IntegrityError):
        entry(seq, bytes(32)).save(force_insert=True)


def test_the_log_has_one_end(store: None) -> None:
    with pytest.raises(IntegrityError):
        Head.objects.create(pk=2, digest=bytes(32))


def test_a_box_is_counted_from_one_and_once(office: Office) -> None:
    box = LogBox.objects.get(number=1)
    with pytest.raises(IntegrityError):
        LogBox.objects.filter(pk=box.pk).update(number=0)


def test_nothing_shows_what_is_in_it(office: Office) -> None:
    box = LogBox.objects.first()
    assert box is not None
    assert str(box) == f"log box {box.number}"
    assert str(Entry.objects.first()) == f"entry {Entry.objects.first().pk}"  # type: ignore[union-attr] # there are entries
    assert str(Head.objects.get()).startswith("log up to")
