"""Who is like the one a first call asks for: shown before anything is entered, so that nobody is entered twice."""

from dataclasses import dataclass, field

from django.utils import timezone

from waystation.accounts.openings import open_many
from waystation.cases.duplicates.book import opened_book
from waystation.cases.duplicates.entries import Asked
from waystation.cases.models import Case
from waystation.matching.register import Strength
from waystation.web.views.cases.asked import AskedRequest
from waystation.web.views.duplicates.shown import Row, rows_of

MOST_SHOWN = 3
"""Cases whose fields are opened beside what is being entered; each is an opening in the log and counts towards the limit."""


@dataclass(frozen=True, slots=True)
class Alike:
    """A case that may be of the same person: its fields beside what is being entered."""

    case: Case
    strength: Strength
    rows: list[Row] = field(repr=False)


def alike(request: AskedRequest, asked: Asked) -> list[Alike]:
    """Return the cases like what is being entered, among those the reader may open, the likest first."""
    at = timezone.now()
    found = opened_book(keyring=request.keyring, person=request.person, at=at).like(asked, MOST_SHOWN)
    opened = open_many(keyring=request.keyring, rows=[case for case, _ in found], fields=("name",), at=at)
    return [Alike(case, likeness.strength, rows_of(likeness)) for case, likeness in found if case.pk in opened]
