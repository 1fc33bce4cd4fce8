from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from waystation.accounts.permissions import Action
from waystation.audit.payload import Detail
from waystation.audit.services import append
from waystation.cases.errors import ChangedMeanwhileError
from waystation.cases.models import Case, ChangeKind
from waystation.cases.policies import refuse_closed
from waystation.cases.services.steps import locked_case, permit, put, take_step, tiers_of_fields
from waystation.store.keyring import Keyring


@transaction.atomic
def change_case(*, keyring: Keyring, case: Case, seen_version: int, values: Mapping[str, object], at: datetime) -> Case:
    """Save what a person changed in a case that they saw at ``seen_version``; return it as it is now.

    What others saved meanwhile in other fields stays, and this save too. In the same fields, nothing is written.

    Parameters
    ----------
    values
        The changed sealed fields alone, by name; None takes a value away.

    Raises
    ------
    ChangedMeanwhileError
        If somebody saved one of the same fields since ``seen_version``.
    NotPermittedError, NoKeyError
        If the person may not change one of the fields, or holds no key of its tier.
    CaseClosedError, CaseShreddedError
        If it takes no changes any more.
    BadInputError
        If a value breaks its field's rule.
    """
    now = locked_case(keyring, case)
    refuse_closed(now)
    tiers = tiers_of_fields(values)
    person = permit(keyring, Action.CASE_CHANGE, now, tiers)
    since = list(now.changes.filter(version__gt=seen_version).order_by("version"))
    both = frozenset(values) & frozenset(name for change in since for name in change.fields)
    if both:
        raise ChangedMeanwhileError(now, since, both)
    put(keyring, now, values)
    take_step(now, kind=ChangeKind.CHANGED, by=person.pk, at=at, tiers=tiers, fields=values.keys())
    details: dict[str, Detail] = {"fields": sorted(values), "version": now.version}
    append(keyring=keyring, kind="record.changed", at=at, record=now.record, details=details)
    return now
