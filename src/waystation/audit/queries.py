"""Read the log: everybody's part, and the readers'."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from waystation.audit.chain import box_message
from waystation.audit.errors import NotAReaderError
from waystation.audit.kinds import KINDS
from waystation.audit.models import Entry, LogBox
from waystation.audit.payload import Payload, from_bytes
from waystation.store.keyring import Keyring
from waystation.store.tiers import Tier
from waystation.vault import RECOVERY, NoKeyError, TamperedError, open_box, verify

ALERTS = tuple(kind.name for kind in KINDS if kind.alert)
"""Kinds of entry that somebody should see soon."""


@dataclass(frozen=True)
class Line:
    """An entry as a reader sees it; ``payload`` is None where none of the log's keys opens it."""

    seq: int
    at: datetime
    kind: str
    signer: UUID
    payload: Payload | None


def current_box(keyring: Keyring) -> LogBox:
    """Return the key pair to which payloads are sealed now.

    Raises
    ------
    TamperedError
        If it is not signed by somebody this keyring trusts: then nothing may be sealed to it.
    """
    box = LogBox.objects.order_by("-number").first()
    if box is None:
        raise TamperedError("the log has no key")
    demand_signed(keyring, box)
    return box


def demand_signed(keyring: Keyring, box: LogBox) -> None:
    """Raise TamperedError unless somebody this keyring trusts, or the recovery key, made this key pair."""
    cards = keyring.cards
    if box.made_by == RECOVERY:
        maker = keyring.recovery.sign_public
    elif box.made_by in cards:
        maker = cards[box.made_by].sign_public
    else:
        raise TamperedError("the log's key was made by nobody who is trusted here")
    verify(maker, box_message(number=box.number, box_public=bytes(box.box_public)), bytes(box.signature))


def may_read(keyring: Keyring) -> bool:
    """Tell whether this keyring opens payloads."""
    box = LogBox.objects.select_related("record").order_by("-number").first()
    return box is not None and keyring.may_open(box.record, Tier.EVIDENCE)


def entries(
    *,
    kinds: Iterable[str] = (),
    since: datetime | None = None,
    before: datetime | None = None,
    signer: UUID | None = None,
) -> QuerySet[Entry]:
    """Return entries, the newest first: of these kinds (none given: all), ``since`` <= at < ``before``, by one signer."""
    found = Entry.objects.order_by("-seq")
    wanted = tuple(kinds)
    if wanted:
        found = found.filter(kind__in=wanted)
    if since is not None:
        found = found.filter(at__gte=since)
    if before is not None:
        found = found.filter(at__lt=before)
    return found if signer is None else found.filter(signer=signer)


def read(keyring: Keyring, rows: Iterable[Entry]) -> Iterator[Line]:
    """Yield entries with their payloads opened.

    Raises
    ------
    NotAReaderError
        If the keyring does not hold the log's key. Nothing was opened.
    """
    if not may_read(keyring):
        raise NotAReaderError("this person does not read the log")
    boxes = LogBox.objects.select_related("record").order_by("-number")
    secrets = [bytes.fromhex(str(keyring.open(box, "box_secret")["box_secret"])) for box in boxes]
    return (Line(row.seq, row.at, row.kind, row.signer, _payload(secrets, bytes(row.payload))) for row in rows)


def _payload(secrets: Iterable[bytes], sealed: bytes) -> Payload | None:
    for secret in secrets:
        try:
            return from_bytes(open_box(secret, sealed))
        except (NoKeyError, TamperedError):
            continue
    return None
