from collections.abc import Mapping
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from waystation.accounts.permissions import Action
from waystation.cases.errors import NotAllOfItError
from waystation.cases.models import Case, EventKind, Traveller
from waystation.cases.services.work import Work, begin, changed_row, finish, kept_row, new_row, own_row
from waystation.cases.steps.on_record import read_on_record
from waystation.store.keyring import Keyring
from waystation.store.tiers import Tier

WHO_AND_HOW = (Tier.IDENTITY, Tier.WELFARE)


@transaction.atomic
def add_traveller(*, keyring: Keyring, case: Case, values: Mapping[str, object], at: datetime) -> Traveller:
    """Put a person on a case.

    Parameters
    ----------
    values
        Sealed fields of `waystation.cases.models.Traveller` by name.

    Raises
    ------
    NotAllOfItError
        If the person would look after themself.
    NotPermittedError, NoKeyError, CaseClosedError, CaseShreddedError, BadInputError
        If the writer may not, the case takes no changes any more, or a value breaks its field's rule.
    """
    work = begin(keyring, case, Action.CASE_CHANGE, at, tiers=_tiers(values))
    traveller = new_row(work, Traveller(id=uuid4()), _checked(work, None, values))
    tell_heads(work)
    finish(work, EventKind.TRAVELLER_ADDED, tiers=_tiers(values), traveller=traveller.pk)
    return traveller


@transaction.atomic
def change_traveller(
    *, keyring: Keyring, case: Case, traveller_id: UUID, seen_version: int, values: Mapping[str, object], at: datetime
) -> Traveller:
    """Save what somebody changed of a person they saw at ``seen_version``; the changed fields alone.

    Raises
    ------
    RowChangedError
        If somebody saved the person since. Nothing is written.
    NotAllOfItError, NotPermittedError, NoKeyError, CaseClosedError, CaseShreddedError, BadInputError
        As `add_traveller` does.
    """
    work = begin(keyring, case, Action.CASE_CHANGE, at, tiers=_tiers(values))
    row = own_row(work, Traveller, traveller_id)
    row = changed_row(work, row, seen_version, _checked(work, row.pk, values))
    tell_heads(work)
    told = sorted(values)
    finish(work, EventKind.TRAVELLER_CHANGED, tiers=_tiers(values), traveller=row.pk, fields=told)
    return row


@transaction.atomic
def take_off_traveller(*, keyring: Keyring, case: Case, traveller_id: UUID, at: datetime) -> Traveller:
    """Take a person off a case: they stay on record, and may be put back."""
    return _gone(keyring, case, traveller_id, at, EventKind.TRAVELLER_TAKEN_OFF)


@transaction.atomic
def put_back_traveller(*, keyring: Keyring, case: Case, traveller_id: UUID, at: datetime) -> Traveller:
    """Put a person back who was taken off."""
    return _gone(keyring, case, traveller_id, at, EventKind.TRAVELLER_PUT_BACK)


def _gone(keyring: Keyring, case: Case, traveller_id: UUID, at: datetime, kind: EventKind) -> Traveller:
    work = begin(keyring, case, Action.CASE_CHANGE, at)
    row = own_row(work, Traveller, traveller_id)
    row.gone_at = at if kind is EventKind.TRAVELLER_TAKEN_OFF else None
    kept_row(work, row)
    tell_heads(work)
    finish(work, kind, traveller=row.pk)
    return row


def _checked(work: Work, own_id: UUID | None, values: Mapping[str, object]) -> Mapping[str, object]:
    """Refuse a companion who is not of this case."""
    companion = values.get("accompanied_by")
    if companion:
        if own_id is not None and str(companion) == str(own_id):
            raise NotAllOfItError("accompanied_by")
        own_row(work, Traveller, UUID(str(companion)))
    return values


def _tiers(values: Mapping[str, object]) -> tuple[Tier, ...]:
    sealed = Traveller.sealed_fields()
    return tuple(sorted({sealed[name].tier for name in values} | {Tier.WELFARE}))


def tell_heads(work: Work) -> None:
    """Count the people into the summary; what the first call said counts until somebody is on record."""
    companions = read_on_record(work.keyring, work.case.record).companions
    if companions:
        work.update(heads=len(companions), children=any(each.is_child for each in companions))
