from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from waystation.accounts.errors import NotPermittedError
from waystation.accounts.models import Person
from waystation.accounts.permissions import Action, allowed_tiers
from waystation.accounts.services.demands import demand
from waystation.cases.models import Case, Change, ChangeKind
from waystation.store.keyring import Keyring
from waystation.store.tiers import Tier


def locked_case(keyring: Keyring, case: Case) -> Case:
    """Return the case as it is now, locked until the transaction ends: two saves of one case come one after the other.

    Its record's keys are locked first, as everywhere, so that no two services wait for each other.
    """
    with keyring.locked(case.record):
        return Case.objects.select_for_update(of=("self",)).select_related("record").get(pk=case.pk)


def put(keyring: Keyring, case: Case, values: Mapping[str, object]) -> None:
    """Seal values into the case's fields, without saving; an empty text, an empty list or None takes the value away."""
    keyring.seal(case, **{name: None if value in ("", []) else value for name, value in values.items()})


def take_step(
    case: Case,
    *,
    kind: ChangeKind,
    by: UUID,
    at: datetime,
    tiers: Collection[Tier] = (),
    fields: Collection[str] = (),
) -> Change:
    """Save the case as its next version, and who made it so, when and in which fields. ``case`` is locked."""
    case.version += 1
    case.updated_at = at
    case.save(force_update=True)
    return Change.objects.create(
        case=case,
        version=case.version,
        kind=kind,
        tiers=sorted(tier.value for tier in tiers),
        fields=sorted(fields),
        by=by,
        at=at,
    )


def tiers_of_fields(fields: Collection[str]) -> frozenset[Tier]:
    """Return the tiers that sealed fields of a case belong to."""
    sealed = Case.sealed_fields()
    return frozenset(sealed[name].tier for name in fields)


def permit(keyring: Keyring, action: Action, case: Case, tiers: Collection[Tier] = ()) -> Person:
    """Return the person whose keyring this is, if they may do ``action`` with the case, in each of ``tiers``.

    Raises
    ------
    NotPermittedError
        If they may not.
    """
    person = demand(keyring, action, case.record)
    if not frozenset(tiers) <= allowed_tiers(person, action, case.record, keyring):
        raise NotPermittedError("this person's roles do not allow it for this part of the case")
    return person
