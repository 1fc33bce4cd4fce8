"""What may not be done because consent does not stand, and why. Nobody needs a key to ask."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from waystation.consent.errors import ConsentRefusedError, RecordShreddedError
from waystation.consent.models import Answer, Capacity, SaidBy
from waystation.consent.purposes import RESTS_ON, Activity, Purpose
from waystation.consent.queries import Said, State, standing
from waystation.store.models import Record


@dataclass(frozen=True)
class Missing:
    """A consent that does not stand and what it keeps from being done."""

    traveller_id: UUID
    activity: Activity
    purpose: Purpose
    state: State


def blocks(
    record: Record, traveller_id: UUID, activity: Activity, at: datetime, *, partner_id: UUID | None = None
) -> tuple[Missing, ...]:
    """Return every consent that ``activity`` rests on and that does not stand at ``at``; empty where it may be done.

    Parameters
    ----------
    partner_id
        For what is told to a partner: the one it is to be told to. A yes for one partner is none for another.
    """
    found = []
    for purpose in sorted(RESTS_ON[activity]):
        asked = partner_id if purpose is Purpose.SHARING else None
        now = standing(record, traveller_id, purpose, at, partner_id=asked)
        if not now.stands:
            found.append(Missing(traveller_id, activity, purpose, now.state))
    return tuple(found)


def blocks_of(said: Said, traveller_id: UUID, activity: Activity, at: datetime) -> tuple[Missing, ...]:
    """Return the same as `blocks` does, of answers that were read before."""
    now = said.standings(traveller_id, at)
    return tuple(
        Missing(traveller_id, activity, purpose, now[purpose].state)
        for purpose in sorted(RESTS_ON[activity])
        if not now[purpose].stands
    )


def refuse_shredded(record: Record) -> None:
    """Raise RecordShreddedError if the record's keys were destroyed."""
    if record.shredded_at is not None:
        raise RecordShreddedError("the record was shredded")


def refuse_answer(
    *, answer: Answer, said_by: SaidBy, capacity: Capacity, purpose: Purpose, guardian: str, shared_with: str
) -> None:
    """Refuse an answer that cannot count.

    Raises
    ------
    ConsentRefusedError
        ``not_able``: a yes of somebody who could not decide; a guardian is asked then. ``no_guardian``: a guardian without a
        name. ``no_partner``: a yes to sharing that does not say with whom.
    """
    if answer is Answer.GIVEN and said_by is SaidBy.SELF and capacity is Capacity.NOT_ABLE:
        raise ConsentRefusedError("not_able")
    if said_by is SaidBy.GUARDIAN and not guardian:
        raise ConsentRefusedError("no_guardian")
    if purpose is Purpose.SHARING and not shared_with:
        raise ConsentRefusedError("no_partner")
