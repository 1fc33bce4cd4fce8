"""What a person keeps for themselves alone: no colleague and no director opens it. Nothing of a case belongs in it."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import transaction

from waystation.accounts.models import OwnNote
from waystation.kernel import BadInputError
from waystation.store.keyring import Keyring
from waystation.vault import Binding, TamperedError, open_own, seal_own

MOST: Final = 30
"""So many of one kind may be kept: a list of them is read on every page that offers them."""


@transaction.atomic
def keep_own(*, keyring: Keyring, kind: str, value: Mapping[str, Any], at: datetime) -> UUID:
    """Keep a value for oneself; return its id.

    Raises
    ------
    BadInputError
        If `MOST` are kept already.
    """
    if OwnNote.objects.filter(person_id=keyring.person_id, kind=kind).count() >= MOST:
        raise BadInputError(f"no more than {MOST} of these are kept: take one away first")
    note = OwnNote(id=uuid4(), person_id=keyring.person_id, kind=kind, kept_at=at)
    note.sealed = seal_own(keyring.identity, json.dumps(dict(value), ensure_ascii=False).encode(), _place(note))
    note.save(force_insert=True)
    return note.pk


@transaction.atomic
def drop_own(*, keyring: Keyring, kind: str, note_id: UUID) -> bool:
    """Take one of one's own away; tell whether it was there."""
    return bool(OwnNote.objects.filter(pk=note_id, person_id=keyring.person_id, kind=kind).delete()[0])


def own_notes(keyring: Keyring, kind: str) -> dict[UUID, Any]:
    """Return what this person keeps of a kind, by id, the oldest first; what does not open is left out."""
    found = {}
    for note in OwnNote.objects.filter(person_id=keyring.person_id, kind=kind).order_by("kept_at", "pk"):
        try:
            found[note.pk] = json.loads(open_own(keyring.identity, note.sealed, _place(note)))
        except (TamperedError, ValueError):
            continue
    return found


def _place(note: OwnNote) -> Binding:
    return Binding(OwnNote._meta.db_table, note.pk, note.kind, 1)
