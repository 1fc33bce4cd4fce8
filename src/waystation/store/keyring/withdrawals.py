"""Keys taken by somebody who cannot open the tier.

Grants cannot be told apart without the key, so such a person cannot delete the right one. They leave a signed row instead,
sealed to the tier's box: whoever holds the key reads it, makes a new key without that person, and removes the row. Until then
the person's own keyring, which can read the row too, refuses to use the key.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Final
from uuid import UUID

from waystation.store.keyring.finding import AT_ONCE
from waystation.store.keyring.keys import OpenKey
from waystation.store.keyring.places import Place
from waystation.store.keyring.trust import Trust
from waystation.store.models import TierKey, Withdrawal
from waystation.store.tiers import Tier
from waystation.vault import Identity, NoKeyError, TamperedError, open_box, seal_to, sign

_MESSAGE: Final = b"waystation withdrawal 1\x00"


def withdrawal_statement(row: Withdrawal) -> bytes:
    """Return what whoever takes the key signs."""
    return (
        _MESSAGE
        + row.record_id.bytes
        + row.version.to_bytes(4, "big")
        + row.tier.encode()
        + b"\x00"
        + bytes(row.sealed)
    )


def leave_withdrawal(maker: Identity, key: TierKey, person_id: UUID, at: datetime) -> None:
    """Leave word that somebody's key is to be taken, and mark the tier's newest key as one that is to be replaced."""
    row = Withdrawal(
        record_id=key.record_id,
        tier=key.tier,
        version=key.version,
        sealed=seal_to(bytes(key.box_public), person_id.bytes),
        made_by=maker.person_id,
        made_at=at,
    )
    row.signature = sign(maker, withdrawal_statement(row))
    row.save(force_insert=True)
    TierKey.objects.filter(pk=key.pk).update(stale=True)


def waiting_for(record_ids: Collection[UUID]) -> dict[Place, list[Withdrawal]]:
    """Return what waits to be executed in these records; usually nothing."""
    found: dict[Place, list[Withdrawal]] = defaultdict(list)
    for row in Withdrawal.objects.filter(record_id__in=list(record_ids)):
        found[Place(row.record_id, Tier(row.tier))].append(row)
    return found


def waiting_among(record_ids: Collection[UUID]) -> dict[Place, list[Withdrawal]]:
    """Return the same of any number of records, with one query: all that waits anywhere is read."""
    if len(record_ids) <= AT_ONCE:
        return waiting_for(record_ids)
    waiting = set(Withdrawal.objects.values_list("record_id", flat=True))
    return waiting_for(waiting & set(record_ids)) if waiting else {}


def withdrawn_people(opened: OpenKey, rows: Collection[Withdrawal], trust: Trust) -> dict[UUID, list[Withdrawal]]:
    """Return who is to lose this key, with the rows that say so. Rows that no trusted person signed are left out."""
    found: dict[UUID, list[Withdrawal]] = defaultdict(list)
    if not rows:
        return found
    secret = opened.held()[0]
    for row in rows:
        try:
            trust.demand_signature(row.made_by, withdrawal_statement(row), bytes(row.signature))
            plain = open_box(secret, bytes(row.sealed))
        except (TamperedError, NoKeyError):
            continue
        if len(plain) == 16:
            found[UUID(bytes=plain)].append(row)
    return found
