from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from waystation.accounts.permissions import Action
from waystation.cases.errors import NotAllOfItError
from waystation.cases.models import Case, EventKind, Household, Traveller
from waystation.cases.services.work import begin, changed_row, finish, new_row
from waystation.store.keyring import Keyring


@transaction.atomic
def set_household(
    *,
    keyring: Keyring,
    case: Case,
    kind: str,
    members: Collection[UUID],
    at: datetime,
    inseparable: Collection[Collection[UUID]] = (),
    not_consenting: Collection[UUID] = (),
    household_id: UUID | None = None,
    seen_version: int = 0,
) -> Household:
    """Say who travels together, who may not be separated and who did not consent; a new one, or ``household_id`` changed.

    Raises
    ------
    NotAllOfItError
        If somebody named is not a member, or a member is nobody of this case.
    RowChangedError
        If somebody saved it since ``seen_version``. Nothing is written.
    NotPermittedError, CaseClosedError, CaseShreddedError, BadInputError
        If the person may not, the case takes no changes any more, or the kind is not declared.
    """
    named = {each for together in inseparable for each in together} | set(not_consenting)
    if not named <= set(members):
        raise NotAllOfItError("members")
    work = begin(keyring, case, Action.CASE_CHANGE, at)
    here = set(Traveller.objects.filter(record=work.case.record, gone_at=None).values_list("pk", flat=True))
    if not members or not set(members) <= here:
        raise NotAllOfItError("members")
    values: Mapping[str, object] = {
        "kind": kind,
        "members": sorted(map(str, members)),
        "inseparable": sorted(sorted(map(str, together)) for together in inseparable if len(set(together)) > 1),
        "not_consenting": sorted(map(str, not_consenting)),
    }
    if household_id is None:
        row = new_row(work, Household(id=uuid4()), values)
    else:
        row = changed_row(work, Household(id=household_id), seen_version, values)
    finish(work, EventKind.HOUSEHOLD_SET, household=row.pk, heads=len(members))
    return row
