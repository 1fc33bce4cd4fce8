"""One page of the list of cases, out of the index, with the entry in the log that such a page was shown."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from waystation.audit.services import append
from waystation.cases.index.chosen import Chosen, matching
from waystation.cases.index.entry import Entry
from waystation.cases.index.index import Index
from waystation.store.keyring import Keyring


@dataclass(frozen=True)
class Listed:
    """One page of a list.

    Attributes
    ----------
    entries
        Those of this page.
    count
        How many the whole list has.
    page, pages
        Which page this is, from 1, and how many there are, at least 1.
    """

    entries: tuple[Entry, ...]
    count: int
    page: int
    pages: int

    @property
    def previous(self) -> int:
        """The page before."""
        return self.page - 1

    @property
    def next(self) -> int:
        """The page after."""
        return self.page + 1


def page_of(index: Index, chosen: Chosen, page: int, per_page: int) -> Listed:
    """Return a page of what a filter lets through; the nearest there is if there is no such page."""
    found = matching(index, chosen)
    pages = max(1, -(-len(found) // per_page))
    page = min(max(page, 1), pages)
    return Listed(tuple(found[(page - 1) * per_page : page * per_page]), len(found), page, pages)


@transaction.atomic
def note_listed(*, keyring: Keyring, listed: Listed, at: datetime) -> None:
    """Write into the log that a page of cases was shown: how many of them tell where they stand. None if none does."""
    count = sum(1 for each in listed.entries if each.summary or each.outline)
    if count:
        append(keyring=keyring, kind="records.listed", at=at, details={"count": count})
