from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from waystation.accounts.models import Person
from waystation.accounts.permissions import Action, Kind, receivable_tiers
from waystation.accounts.policies import require_confirmed_recovery
from waystation.accounts.queries import in_good_standing
from waystation.accounts.services.demands import demand, demand_tiers
from waystation.audit.services import append
from waystation.safeguarding.deadlines import DEADLINES, Gravity
from waystation.safeguarding.errors import SafeguardRefusedError
from waystation.safeguarding.models import Complaint, ComplaintStep, Origin, Outcome, StepKind
from waystation.safeguarding.policies import refuse_shredded
from waystation.safeguarding.routing import handlers, kept_away
from waystation.safeguarding.services.noting import demand_reason, put
from waystation.store.keyring import Keyring
from waystation.store.models import Record
from waystation.store.tiers import Tier

TIERS = frozenset({Tier.IDENTITY, Tier.EVIDENCE})
"""The parts of a complaint that are used: who complains, and what they say."""


NOBODY = UUID(int=0)
"""Who wrote down a complaint without a name: that may be whoever complains."""


@dataclass(frozen=True)
class Heard:
    """What a complaint says.

    Attributes
    ----------
    about
        Ids of the people here whom it is about; empty if it is about none of them.
    keep_away
        Further people here who shall not see it.
    complainant, contact
        Empty where they wish to stay unnamed.
    """

    origin: Origin
    gravity: Gravity
    words: str = field(repr=False)
    about: Collection[UUID] = ()
    keep_away: Collection[UUID] = ()
    about_words: str = field(default="", repr=False)
    complainant: str = field(default="", repr=False)
    contact: str = field(default="", repr=False)
    wish: str = field(default="", repr=False)


@transaction.atomic
def receive_complaint(*, keyring: Keyring, heard: Heard, at: datetime) -> Complaint:
    """Take in a complaint. Its keys go to those who handle it and to nobody else: not even to whoever wrote it down.

    Raises
    ------
    NotPermittedError, RecoveryNotConfirmedError
        If the person may not.
    SafeguardRefusedError
        ``accused``: it is about whoever writes it down; somebody else must. ``nobody_to_handle``: everybody who could handle it
        is whom it is about or reports to them; it has to go to the board or a body outside. ``no_reason``: it says nothing.
    """
    require_confirmed_recovery()
    words = demand_reason(heard.words)
    maker = demand(keyring, Action.COMPLAINT_MAKE)
    people = in_good_standing(keyring)
    if maker.pk in heard.about:
        raise SafeguardRefusedError("accused")
    away = kept_away(heard.about, heard.keep_away, people.values())
    handling = handlers(away, people.values())
    if not handling:
        raise SafeguardRefusedError("nobody_to_handle")
    recipients = dict.fromkeys(handling | {maker.pk}, TIERS)
    record = keyring.create_record(kind=Kind.COMPLAINT, recipients=recipients, at=at, record_id=uuid4())
    acknowledge_by, answer_by = DEADLINES[heard.gravity].dates(at)
    complaint = Complaint(
        id=record.pk, record=record, received_at=at, acknowledge_by=acknowledge_by, answer_by=answer_by
    )
    values = {
        "complainant": heard.complainant,
        "contact": heard.contact,
        "origin": heard.origin.value,
        "gravity": heard.gravity.value,
        "about": sorted(str(each) for each in heard.about),
        "kept_away": sorted(str(each) for each in away),
        "about_words": heard.about_words,
        "words": words,
        "wish": heard.wish,
    }
    put(keyring, complaint, values)
    _step(keyring, complaint, StepKind.RECEIVED, maker.pk if heard.complainant.strip() else NOBODY, at)
    append(keyring=keyring, kind="complaint.received", at=at, record=record)
    if maker.pk not in handling:
        for tier in sorted(TIERS):
            keyring.take(record, tier, maker.pk, at=at)
    return complaint


@transaction.atomic
def acknowledge_complaint(*, keyring: Keyring, complaint: Complaint, words: str, at: datetime) -> Complaint:
    """Say that whoever complained was told that it was heard, and how; raises as `note_on_complaint`, or ``acknowledged``."""
    now, person = _handled(keyring, complaint)
    if now.acknowledged_at is not None:
        raise SafeguardRefusedError("acknowledged")
    now.acknowledged_at = at
    now.save(update_fields=("acknowledged_at",))
    _take(keyring, now, StepKind.ACKNOWLEDGED, person.pk, at, demand_reason(words))
    return now


@transaction.atomic
def note_on_complaint(*, keyring: Keyring, complaint: Complaint, words: str, at: datetime) -> Complaint:
    """Write down a step towards the answer.

    Raises
    ------
    NotPermittedError, NoKeyError
        If the person does not handle this complaint.
    SafeguardRefusedError
        ``closed``: it was answered. ``no_reason``: nothing was said.
    """
    now, person = _handled(keyring, complaint)
    _take(keyring, now, StepKind.NOTED, person.pk, at, demand_reason(words))
    return now


@transaction.atomic
def answer_complaint(
    *, keyring: Keyring, complaint: Complaint, outcome: Outcome, words: str, at: datetime
) -> Complaint:
    """Close a complaint with what came of it; ``not_acknowledged`` if nobody told the complainant that it was heard."""
    now, person = _handled(keyring, complaint)
    if now.acknowledged_at is None:
        raise SafeguardRefusedError("not_acknowledged")
    now.closed_at = at
    now.save(update_fields=("closed_at",))
    _take(keyring, now, StepKind.ANSWERED, person.pk, at, demand_reason(words), outcome)
    return now


@transaction.atomic
def hand_over_complaint(
    *, keyring: Keyring, complaint: Complaint, person: Person, words: str, at: datetime
) -> Complaint:
    """Give a complaint to somebody else who may handle complaints; never to whom it is about or who reports to them.

    Who is to be kept away is asked of today's roles and teams again, beside those who were then.

    Raises
    ------
    SafeguardRefusedError
        ``kept_away``; as `note_on_complaint`.
    NotPermittedError, NoKeyError
        If the giver or the receiver may not.
    """
    reason = demand_reason(words)
    now, giver = _handled(keyring, complaint)
    people = in_good_standing(keyring)
    values = keyring.open(now, "about", "kept_away")
    about = [UUID(str(each)) for each in _listed(values["about"])]
    then = [UUID(str(each)) for each in _listed(values["kept_away"])]
    if person.pk in kept_away(about, then, people.values()):
        raise SafeguardRefusedError("kept_away")
    receiver = people.get(person.pk)
    if receiver is None or not receivable_tiers(receiver, now.record) >= TIERS:
        raise SafeguardRefusedError("kept_away")
    for tier in sorted(TIERS):
        keyring.give(now.record, tier, receiver.card)
    _step(keyring, now, StepKind.HANDED_OVER, giver.pk, at, reason)
    details = {"person": str(receiver.pk)}
    append(keyring=keyring, kind="complaint.handed_over", at=at, record=now.record, details=details)
    return now


def _handled(keyring: Keyring, complaint: Complaint) -> tuple[Complaint, Person]:
    """Return an open complaint as it is now, locked, and the person, who handles it."""
    with keyring.locked(complaint.record) as record:
        refuse_shredded(record)
        person = demand_tiers(keyring, Action.COMPLAINT_HANDLE, record, TIERS)
        now = Complaint.objects.select_for_update(of=("self",)).select_related("record").get(pk=complaint.pk)
    if now.closed_at is not None:
        raise SafeguardRefusedError("closed")
    return now, person


def _take(
    keyring: Keyring,
    complaint: Complaint,
    kind: StepKind,
    by: UUID,
    at: datetime,
    words: str,
    outcome: Outcome | None = None,
) -> None:
    _step(keyring, complaint, kind, by, at, words, outcome)
    details = {"step": kind.value}
    append(keyring=keyring, kind="complaint.stepped", at=at, record=complaint.record, details=details)


def _step(
    keyring: Keyring,
    complaint: Complaint,
    kind: StepKind,
    by: UUID,
    at: datetime,
    words: str = "",
    outcome: Outcome | None = None,
) -> None:
    record: Record = complaint.record
    step = ComplaintStep(record=record, complaint=complaint, kind=kind.value, by=by, at=at)
    put(keyring, step, {"words": words, "outcome": outcome.value if outcome else None})


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []
