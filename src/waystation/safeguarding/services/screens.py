"""The trafficking screen: what was seen is one thing, what a person decides another. No line leads from one to the other."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from waystation.accounts.permissions import Action
from waystation.audit.services import append
from waystation.safeguarding.errors import SafeguardRefusedError
from waystation.safeguarding.htcds import LISTS, DecidingOrganisation, TraffickingStatus
from waystation.safeguarding.indicators import OF_PERSON
from waystation.safeguarding.models import Screen, StatusDecision
from waystation.safeguarding.services.noting import about_traveller, demand_declared, demand_reason, put
from waystation.store.keyring import Keyring
from waystation.store.models import Record

TABLES: dict[str, Collection[str]] = {"indicators": OF_PERSON, **LISTS}
"""The fields of a screen that hold several values, and what they may hold."""


@transaction.atomic
def record_screen(
    *,
    keyring: Keyring,
    record: Record,
    traveller_id: UUID,
    seen: Mapping[str, Collection[str]],
    recruited_where: str = "",
    exploited_where: str = "",
    words: str = "",
    at: datetime,
) -> Screen:
    """Write down what a traveller told and what was seen. It decides nothing: the status stays what people decided it to be.

    Parameters
    ----------
    seen
        By field of `TABLES`, the values that apply.

    Raises
    ------
    NotPermittedError, NoKeyError, SafeguardRefusedError
        If the person may not, or the record was shredded; ``nothing_said``: nothing is ticked and nothing written.
    UnknownCodeError
        If a value is not declared.
    """
    demand_declared(seen, TABLES)
    if not any(seen.values()) and not words.strip():
        raise SafeguardRefusedError("nothing_said")
    with about_traveller(keyring, record, Action.SCREEN_RECORD) as (now, person):
        row = Screen(record=now, traveller_id=traveller_id, by=person.pk, at=at)
        places = {"recruited_where": recruited_where, "exploited_where": exploited_where, "words": words}
        put(keyring, row, {**{name: sorted(values) for name, values in seen.items()}, **places})
        append(keyring=keyring, kind="screen.recorded", at=at, record=now, details={"row": str(row.pk)})
    return row


@transaction.atomic
def decide_status(
    *,
    keyring: Keyring,
    record: Record,
    traveller_id: UUID,
    status: TraffickingStatus,
    decided_by_kind: DecidingOrganisation,
    decided_by: str,
    why: str,
    at: datetime,
) -> StatusDecision:
    """Write down what somebody decided about a traveller: who it was, and why.

    Raises
    ------
    NotPermittedError, NoKeyError, SafeguardRefusedError
        If the person may not; ``no_reason`` if it says neither who nor why.
    """
    reason, who = demand_reason(why), demand_reason(decided_by)
    with about_traveller(keyring, record, Action.SCREEN_DECIDE) as (now, person):
        row = StatusDecision(record=now, traveller_id=traveller_id, by=person.pk, at=at)
        values = {"status": status.value, "decided_by_kind": decided_by_kind.value, "decided_by": who, "why": reason}
        put(keyring, row, values)
        append(keyring=keyring, kind="screen.decided", at=at, record=now, details={"row": str(row.pk)})
    return row
