"""Which entries of a case were merged into others, as its page shows them."""

from dataclasses import dataclass
from uuid import UUID

from waystation.cases.models import Event, EventKind, Traveller
from waystation.cases.whole import Whole
from waystation.web.views.desk.labels import label
from waystation.web.wording import say


@dataclass(frozen=True)
class Merged:
    """An entry that no longer counts, in words without a name."""

    id: UUID
    text: str


def merged_people(whole: Whole) -> list[Merged]:
    """Return the entries of a case that were merged into others and still are, the oldest first."""
    newest: dict[str, str] = {}
    for event in whole.rows(Event):
        told = event["told"]
        if told and told["kind"] in (EventKind.TRAVELLERS_MERGED, EventKind.TRAVELLER_MERGE_TAKEN_BACK):
            newest[told["traveller"]] = told["kind"]
    gone = {
        str(told.row.pk): (place, told)
        for place, told in enumerate(whole.rows(Traveller, gone=True), start=1)
        if told.row.gone_at is not None
    }
    return [
        Merged(told.row.pk, say("desk.traveller_merged", person=label(place, told)))
        for key, (place, told) in gone.items()
        if newest.get(key) == EventKind.TRAVELLERS_MERGED
    ]
