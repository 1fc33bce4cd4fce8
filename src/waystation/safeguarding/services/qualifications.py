from datetime import datetime

from django.db import transaction

from waystation.accounts.models import Person
from waystation.accounts.permissions import Action
from waystation.accounts.queries import organisation
from waystation.accounts.services.demands import demand
from waystation.audit.services import append
from waystation.kernel import BadInputError
from waystation.safeguarding.errors import SafeguardRefusedError
from waystation.safeguarding.models import Qualification
from waystation.safeguarding.services.noting import put
from waystation.store.keyring import Keyring


@transaction.atomic
def record_qualification(
    *, keyring: Keyring, person: Person, issuer: str, valid_from: datetime, until: datetime, at: datetime
) -> Qualification:
    """Note that somebody was trained to assess a child's best interests, by whom and until when. The note made last counts.

    Raises
    ------
    NotPermittedError
        If whoever notes it may not.
    SafeguardRefusedError
        ``own_qualification``: nobody notes their own.
    BadInputError
        If it does not say by whom, or ends before it starts.
    """
    record = organisation().record
    with keyring.locked(record) as now:
        by = demand(keyring, Action.QUALIFICATION_RECORD, now)
        if by.pk == person.pk:
            raise SafeguardRefusedError("own_qualification")
        if not issuer.strip():
            raise BadInputError("issuer: must not be empty")
        if until <= valid_from:
            raise BadInputError("until: must be later than the day from which it is valid")
        row = Qualification(record=now, person=person, valid_from=valid_from, until=until, by=by.pk, at=at)
        put(keyring, row, {"issuer": issuer.strip()})
        details = {"person": str(person.pk), "row": str(row.pk)}
        append(keyring=keyring, kind="qualification.recorded", at=at, record=now, details=details)
    return row
