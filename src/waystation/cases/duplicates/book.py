"""Everybody whom one person may open, in memory, and who of them is like whom; gone when the process locks."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock, RLock
from time import perf_counter
from uuid import UUID
from weakref import WeakKeyDictionary

from waystation.accounts.errors import NotPermittedError
from waystation.accounts.models import Person
from waystation.accounts.policies import require_confirmed_recovery
from waystation.accounts.queries import in_good_standing
from waystation.audit.services import append
from waystation.cases.duplicates.answers import Pair, pair_of
from waystation.cases.duplicates.entries import Asked, case_of_key
from waystation.cases.index.entry import Entry as Known
from waystation.cases.index.index import Index, Progress, index_of
from waystation.cases.index.people import COMPARED
from waystation.matching.entry import Entry
from waystation.matching.evidence import carries_enough
from waystation.matching.people import PEOPLE, PEOPLE_WEIGHTS
from waystation.matching.register import LOOKED_AT, Likeness, Register
from waystation.store.keyring import Keyring
from waystation.store.tiers import Tier

AT_ONCE = 1_000
"""Entries that are compared with all others in one page's time; the rest follow when the page is asked for again."""
LIKE_ONE = 5
PAGE_SECONDS = 0.1
"""So long a page goes on with what the warm-up has not come to."""
STEP = 10
"""Cases that are put in between two looks at the clock."""


@dataclass
class Book:
    """What one keyring's person may compare. Ask `opened_book`; it brings the book up to date first.

    Attributes
    ----------
    cases
        Those whose identities may be opened, by id, as the index has them.
    pairs
        For each pair of cases that look like one person's, the two entries that agree best: the key of the one's, and the other
        laid beside it.
    waiting
        Keys of entries that were not compared with all others yet.
    unread
        Cases of the index that were not put in yet.
    """

    register: Register = field(default_factory=lambda: Register(PEOPLE_WEIGHTS), repr=False)
    cases: dict[UUID, Known] = field(default_factory=dict, repr=False)
    entries: dict[str, Entry] = field(default_factory=dict, repr=False)
    pairs: dict[Pair, tuple[str, Likeness]] = field(default_factory=dict, repr=False)
    waiting: dict[str, None] = field(default_factory=dict, repr=False)
    unread: list[UUID] = field(default_factory=list, repr=False)
    held: dict[UUID, tuple[Entry, ...]] = field(default_factory=dict, repr=False)
    generation: int = -1
    keys: dict[UUID, list[str]] = field(default_factory=dict, repr=False)
    lock: RLock = field(default_factory=RLock, repr=False)
    """The pages of one person are answered by several threads."""

    def like(self, asked: Asked, limit: int = LIKE_ONE) -> list[tuple[Known, Likeness]]:
        """Return the cases like what a first call says so far, the likest first, each once."""
        found: dict[UUID, Likeness] = {}
        with self.lock:
            for one in self._worth_a_look(asked.entry(), name_alone=asked.name_alone):
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
                for found in self._worth_a_look(self.entries[key])[:LIKE_ONE]:
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

    def _worth_a_look(self, entry: Entry, *, name_alone: bool = False) -> list[Likeness]:
        """Return who is like an entry by more than a name that is like another, the likest first."""
        found, even = self.register.like(entry, limit=LOOKED_AT), self.register.even
        return [one for one in found if carries_enough(one, PEOPLE, even, name_alone=name_alone)]

    def _in_order(self, pair: Pair, key: str, found: Likeness) -> tuple[str, Likeness]:
        if case_of_key(key) == pair[0]:
            return key, found
        return found.key, self.register.between(found.key, key)


_books: WeakKeyDictionary[Keyring, Book] = WeakKeyDictionary()
"""What each keyring of this process compared; gone with the keyring."""
_making = Lock()


def book_of(keyring: Keyring) -> Book:
    """Return the book of the person whose keyring it is, as it stands: always the same one in one process."""
    with _making:
        return _books.setdefault(keyring, Book())


def opened_book(*, keyring: Keyring, person: Person, at: datetime) -> Book:
    """Return what a person may compare, as the cases are now.

    Raises
    ------
    RecoveryNotConfirmedError, NotPermittedError
        Nothing is compared.

    Notes
    -----
    It stands on the index, which opened every case once. What the warm-up has not come to is put in first: some 10 s for
    100,000 people without any warm-up, nothing after it.
    """
    while not follow_index(keyring=keyring, person=person, at=at, seconds=float("inf")):
        pass
    return book_of(keyring)


def book_so_far(*, keyring: Keyring, person: Person, at: datetime) -> tuple[Book, Progress]:
    """Return what a person may compare without waiting for the warm-up, and how many of the cases were looked through.

    Raises
    ------
    RecoveryNotConfirmedError, NotPermittedError
        Nothing is compared.
    """
    whole = follow_index(keyring=keyring, person=person, at=at, seconds=PAGE_SECONDS)
    book, index = book_of(keyring), index_of(keyring).progress
    return book, Progress(index.of if whole else max(index.read - max(len(book.unread), 1), 0), index.of)


def follow_index(
    *, keyring: Keyring, person: Person, at: datetime, seconds: float, clock: Callable[[], float] = perf_counter
) -> bool:
    """Put what changed in the index into the book, for as long as may be; return whether all of it is there.

    One entry in the log tells how many cases are looked through, each time some are new or changed.

    Raises
    ------
    RecoveryNotConfirmedError, NotPermittedError
        Nothing is compared.
    """
    require_confirmed_recovery()
    begun, index, book = clock(), index_of(keyring), book_of(keyring)
    progress = index.catch_up(person, at=at, seconds=seconds)
    with book.lock:
        _look(book, index, keyring, at)
        while book.unread and clock() - begun < seconds:
            some, book.unread = book.unread[:STEP], book.unread[STEP:]
            for case_id in some:
                book.put(case_id, book.held[case_id])
        return progress.done and not book.unread


def _look(book: Book, index: Index, keyring: Keyring, at: datetime) -> None:
    """Compare the book with the index: forget what is out of reach, and note what is to be put in."""
    if book.generation == index.generation:
        return
    generation = index.generation
    cases = {case_id: known for case_id, known in index.entries().items() if Tier.IDENTITY in known.tiers}
    changed = [case_id for case_id, known in cases.items() if book.held.get(case_id) is not known.people]
    if changed:
        if keyring.person_id not in in_good_standing(keyring):
            raise NotPermittedError("these keys belong to nobody who works here")
        fields = sorted({name for names in COMPARED.values() for name in names})
        append(keyring=keyring, kind="records.searched", at=at, details={"count": len(changed), "fields": fields})
    for case_id in book.held.keys() - cases.keys():
        book.drop(case_id)
        del book.held[case_id]
    book.held.update((case_id, cases[case_id].people) for case_id in changed)
    book.unread = list(dict.fromkeys([*changed, *(each for each in book.unread if each in cases)]))
    book.cases, book.generation = cases, generation
