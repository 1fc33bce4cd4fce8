from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from waystation.accounts.permissions import Action
from waystation.accounts.services.demands import demand_tiers
from waystation.audit.services import append
from waystation.consent.errors import ConsentRefusedError
from waystation.consent.models import Answer, Consent, SaidBy, Withdrawn
from waystation.consent.policies import refuse_shredded
from waystation.consent.purposes import Activity, Purpose, rests_on
from waystation.consent.queries import standing
from waystation.kernel import BadInputError
from waystation.store.keyring import Keyring
from waystation.store.tiers import Tier


@dataclass(frozen=True)
class Stopped:
    """What a withdrawal brought to a stop.

    Attributes
    ----------
    activities
        What rested on it and may not go on; empty if a newer yes stands in its place.
    """

    withdrawn: Withdrawn
    activities: tuple[Activity, ...]


@transaction.atomic
def withdraw_consent(
    *,
    keyring: Keyring,
    consent: Consent,
    said_by: SaidBy,
    words: str = "",
    withdrawn_at: datetime | None = None,
    at: datetime,
) -> Stopped:
    """Write down that a consent was taken back; whoever may write consents down may, and nobody may refuse it.

    Parameters
    ----------
    withdrawn_at
        When it was said; now if nothing is given.

    Raises
    ------
    NotPermittedError, NoKeyError, RecordShreddedError
        If the person may not.
    ConsentRefusedError
        ``already_withdrawn``; ``refused``: there was no yes to take back.
    BadInputError
        If it was said later than now.
    """
    said_at = withdrawn_at or at
    if said_at > at:
        raise BadInputError("withdrawn_at: must not be later than now")
    with keyring.locked(consent.record) as record:
        refuse_shredded(record)
        person = demand_tiers(keyring, Action.CONSENT_RECORD, record, {Tier.WELFARE})
        if consent.answer != Answer.GIVEN:
            raise ConsentRefusedError("refused")
        if Withdrawn.objects.filter(consent_id=consent.pk).exists():
            raise ConsentRefusedError("already_withdrawn")
        row = Withdrawn(
            record=record,
            consent_id=consent.pk,
            said_by=said_by.value,
            withdrawn_at=said_at,
            recorded_by=person.pk,
            recorded_at=at,
        )
        if words:
            keyring.seal(row, words=words)
        row.save(force_insert=True)
        purpose = Purpose(consent.purpose)
        after = standing(record, consent.traveller_id, purpose, at, partner_id=consent.partner_id)
        stopped = () if after.stands else rests_on(purpose)
        details = {"purpose": purpose.value, "stopped": [each.value for each in stopped], "row": str(row.pk)}
        append(keyring=keyring, kind="consent.withdrawn", at=at, record=record, details=details)
    return Stopped(row, stopped)
