from datetime import datetime

from django.db import transaction

from waystation.accounts.errors import NotPermittedError
from waystation.accounts.models import Person, Team
from waystation.accounts.queries import person_of
from waystation.accounts.services.keys import settle_first
from waystation.audit.services import append
from waystation.kernel import BadInputError
from waystation.store.keyring import Keyring


@transaction.atomic
def begin_session(*, keyring: Keyring, at: datetime) -> Person:
    """Note that somebody unlocked and whose names their pages open from now on, and give and make the keys that are owed.

    Names of colleagues and teams stand on most pages: one entry a session tells of them, before the first is opened.

    Raises
    ------
    NotPermittedError
        If they are no longer here. Nothing is written.
    """
    person = person_of(keyring)
    if person is None or person.card.box_public != keyring.identity.box_public:
        raise NotPermittedError("these keys belong to nobody who works here")
    names = Person.objects.count() + Team.objects.filter(closed_at=None).count()
    append(keyring=keyring, kind="unlocked", at=at, details={"names": names})
    settle_first(keyring=keyring, at=at)
    return person


@transaction.atomic
def end_session(*, keyring: Keyring, reason: str = "asked", at: datetime) -> None:
    """Note that a session ended: ``asked``, or by itself (``idle``, ``asleep``, ``stopped``, ``signal``, ``closed``)."""
    append(keyring=keyring, kind="locked", at=at, details={"reason": reason})


@transaction.atomic
def note_passphrase_changed(*, keyring: Keyring, at: datetime) -> None:
    """Note that somebody changed the passphrase of this device; the device file is the caller's."""
    append(keyring=keyring, kind="passphrase.changed", at=at)


@transaction.atomic
def choose_language(*, keyring: Keyring, language: str, at: datetime) -> None:
    """Keep the language in which somebody wants their pages.

    Raises
    ------
    BadInputError
        If it is not ``en`` or ``ko``.
    """
    if language not in {"en", "ko"}:
        raise BadInputError("language: en or ko")
    person = person_of(keyring)
    if person is None:
        raise NotPermittedError("these keys belong to nobody who works here")
    append(keyring=keyring, kind="record.changed", at=at, record=person.record, details={"fields": ["language"]})
    person.language = language
    person.save(update_fields=("language",))
