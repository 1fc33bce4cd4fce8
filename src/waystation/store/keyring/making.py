"""Make tier keys and the grants that hand them to people."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID, uuid4

from waystation.store.keyring.finding import Handings
from waystation.store.keyring.keys import OpenKey, held_binding, statement
from waystation.store.keyring.places import Place
from waystation.store.keyring.trust import Trust
from waystation.store.models import Grant, TierKey
from waystation.vault import Identity, commitment, new_box_pair, new_key, seal, seal_to, sign


def make_key(maker: Identity, place: Place, *, before: OpenKey | None, at: datetime) -> OpenKey:
    """Make the first key of a tier, or the one after ``before``, and sign and save its row. Nobody is given it yet."""
    made = unsaved_key(maker, place, before=before, at=at)
    made.row.save(force_insert=True)
    return made


def unsaved_key(maker: Identity, place: Place, *, before: OpenKey | None, at: datetime) -> OpenKey:
    """Make the same key, for whoever writes very many rows at once; its row is signed and not saved."""
    key, box = new_key(), new_box_pair()
    row = TierKey(
        record_id=place.record_id,
        tier=place.tier.value,
        version=before.version + 1 if before else 1,
        commitment=commitment(key),
        box_public=box.public,
        made_by=maker.person_id,
        made_at=at,
    )
    row.held_sealed = seal(key, box.secret + (before.key if before else b""), held_binding(row))
    row.signature = sign(maker, statement(row))
    return OpenKey(key, row)


def grant_rows(opened: OpenKey, trust: Trust, people: Iterable[UUID], giver: Handings | None = None) -> list[Grant]:
    """Return a grant of a key for each person, not saved.

    Parameters
    ----------
    giver
        Whoever holds the key and hands it over: each receiver finds it at once. None seals it to each alone, which is for a key
        whose maker does not keep it: what is handed over, the giver's own secret opens too.

    Raises
    ------
    BadInputError
        If one of them has no trusted card.
    """
    row, place = opened.row, opened.place.as_bytes(opened.version)
    made = []
    for person_id in people:
        public = trust.box_of(person_id)
        handing = giver.to(public) if giver else None
        made.append(
            Grant(
                id=uuid4(),
                record_id=row.record_id,
                tier=row.tier,
                version=row.version,
                tag=opened.tag_of(person_id),
                hint=handing.hint(place) if handing else None,
                sealed=handing.seal(opened.key, place) if handing else seal_to(public, opened.key),
            )
        )
    return made


def save_grants(grants: Iterable[Grant]) -> None:
    """Insert grants in the order of their random ids, so that the order of rows tells nothing."""
    Grant.objects.bulk_create(sorted(grants, key=lambda grant: grant.id))
