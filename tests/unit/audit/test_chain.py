from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import pytest

from waystation.audit.chain import START, box_message, checkpoint_message, entry_digest, entry_message

AT = datetime(2031, 3, 1, 9, 30, 5, 7, tzinfo=UTC)
ENTRY: dict[str, Any] = {
    "seq": 7, "at": AT, "kind": "record.made", "signer": UUID(int=5), "payload": b"sealed", "previous": START,
}  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [
        {"seq": 8},
        {"at": AT + timedelta(microseconds=1)},
        {"kind": "record.mad"},
        {"kind": "record.madesealed", "payload": b""},
        {"signer": UUID(int=6)},
        {"payload": b"sealee"},
        {"previous": bytes([1]) + START[1:]},
    ],
    ids=str,
)
def test_every_column_counts(change: dict[str, Any]) -> None:
    assert entry_digest(**ENTRY) != entry_digest(**ENTRY | change)


def test_a_time_counts_as_the_moment_it_is() -> None:
    elsewhere = AT.astimezone(timezone(timedelta(hours=9)))
    assert entry_digest(**ENTRY) == entry_digest(**ENTRY | {"at": elsewhere})


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        entry_digest(**ENTRY | {"at": AT.replace(tzinfo=None)})


def test_what_is_signed_for_one_end_cannot_serve_another() -> None:
    digest = entry_digest(**ENTRY)
    messages = {
        entry_message(digest),
        checkpoint_message(seq=7, digest=digest, at=AT),
        box_message(number=7, box_public=digest),
    }
    assert len(messages) == 3
    assert len({message[:24] for message in messages}) == 3


def test_the_digest_is_the_same_in_every_version() -> None:
    assert entry_digest(**ENTRY).hex() == "738911941c3f1bcc3fedc51fa08795d1ef93038bc7408bc70eabb00b2ea1af46"
