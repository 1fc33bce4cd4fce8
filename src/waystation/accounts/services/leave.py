"""The second person: asked for, agreeing with their own keys, good for one purpose and one hour."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q, QuerySet

from waystation.accounts.errors import NotPermittedError, SecondPersonNeededError
from waystation.accounts.models import Approval, Person
from waystation.accounts.permissions import Action, may
from waystation.accounts.queries import in_good_standing, organisation
from waystation.accounts.services.demands import demand
from waystation.audit.models import Entry
from waystation.audit.services import append
from waystation.store.keyring import Keyring
from waystation.store.models import Record
from waystation.vault import TamperedError, sign, verify

GOOD_FOR = timedelta(hours=1)
HOUR = timedelta(hours=1)
COUNTED = ("identity.opened", "honey.touched")
"""Kinds of entry that are openings of an identity."""

ASKED_BY = {"openings": Action.CASE_OPEN, "shred": Action.RECORD_SHRED, "release": Action.RECORD_RELEASE}
"""For each purpose, what the person who asks must be permitted to do."""

_LEAVE = b"waystation leave 1\x00"


@transaction.atomic
def ask_leave(*, keyring: Keyring, purpose: str, record: Record | None = None, at: datetime) -> Approval:
    """Ask for a second person's leave; the same question still open is returned again."""
    person = demand(keyring, ASKED_BY[purpose], record)
    record_id = record.pk if record else None
    open_question = Approval.objects.filter(
        for_person=person, purpose=purpose, record_id=record_id, by=None, asked_at__gt=at - GOOD_FOR
    ).first()
    if open_question is not None:
        return open_question
    append(keyring=keyring, kind="leave.asked", at=at, record=record, details={"purpose": purpose})
    return Approval.objects.create(pk=uuid4(), for_person=person, purpose=purpose, record_id=record_id, asked_at=at)


@transaction.atomic
def approve(
    *,
    keyring_of_second: Keyring,
    for_person: UUID,
    purpose: str = "openings",
    record_id: UUID | None = None,
    at: datetime,
) -> Approval:
    """Give somebody leave for one purpose, for an hour from now, signed with the second person's key.

    Raises
    ------
    NotPermittedError
        If the second person may not, is no longer here, or is the first.
    """
    second = demand(keyring_of_second, Action.SECOND_PERSON)
    if second.pk == for_person:
        raise NotPermittedError("the second person is somebody else")
    question = (
        _questions(for_person, purpose, record_id).select_for_update().filter(by=None).order_by("-asked_at").first()
    )
    given = question or Approval(
        pk=uuid4(), for_person_id=for_person, purpose=purpose, record_id=record_id, asked_at=at
    )
    append(
        keyring=keyring_of_second,
        kind="leave.given",
        at=at,
        record=Record.objects.get(pk=record_id) if record_id else None,
        details={"person": str(for_person), "purpose": purpose},
    )
    given.by, given.given_at, given.until = second, at, at + GOOD_FOR
    given.signature = sign(keyring_of_second.identity, _message(given))
    given.save()
    return given


@transaction.atomic
def spend_leave(*, keyring: Keyring, purpose: str, record: Record, at: datetime) -> None:
    """Use up the leave for one act on one record.

    Raises
    ------
    SecondPersonNeededError
        If nobody has given it, or not within the hour.
    """
    good = _good(keyring, _questions(keyring.person_id, purpose, record.pk).select_for_update(), at)
    if not good:
        raise SecondPersonNeededError(purpose, record.pk)
    leave = good[0]
    append(
        keyring=keyring, kind="leave.used", at=at, record=record, details={"purpose": purpose, "by": str(leave.by_id)}
    )
    leave.used_at = at
    leave.save(update_fields=("used_at",))


def check_velocity(*, keyring: Keyring, at: datetime, more: int = 1) -> None:
    """Refuse ``more`` openings of an identity if with them more were opened within the hour than the organisation allows.

    Each leave that a second person gave within the hour allows as many again. The first refusal in an hour is an entry.

    Raises
    ------
    SecondPersonNeededError
        With the purpose ``openings``.
    """
    opened = _of_the_hour(keyring, at).filter(kind__in=COUNTED).count()
    limit = organisation().openings_per_hour
    if opened + more <= limit:
        return
    leaves = len(_good(keyring, _questions(keyring.person_id, "openings", None), at))
    if opened + more <= limit * (1 + leaves):
        return
    if not _of_the_hour(keyring, at).filter(kind="limit.reached").exists():
        append(keyring=keyring, kind="limit.reached", at=at, details={"count": opened})
    raise SecondPersonNeededError("openings")


def _of_the_hour(keyring: Keyring, at: datetime) -> QuerySet[Entry]:
    return Entry.objects.filter(signer=keyring.person_id, at__gt=at - HOUR)


def open_questions(*, at: datetime) -> QuerySet[Approval]:
    """Return the questions nobody has answered, of the last hour, the newest first."""
    asked = Approval.objects.filter(by=None, asked_at__gt=at - GOOD_FOR)
    return asked.select_related("for_person", "for_person__record").order_by("-asked_at")


def _questions(for_person: UUID, purpose: str, record_id: UUID | None) -> QuerySet[Approval]:
    about = Q(record_id=record_id) if record_id else Q(record_id__isnull=True)
    return Approval.objects.filter(about, for_person=for_person, purpose=purpose)


def _good(keyring: Keyring, asked: QuerySet[Approval], at: datetime) -> list[Approval]:
    """Return the leaves that were given, are not used up or too old, and bear the signature of somebody who may give them."""
    found = asked.filter(by__isnull=False, used_at=None, given_at__lte=at, until__gte=at).order_by("given_at")
    if not found:
        return []
    standing = in_good_standing(keyring)
    return [leave for leave in found if _is_good(leave, keyring, standing)]


def _is_good(leave: Approval, keyring: Keyring, standing: dict[UUID, Person]) -> bool:
    second = standing.get(leave.by_id) if leave.by_id else None
    if second is None or leave.by_id == keyring.person_id or not may(second, Action.SECOND_PERSON):
        return False
    try:
        verify(keyring.cards[second.pk].sign_public, _message(leave), bytes(leave.signature or b""))
    except TamperedError:
        return False
    return True


def _message(leave: Approval) -> bytes:
    times = f"{leave.given_at:%Y%m%dT%H%M%S.%f%z} {leave.until:%Y%m%dT%H%M%S.%f%z}".encode()
    ids = [leave.pk, leave.for_person_id, leave.by_id, leave.record_id or UUID(int=0)]
    return _LEAVE + b"".join(each.bytes for each in ids if each) + leave.purpose.encode() + b" " + times
