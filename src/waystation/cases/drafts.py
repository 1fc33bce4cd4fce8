"""What somebody typed and has not sent yet, kept against a crash, sealed to them alone.

Drafts are no part of the record: no entry of the log is written for them, and they go when the form is sent or `KEPT` is over.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from waystation.cases.models.draft import NOTHING, Draft
from waystation.kernel import BadInputError
from waystation.store.keyring import Keyring
from waystation.vault import NoKeyError, open_box, seal_to

KEPT: Final = timedelta(days=7)
"""A draft nobody went on with is dropped after so long."""
LARGEST: Final = 200_000
"""Bytes of what was typed, as JSON."""
STEP: Final = 1024
"""What is sealed is filled up to a multiple of so many bytes: its length tells little."""

Typed = Mapping[str, Sequence[str]]


@transaction.atomic
def keep_draft(*, keyring: Keyring, form: str, typed: Typed, at: datetime, about: UUID = NOTHING) -> None:
    """Keep what the person typed into a form, in place of what was kept of it before.

    Raises
    ------
    BadInputError
        If it is larger than a form may be. What was kept before stays.
    """
    plain = json.dumps({name: list(values) for name, values in typed.items()}, ensure_ascii=False).encode()
    if len(plain) > LARGEST:
        raise BadInputError("this is longer than a draft may be")
    plain += b" " * (-len(plain) % STEP)
    sealed = seal_to(_box(keyring), plain)
    drop_old(at=at)
    Draft.objects.update_or_create(
        person_id=keyring.person_id, form=form, about=about, defaults={"sealed": sealed, "at": at}
    )


def kept_draft(*, keyring: Keyring, form: str, about: UUID = NOTHING) -> tuple[dict[str, list[str]], datetime] | None:
    """Return what the person had typed into a form and when; None where nothing is kept, or it was for keys they had before."""
    row = Draft.objects.filter(person_id=keyring.person_id, form=form, about=about).first()
    if row is None:
        return None
    try:
        given: Any = json.loads(open_box(keyring.identity.box_secret, row.sealed))
    except NoKeyError:
        return None
    return {name: [str(value) for value in values] for name, values in given.items()}, row.at


def drop_draft(*, keyring: Keyring, form: str, about: UUID = NOTHING) -> None:
    """Drop what was kept of a form: it was sent, or is not wanted."""
    Draft.objects.filter(person_id=keyring.person_id, form=form, about=about).delete()


def drop_old(*, at: datetime) -> int:
    """Drop everybody's drafts that nobody went on with; return how many."""
    count, _ = Draft.objects.filter(at__lt=at - KEPT).delete()
    return count


def _box(keyring: Keyring) -> bytes:
    return keyring.identity.box_public
