"""Until when what was agreed to in some cases still holds: from what nobody needs a key for, in two queries for hundreds."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from waystation.consent.models import Answer, Consent, Withdrawn


def consents_end(record_ids: Collection[UUID]) -> dict[UUID, datetime]:
    """Return, for each case in which somebody's newest yes about something ends by itself, when the first of them does.

    A yes that was followed by another answer or taken back does not count: what then holds is said elsewhere.
    """
    with_end = set(
        Consent.objects.filter(record_id__in=record_ids, until__isnull=False).values_list("record_id", flat=True)
    )
    if not with_end:
        return {}
    columns = ("pk", "record_id", "traveller_id", "purpose", "partner_id", "answer", "until")
    rows = (
        Consent.objects.filter(record_id__in=with_end).order_by("recorded_at", "starts_at", "pk").values_list(*columns)
    )
    newest = {row[1:5]: row for row in rows}
    ends = [row for row in newest.values() if row[5] == Answer.GIVEN and row[6] is not None]
    taken = set(Withdrawn.objects.filter(consent_id__in=[row[0] for row in ends]).values_list("consent_id", flat=True))
    found: dict[UUID, datetime] = {}
    for pk, record_id, *_, until in ends:
        if pk not in taken and until is not None:
            found[record_id] = min(until, found.get(record_id, until))
    return found
