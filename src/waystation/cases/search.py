from collections.abc import Iterable
from datetime import datetime

from waystation.accounts.models import Person
from waystation.accounts.openings import search
from waystation.accounts.permissions import Action, allowed_tiers
from waystation.cases.codes import said, turned
from waystation.cases.glance import Glance
from waystation.cases.models import Case
from waystation.store.keyring import Keyring
from waystation.store.tiers import Tier

SEARCHED: dict[Tier, tuple[str, ...]] = {
    Tier.IDENTITY: ("name",),
    Tier.MOVEMENT: ("whereabouts",),
    Tier.WELFARE: ("note",),
    Tier.EVIDENCE: ("testimony",),
}
"""What is looked through, by the tier it belongs to."""


def find_cases(*, keyring: Keyring, person: Person, cases: Iterable[Case], text: str, at: datetime) -> list[Case]:
    """Return those of some cases that ``text`` is found in, in their order: by code, or in what the person may open.

    Everything happens in memory; the log tells how many were looked through, not what for.
    """
    shown = list(cases)
    found = {case.pk for case in shown if case.code in {said(text), turned(said(text))}}
    glance = Glance(keyring, [case.record for case in shown])
    tiers = sorted(allowed_tiers(person, Action.CASE_OPEN))
    records = {case.pk: case.record for case in shown}
    read = Case.objects.only("record_id", *(name for tier in tiers for name in SEARCHED[tier]))
    rows = [row for row in read if row.pk in records]
    for row in rows:
        row.record = records[row.pk]
    for tier in tiers:
        held = [row for row in rows if glance.may_open(row.record, tier)]
        found.update(search(keyring=glance, rows=held, fields=SEARCHED[tier], text=text, at=at))
    return [case for case in shown if case.pk in found]
