from collections.abc import Mapping
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from waystation.accounts.permissions import Action
from waystation.cases.models import Case, Contact, EventKind
from waystation.cases.services.work import begin, changed_row, finish, kept_row, new_row, own_row
from waystation.store.keyring import Keyring
from waystation.store.tiers import Tier

WHO_AND_HOW = (Tier.IDENTITY, Tier.WELFARE)


@transaction.atomic
def set_contact(
    *,
    keyring: Keyring,
    case: Case,
    values: Mapping[str, object],
    at: datetime,
    contact_id: UUID | None = None,
    seen_version: int = 0,
) -> Contact:
    """Write down a way to reach somebody, or change ``contact_id``, which was seen at ``seen_version``.

    Raises
    ------
    RowChangedError
        If somebody saved it since. Nothing is written.
    NotPermittedError, NoKeyError, CaseClosedError, CaseShreddedError, BadInputError
        If the person may not, the case takes no changes any more, or a value breaks its field's rule.
    """
    work = begin(keyring, case, Action.CASE_CHANGE, at, tiers=WHO_AND_HOW)
    if contact_id is None:
        row = new_row(work, Contact(id=uuid4()), values)
    else:
        row = changed_row(work, Contact(id=contact_id), seen_version, values)
    finish(work, EventKind.CONTACT_SET, tiers=WHO_AND_HOW, contact=row.pk)
    return row


@transaction.atomic
def take_off_contact(*, keyring: Keyring, case: Case, contact_id: UUID, at: datetime, back: bool = False) -> Contact:
    """Say that a way must not be used any more; ``back`` takes that back."""
    work = begin(keyring, case, Action.CASE_CHANGE, at)
    row = own_row(work, Contact, contact_id)
    row.gone_at = None if back else at
    kept_row(work, row)
    finish(work, EventKind.CONTACT_SET if back else EventKind.CONTACT_TAKEN_OFF, contact=row.pk)
    return row
