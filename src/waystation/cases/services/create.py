from collections.abc import Mapping
from datetime import datetime
from itertools import chain, repeat
from typing import Final
from uuid import uuid4

from django.db import transaction

from waystation.accounts.permissions import Action
from waystation.accounts.policies import require_confirmed_recovery
from waystation.accounts.queries import recipients_for
from waystation.accounts.services.demands import demand
from waystation.audit.services import append
from waystation.cases.codes import longer_code, new_code, turned
from waystation.cases.models import KIND, Case, Change, ChangeKind
from waystation.cases.services.steps import put, tiers_of_fields
from waystation.cases.summary import Outline, Summary
from waystation.store.keyring import Keyring
from waystation.store.tiers import Tier

SHORT_TRIES: Final = 8
"""So many codes of two words are tried: with 24,000 cases all of them are in use."""


@transaction.atomic
def create_case(*, keyring: Keyring, values: Mapping[str, object], at: datetime) -> Case:
    """Enter a case for the team of whoever enters it; its keys go to those whom the permission table names.

    Parameters
    ----------
    values
        Sealed fields by name, of tiers that the person may open.

    Raises
    ------
    NotPermittedError
        If the person may not enter cases.
    RecoveryNotConfirmedError
        If nobody has typed the recovery shares back yet.
    BadInputError, NoKeyError
        If a value breaks its field's rule, or belongs to a tier the person holds no key of. Nothing was written.
    """
    require_confirmed_recovery()
    person = demand(keyring, Action.CASE_CREATE)
    record_id = uuid4()
    recipients = recipients_for(person.team_id, person, keyring)
    record = keyring.create_record(kind=KIND, recipients=recipients, team_id=person.team_id, at=at, record_id=record_id)
    case = Case(id=record_id, record=record, code=_free_code(), updated_at=at)
    put(keyring, case, values)
    _stand(keyring, case, values, at)
    case.save(force_insert=True)
    tiers = sorted(tier.value for tier in tiers_of_fields(values))
    Change.objects.create(
        case=case, version=1, kind=ChangeKind.MADE, by=person.pk, at=at, tiers=tiers, fields=sorted(values)
    )
    append(keyring=keyring, kind="record.made", at=at, record=record, details={"fields": sorted(values)})
    return case


def _stand(keyring: Keyring, case: Case, values: Mapping[str, object], at: datetime) -> None:
    """Seal where a new case stands, as far as its maker holds the keys."""
    tiers, size = keyring.tiers_of(case.record), values.get("party_size")
    summary = Summary(since=at.date(), owner=keyring.person_id, heads=int(size) if isinstance(size, int) else 0)
    stands = {}
    if Tier.WELFARE in tiers:
        stands["summary"] = summary.to_json()
    if Tier.MOVEMENT in tiers:
        stands["outline"] = Outline(heads=summary.heads).to_json()
    if stands:
        keyring.seal(case, **stands)


def _free_code() -> str:
    return free_codes(1)[0]


def free_codes(count: int) -> list[str]:
    """Return codes that no case has or had, and no two of which are the same, in either order of their words."""
    found: list[str] = []
    for make in chain([new_code] * SHORT_TRIES, repeat(longer_code)):
        if len(found) == count:
            break
        codes = [make() for _ in range(count - len(found))]
        either = {each for code in codes for each in (code, turned(code))}
        used = set(Case.objects.filter(code__in=either).values_list("code", flat=True)) | set(found)
        for code in codes:
            if not {code, turned(code)} & used:
                found.append(code)
                used.add(code)
    return found
