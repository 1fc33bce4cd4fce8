from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction

from waystation.accounts.permissions import Action
from waystation.accounts.policies import require_confirmed_recovery
from waystation.accounts.services.demands import demand_tiers
from waystation.audit.services import append
from waystation.consent.errors import ConsentRefusedError
from waystation.consent.models import Answer, Capacity, Consent, SaidBy
from waystation.consent.policies import refuse_answer, refuse_shredded
from waystation.consent.purposes import Purpose
from waystation.store.keyring import Keyring
from waystation.store.models import Record
from waystation.store.tiers import Tier

PARTS = ("what", "whom", "why")
"""What is said of each thing withheld."""


@dataclass(frozen=True)
class Asked:
    """What was asked and answered.

    Attributes
    ----------
    guardian
        Name of the guardian; empty where the traveller spoke for themself.
    shared_with
        For sharing: the one partner.
    withheld
        Things not to be told, each with ``what``, ``whom`` and ``why``.
    starts_at, until
        From when it holds; until when, or None.
    """

    traveller_id: UUID
    purpose: Purpose
    answer: Answer
    said_by: SaidBy = SaidBy.SELF
    capacity: Capacity = Capacity.ABLE
    guardian: str = field(default="", repr=False)
    shared_with: str = field(default="", repr=False)
    partner_id: UUID | None = None
    withheld: tuple[Mapping[str, str], ...] = field(default=(), repr=False)
    words: str = field(default="", repr=False)
    starts_at: datetime | None = None
    until: datetime | None = None


@transaction.atomic
def record_consent(*, keyring: Keyring, record: Record, asked: Asked, at: datetime) -> Consent:
    """Write down what a traveller, or a guardian, answered about one purpose. Earlier answers stay as they are.

    Raises
    ------
    NotPermittedError, NoKeyError, RecordShreddedError
        If the person may not.
    ConsentRefusedError
        If it cannot count as an answer: `ConsentRefusedError.code`.
    BadInputError
        If a text is too long.
    """
    require_confirmed_recovery()
    tiers = {Tier.WELFARE, *({Tier.IDENTITY} if asked.guardian else ())}
    with keyring.locked(record) as now:
        refuse_shredded(now)
        person = demand_tiers(keyring, Action.CONSENT_RECORD, now, tiers)
        _refuse(asked, at)
        row = Consent(
            record=now,
            traveller_id=asked.traveller_id,
            purpose=asked.purpose.value,
            partner_id=asked.partner_id,
            answer=asked.answer.value,
            said_by=asked.said_by.value,
            capacity=asked.capacity.value,
            starts_at=asked.starts_at or at,
            until=asked.until,
            recorded_by=person.pk,
            recorded_at=at,
        )
        withheld = [{part: each[part] for part in PARTS} for each in asked.withheld]
        values = {
            "guardian": asked.guardian,
            "shared_with": asked.shared_with,
            "withheld": withheld,
            "words": asked.words,
        }
        keyring.seal(row, **{name: value for name, value in values.items() if value})
        row.save(force_insert=True)
        details = {"purpose": asked.purpose.value, "answer": asked.answer.value, "row": str(row.pk)}
        append(keyring=keyring, kind="consent.recorded", at=at, record=now, details=details)
    return row


def _refuse(asked: Asked, at: datetime) -> None:
    refuse_answer(
        answer=asked.answer,
        said_by=asked.said_by,
        capacity=asked.capacity,
        purpose=asked.purpose,
        guardian=asked.guardian.strip(),
        shared_with=asked.shared_with.strip(),
    )
    if asked.until is not None and asked.until <= (asked.starts_at or at):
        raise ConsentRefusedError("ends_before")
    if any(not str(each.get(part, "")).strip() for each in asked.withheld for part in PARTS):
        raise ConsentRefusedError("withheld_whole")
