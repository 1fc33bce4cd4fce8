"""The only way by which a page reads a sealed field: permission, then the log, then the key."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.db import transaction

from waystation.accounts.errors import NotPermittedError
from waystation.accounts.permissions import OPENED_BY, Action, Kind, allowed_tiers
from waystation.accounts.policies import require_confirmed_recovery
from waystation.accounts.queries import in_good_standing
from waystation.accounts.services.honey import is_honey
from waystation.accounts.services.leave import check_velocity
from waystation.audit.services import append
from waystation.kernel import BrokenPromiseError
from waystation.store.files import read_file
from waystation.store.keyring import Keyring
from waystation.store.models import Record, SealedFile, SealedModel
from waystation.store.search import find
from waystation.store.tiers import Tier
from waystation.vault import NoKeyError, TamperedError


def open_fields(*, keyring: Keyring, row: SealedModel, fields: Collection[str], at: datetime) -> dict[str, object]:
    """Open fields of one row, after an entry in the log says so.

    Returns
    -------
    dict[str, object]
        Each field's value; None where none was ever given.

    Raises
    ------
    RecoveryNotConfirmedError, NotPermittedError, SecondPersonNeededError, NoKeyError
        Nothing is opened.
    TamperedError
        If the sealed bytes were changed. An entry says that too.
    """
    sealed = row.sealed_fields()
    _permit(keyring, row.record, {sealed[name].tier for name in fields}, {"fields": sorted(fields)}, at)
    with _telling_damage(keyring, row.record, at):
        return dict(keyring.open(row, *fields))


def open_rows(
    *, keyring: Keyring, record: Record, rows: Sequence[tuple[SealedModel, Collection[str]]], at: datetime
) -> dict[UUID, dict[str, object]]:
    """Open fields of several rows of one record, after one entry in the log says so for all of them.

    Parameters
    ----------
    rows
        Pairs of a row and the names of its fields; a row of another record is refused.

    Returns
    -------
    dict[UUID, dict[str, object]]
        By the row's id, each field's value; None where none was ever given.

    Raises
    ------
    BrokenPromiseError
        If a row belongs to another record: its own entry would be missing.
    RecoveryNotConfirmedError, NotPermittedError, SecondPersonNeededError, NoKeyError, TamperedError
        As `open_fields` does.
    """
    if any(row.record_id != record.pk for row, _ in rows):
        raise BrokenPromiseError("these rows belong to several records")
    tiers = frozenset[Tier]().union(*(_tiers_of(row, fields) for row, fields in rows))
    named = sorted({str(row._meta.model_name) for row, _ in rows})
    _permit(keyring, record, set(tiers), {"tables": named}, at)
    opened: dict[UUID, dict[str, object]] = {}
    by_fields: dict[tuple[str, ...], list[SealedModel]] = {}
    for row, fields in rows:
        by_fields.setdefault((row._meta.label, *fields), []).append(row)
    with _telling_damage(keyring, record, at):
        for key, alike in by_fields.items():
            opened.update(keyring.open_many(alike, *key[1:]))
    return opened


def open_many(
    *, keyring: Keyring, rows: Iterable[SealedModel], fields: Collection[str], at: datetime
) -> dict[UUID, dict[str, object]]:
    """Open the same fields of several rows, each with its own entry; rows this person may not open are left out.

    Raises
    ------
    SecondPersonNeededError
        When the limit is reached on the way. Nothing is returned; what was noted by then stays noted.
    """
    found = {}
    for row in rows:
        try:
            found[row.pk] = open_fields(keyring=keyring, row=row, fields=fields, at=at)
        except (NotPermittedError, NoKeyError):
            continue
    return found


def open_of_record(
    *, keyring: Keyring, record: Record, rows: Collection[SealedModel], tiers: Collection[Tier], at: datetime
) -> dict[UUID, dict[str, object]]:
    """Open rows of one record that are read together, each in its fields of ``tiers``, after one entry for all of them.

    Returns
    -------
    dict[UUID, dict[str, object]]
        By the row's id, each field's value; None where none was ever given.

    Raises
    ------
    BrokenPromiseError
        If a row belongs to another record.
    RecoveryNotConfirmedError, NotPermittedError, SecondPersonNeededError, NoKeyError
        Nothing is opened.
    TamperedError
        If the sealed bytes were changed. An entry says that too.
    """
    by_row = {row.pk: [name for name, each in row.sealed_fields().items() if each.tier in tiers] for row in rows}
    asked = [(row, by_row[row.pk]) for row in rows if by_row[row.pk]]
    opened = open_rows(keyring=keyring, record=record, rows=asked, at=at) if asked else {}
    return {row.pk: opened.get(row.pk, {}) for row in rows}


def open_file(*, keyring: Keyring, file: SealedFile, at: datetime) -> Iterator[bytes]:
    """Open a file chunk by chunk, after an entry in the log says so. Raises as `open_fields` does."""
    _permit(keyring, file.record, {Tier(file.tier)}, {"file": str(file.pk)}, at, kind="file.opened")
    with _telling_damage(keyring, file.record, at):
        chunks = read_file(keyring, file)
    return _told(chunks, keyring, file.record, at)


def search(
    *, keyring: Keyring, rows: Iterable[SealedModel], fields: Collection[str], text: str, at: datetime
) -> list[UUID]:
    """Return the ids of the rows in which a field holds ``text``, among what this person may open.

    One entry tells how many were looked through. The ids are all that is told: to see a name, open it.
    """
    require_confirmed_recovery()
    person = in_good_standing(keyring).get(keyring.person_id)
    if person is None:
        raise NotPermittedError("these keys belong to nobody who works here")
    looked = [
        row for row in rows if _tiers_of(row, fields) <= allowed_tiers(person, Action.CASE_OPEN, row.record, keyring)
    ]
    append(keyring=keyring, kind="records.searched", at=at, details={"count": len(looked), "fields": sorted(fields)})
    return find(keyring, looked, fields, text)


@contextmanager
def _telling_damage(keyring: Keyring, record: Record, at: datetime) -> Iterator[None]:
    """Let an entry say that sealed bytes were changed."""
    try:
        yield
    except TamperedError:
        append(keyring=keyring, kind="tampering.noticed", at=at, record=record)
        raise


def _told(chunks: Iterator[bytes], keyring: Keyring, record: Record, at: datetime) -> Iterator[bytes]:
    with _telling_damage(keyring, record, at):
        yield from chunks


def _tiers_of(row: SealedModel, fields: Collection[str]) -> set[Tier]:
    sealed = row.sealed_fields()
    return {sealed[name].tier for name in fields}


def _permit(
    keyring: Keyring,
    record: Record,
    tiers: set[Tier],
    details: Mapping[str, str | int | list[str]],
    at: datetime,
    kind: str = "",
) -> None:
    """Refuse, or write the entry that precedes the opening."""
    person, action = in_good_standing(keyring).get(keyring.person_id), OPENED_BY.get(record.kind)
    if person is None or action is None or not tiers <= allowed_tiers(person, action, record, keyring):
        raise NotPermittedError("this person's roles do not open these parts of the record")
    for tier in tiers:
        if not keyring.may_open(record, tier):
            raise NoKeyError(f"this person holds no key of {tier} here")
    served = record.kind == Kind.CASE
    if served:
        require_confirmed_recovery()
    identity = served and Tier.IDENTITY in tiers
    if identity:
        check_velocity(keyring=keyring, at=at)
    with transaction.atomic():
        kind = kind or ("identity.opened" if identity else "record.opened")
        if served and is_honey(keyring, record):
            kind = "honey.touched" if identity else "honey.glanced"
        append(
            keyring=keyring,
            kind=kind,
            at=at,
            record=record,
            tier=next(iter(tiers)) if len(tiers) == 1 else None,
            details={**details, "tiers": sorted(tiers)},
        )
