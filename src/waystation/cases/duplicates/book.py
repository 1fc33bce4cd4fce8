"""Everybody whom one person may open, in memory, and who of them is like whom; gone when the process locks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from threading import RLock
from uuid import UUID
from weakref import WeakKeyDictionary

from waystation.accounts.models import Person
from waystation.cases.duplicates.answers import Pair, pair_of
from waystation.cases.duplicates.entries import Asked, case_of_key, read_entries
from waystation.cases.models import Case
from waystation.cases.queries import openable, visible_cases
from waystation.matching.entry import Entry
from waystation.matching.people import PEOPLE_WEIGHTS
from waystation.matching.register import Likeness, Register
from waystation.store.keyring import Keyring
from waystation.store.tiers import Tier

AT_ONCE = 1_000
"""Entries that are compared with all others in one page's time; the rest follow when the page is asked for again."""
LIKE_ONE = 5


@dataclass
class Book:
    """What one keyring's person may compare. Ask `opened_book`; it brings the book up to date first.

    Attributes
    ----------
    cases
        Those whose identities may be opened, by id.
    pairs
        For each pair of cases that look like one person's, the two entries that agree best: the key of the one's, and the other
        laid beside it.
    waiting
        Keys of entries that were not compared with all others yet.
    """

    register: Register = field(default_factory=lambda: Register(PEOPLE_WEIGHTS), repr=False)
    cases: dict[UUID, Case] = field(default_factory=dict, repr=False)
    entries: dict[str, Entry] = field(default_factory=dict, repr=False)
    pairs: dict[Pair, tuple[str, Likeness]] = field(default_factory=dict, repr=False)
    waiting: dict[str, None] = field(default_factory=dict, repr=False)
    versions: dict[UUID, int] = field(default_factory=dict, repr=False)
    keys: dict[UUID, list[str]] = field(default_factory=dict, repr=False)
    lock: RLock = field(default_factory=RLock, repr=False)
    """The pages of one person are answered by several threads."""

    def like(self, asked: Asked, limit: int = LIKE_ONE) -> list[tuple[Case, Likeness]]:
        """Return the cases like what a first call says so far, the likest first, each once."""
        found: dict[UUID, Likeness] = {}
        with self.lock:
            for one in self.register.like(asked.entry(), limit=4 * limit):
                found.setdefault(case_of_key(one.key), one)
        return [(self.cases[case_id], one) for case_id, one in found.items()][:limit]

    def beside(self, ones: Iterable[Entry], others: Sequence[Entry]) -> Likeness | None:
        """Lay two people's entries side by side and return the two that agree best; None if one has none."""
        laid = [self.register.beside(one, other) for one in ones for other in others]
        return max(laid, key=lambda found: found.weight) if laid else None

    def compare_waiting(self, most: int = AT_ONCE) -> None:
        """Compare entries that wait with all others, at most so many."""
        with self.lock:
            for key in list(self.waiting)[:most]:
                del self.waiting[key]
                for found in self.register.like(self.entries[key]):
                    pair = pair_of(case_of_key(key), case_of_key(found.key))
                    if pair[0] != pair[1] and (pair not in self.pairs or found.weight > self.pairs[pair][1].weight):
                        self.pairs[pair] = self._in_order(pair, key, found)

    def put(self, case_id: UUID, entries: Sequence[Entry]) -> None:
        """Put a case's entries in place of what was known of it."""
        self.drop(case_id)
        self.keys[case_id] = [entry.key for entry in entries]
        for entry in entries:
            self.register.add(entry)
            self.entries[entry.key] = entry
            self.waiting[entry.key] = None

    def drop(self, case_id: UUID) -> None:
        """Forget a case."""
        if case_id not in self.keys:
            return
        for key in self.keys.pop(case_id):
            self.register.remove(key)
            del self.entries[key]
            self.waiting.pop(key, None)
        for pair in [pair for pair in self.pairs if case_id in pair]:
            del self.pairs[pair]

    def _in_order(self, pair: Pair, key: str, found: Likeness) -> tuple[str, Likeness]:
        if case_of_key(key) == pair[0]:
            return key, found
        return found.key, self.register.between(found.key, key)


_books: WeakKeyDictionary[Keyring, Book] = WeakKeyDictionary()
"""What each keyring of this process compared; gone with the keyring."""


def opened_book(*, keyring: Keyring, person: Person, at: datetime) -> Book:
    """Return what a person may compare, as the cases are now: those that changed since are read again, in memory.

    Notes
    -----
    The first time everything is read: some 10 s for 100,000 people. After that only what changed.
    """
    book = _books.setdefault(keyring, Book())
    cases = {case.pk: case for case in openable(visible_cases(person, keyring), person, keyring, Tier.IDENTITY)}
    with book.lock:
        _follow(book, keyring, cases, at)
    return book


def _follow(book: Book, keyring: Keyring, cases: dict[UUID, Case], at: datetime) -> None:
    for case_id in set(book.cases) - set(cases):
        book.drop(case_id)
        book.versions.pop(case_id, None)
    book.cases = cases
    changed = [case for case in cases.values() if book.versions.get(case.pk) != case.version]
    if changed:
        read = read_entries(keyring, changed, at)
        for case in changed:
            book.put(case.pk, read.get(case.pk, []))
            book.versions[case.pk] = case.version
