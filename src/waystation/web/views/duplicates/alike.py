"""Who is like the one a first call asks for: shown before anything is entered, so that nobody is entered twice."""

from dataclasses import dataclass, field

from django.utils import timezone

from waystation.accounts.errors import SecondPersonNeededError
from waystation.cases.duplicates.book import Book, book_so_far
from waystation.cases.duplicates.entries import Asked, open_entries
from waystation.cases.index.index import Progress
from waystation.cases.models import Case
from waystation.cases.queries import fetched
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


def alike(request: AskedRequest, asked: Asked) -> tuple[list[Alike], Progress]:
    """Return the cases like what is being entered, the likest first, and how many of the cases were looked through by now.

    A first call waits for nothing: until everything is read, nobody alike among some does not say that there is nobody. Who has
    opened as many identities within the hour as they may is told the codes alone, and can go on with the call.
    """
    at = timezone.now()
    book, progress = book_so_far(keyring=request.keyring, person=request.person, at=at)
    like = {known.id: likeness for known, likeness in book.like(asked, MOST_SHOWN)}
    found = [Alike(case, like[case.pk].strength, _rows(request, book, asked, case)) for case in fetched(list(like))]
    return found, progress


def _rows(request: AskedRequest, book: Book, asked: Asked, case: Case) -> list[Row]:
    try:
        entries = open_entries(keyring=request.keyring, person=request.person, case=case, at=timezone.now())
    except SecondPersonNeededError:
        return []
    found = book.beside([asked.entry()], entries)
    return [] if found is None else rows_of(found)
