"""The index of one process: filled newest first, then kept up by what the database counts as written."""

import threading
from collections import Counter, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from time import perf_counter
from typing import Final
from uuid import UUID
from weakref import WeakKeyDictionary

from waystation.accounts.models import Person
from waystation.accounts.permissions import Action, may
from waystation.audit.services import append
from waystation.cases.index.entry import Entry
from waystation.cases.index.order import Order
from waystation.cases.index.reading import Reading
from waystation.cases.index.reasons import Reader, Reason, owner_of, reasons
from waystation.cases.index.variants import Variants
from waystation.cases.models import Case
from waystation.store.keyring import Keyring
from waystation.store.touched import position, touched_since

AT_ONCE: Final = 100
"""Cases read in one step."""
MOVED: Final = 200
"""Up to so many changed cases are moved within the order; after more, all are sorted."""
REMEMBERED: Final = 1000
"""Readings of which it is remembered which cases they were of."""
PAGE_SECONDS: Final = 0.05
"""So long a page goes on with what the warm-up has not come to: it is answered with what is known, and says how far that is."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the first filling has come: ``read`` of ``of`` cases; the newest are read first."""

    read: int
    of: int

    @property
    def done(self) -> bool:
        """Whether everything is there."""
        return self.read >= self.of


@dataclass(eq=False)
class _UnderWay:
    """Cases that a thread reads now, and the records that were written to since it began."""

    case_ids: list[UUID]
    touched: set[UUID] = field(default_factory=set)


class Index:
    """What one person may see of all cases. Any thread may ask and read; what was read is put in its place by one at a time.

    It lives as long as the keyring it was made for, and goes with the process. Nothing of it is written anywhere.
    """

    def __init__(self, keyring: Keyring) -> None:
        """Make an empty index; `catch_up` fills it."""
        self._keyring = keyring
        self._turn = threading.RLock()
        self._standing: tuple[object, ...] = ()
        self._reader: Reader | None = None
        self._reading: Reading | None = None
        self._entries: dict[UUID, Entry] = {}
        self._counts: Counter[tuple[str, str]] = Counter()
        self._variants = Variants()
        self._order: Order | None = None
        self._codes: dict[str, UUID] = {}
        self._opened = 0
        self._waiting: list[UUID] = []
        self._under_way: list[_UnderWay] = []
        self._of = 0
        self._place = 0
        self._generation = 0
        self._moves: deque[tuple[int, tuple[UUID, ...]]] = deque(maxlen=REMEMBERED)

    def catch_up(
        self,
        person: Person,
        *,
        at: datetime,
        seconds: float = PAGE_SECONDS,
        clock: Callable[[], float] = perf_counter,
    ) -> Progress:
        """Read what changed, and go on filling for as long as may be; return how far it has come.

        One short query if nothing changed. The first call writes one entry into the log: how many cases are looked at.

        Parameters
        ----------
        person
            Whose keyring it is, as the store has them now: with other roles or another team everything is looked at anew.
        seconds
            How long filling may go on; one step of it is done however slow the machine is, none for 0.
        """
        begun = clock()
        with self._turn:
            self._begin(person, at)
            touched, self._place = touched_since(self._place)
            for under_way in self._under_way:
                under_way.touched |= touched
            changed = {each for each in touched if each in self._entries} | self._unseen(touched)
            for some in _parts(sorted(changed)):
                self._put(some)
        while seconds > 0 and self._fill() and clock() - begun < seconds:
            pass
        return self.progress

    @property
    def progress(self) -> Progress:
        """How far the first filling has come."""
        with self._turn:
            left = len(self._waiting) + sum(len(each.case_ids) for each in self._under_way)
            return Progress(self._of - left, self._of)

    @property
    def generation(self) -> int:
        """How often something was read: while it stays, nothing of what is held has changed."""
        return self._generation

    def moved_since(self, generation: int) -> set[UUID] | None:
        """Return the cases that were read, read anew or lost since a generation; None if that is no longer remembered."""
        with self._turn:
            if generation == self._generation:
                return set()
            if not self._moves or self._moves[0][0] > generation + 1:
                return None
            return {case_id for then, case_ids in self._moves if then > generation for case_id in case_ids}

    def entries(self) -> dict[UUID, Entry]:
        """Return everything that is read so far, by the case's id, as it is now: a copy."""
        with self._turn:
            return dict(self._entries)

    @property
    def reader(self) -> Reader:
        """Who looks, as of the last `catch_up`; ask that first."""
        if self._reader is None:
            raise RuntimeError("catch up first")
        return self._reader

    def newest_first(self) -> list[Entry]:
        """Return everything that is read so far, what was changed last first. Do not change the list."""
        return self.order().entries

    def order(self) -> Order:
        """Return the same with what lists and searches ask of each case beside it."""
        with self._turn:
            if self._order is None:
                self._order = Order.of(self._entries.values())
            return self._order

    def coded(self, code: str) -> Entry | None:
        """Return the case of a code, None if there is none that the person may see, or it is not read yet."""
        case_id = self._codes.get(code)
        return None if case_id is None else self._entries.get(case_id)

    @property
    def opened(self) -> int:
        """How many of the cases that are read so far the person may open in some part."""
        return self._opened

    def get(self, case_id: UUID) -> Entry | None:
        """Return one case, None if the person may not see it or it is not read yet."""
        return self._entries.get(case_id)

    def named_like(self, text: str) -> set[UUID]:
        """Return the cases with a name that is ``text`` spelt otherwise, as far as the matcher of names is here."""
        with self._turn:
            return self._variants.find(text)

    def count(self, whose: str, reason: Reason | None = None) -> int:
        """Return how many open cases of ``mine``, ``team`` or ``all`` there are, for a reason or for any."""
        return self._counts[whose, reason or ""]

    def _begin(self, person: Person, at: datetime) -> None:
        """Begin anew for somebody with other roles than before; on another day, ask again why each case is where it is."""
        standing = (person.pk, person.team_id, person.active, frozenset(person.role_set))
        reader = Reader(person.pk, person.team_id, may(person, Action.CASE_DECIDE), at.date())
        if standing != self._standing:
            self._place = position()
            rows = Case.objects.filter(record__shredded_at=None).order_by("-updated_at")
            self._waiting = list(rows.values_list("pk", flat=True)) if may(person, Action.CASE_LIST) else []
            self._of = len(self._waiting)
            if self._waiting:
                append(keyring=self._keyring, kind="records.listed", at=at, details={"count": self._of})
            self._reading = Reading(self._keyring, person)
            self._entries, self._order, self._variants = {}, None, Variants()
            self._codes, self._opened = {}, 0
            self._generation += 1
            self._moves.clear()
            self._reader, self._standing = None, standing
        if reader != self._reader:
            self._reader, self._order = reader, None
            self._counts = Counter()
            for entry in list(self._entries.values()):
                self._count(entry)

    def _fill(self) -> bool:
        """Read some of what waits, while others ask and read; return whether there was any."""
        with self._turn:
            if not self._waiting or self._reading is None:
                return False
            reading, under_way = self._reading, _UnderWay(self._waiting[:AT_ONCE])
            self._waiting = self._waiting[AT_ONCE:]
            self._under_way.append(under_way)
        found: dict[UUID, Entry] | None = None
        try:
            found = reading.entries(under_way.case_ids)
        finally:
            with self._turn:
                self._under_way.remove(under_way)
                # Whoever changed one of them meanwhile saw it read again; for somebody with other roles all is read anew.
                left = [each for each in under_way.case_ids if each not in under_way.touched]
                if reading is self._reading and found is not None:
                    self._merge(left, {each: found[each] for each in left if each in found})
                elif reading is self._reading:
                    self._waiting = left + self._waiting
        return True

    def _unseen(self, touched: set[UUID]) -> set[UUID]:
        """Return those of the records that are cases this process does not know: a few are read now, though others wait."""
        left = {each for each in touched if each not in self._entries}
        if len(left) > MOVED and self._waiting:
            left -= set(self._waiting)
        found = set(Case.objects.filter(record_id__in=left).values_list("pk", flat=True)) if left else set()
        if found and self._waiting:
            self._waiting = [each for each in self._waiting if each not in found]
        return found

    def _put(self, case_ids: list[UUID]) -> None:
        if self._reading is not None and case_ids:
            self._merge(case_ids, self._reading.entries(case_ids))

    def _merge(self, case_ids: list[UUID], found: dict[UUID, Entry]) -> None:
        """Put what was read in the place of what was known."""
        self._generation += 1
        self._moves.append((self._generation, tuple(case_ids)))
        before = [self._entries.pop(case_id) for case_id in case_ids if case_id in self._entries]
        for entry in before:
            self._counts.subtract(_counted(entry))
            self._variants.drop(entry.id, entry.names)
            self._codes.pop(entry.code, None)
            self._opened -= bool(entry.tiers)
        after = [self._count(entry) for entry in found.values()]
        for entry in after:
            self._variants.put(entry.id, entry.names)
            self._codes[entry.code] = entry.id
            self._opened += bool(entry.tiers)
        if len(case_ids) > MOVED:
            self._order = None
        if self._order is not None:
            self._order = self._order.moved(before, after)

    def _count(self, entry: Entry) -> Entry:
        """Say of a case why it is where it is and whose, keep it, and count it."""
        told = replace(entry, why=reasons(entry, self.reader), whose=self._whose(entry))
        self._entries[told.id] = told
        self._counts.update(_counted(told))
        return told

    def _whose(self, entry: Entry) -> tuple[str, ...]:
        reader = self.reader
        own = ("mine",) if owner_of(entry) == reader.person_id else ()
        team = ("team",) if entry.team_id == reader.team_id else ()
        return (*own, *team, "all")


def _counted(entry: Entry) -> list[tuple[str, str]]:
    """Return under what an open case is counted."""
    return [(whose, why) for whose in entry.whose for why in ("", *entry.why)] if entry.open else []


_indexes: WeakKeyDictionary[Keyring, Index] = WeakKeyDictionary()
"""The index of each keyring of this process, which is one person's: gone with the keyring."""
_making = threading.Lock()


def index_of(keyring: Keyring) -> Index:
    """Return the index of the person whose keyring it is: always the same one in one process."""
    with _making:
        return _indexes.setdefault(keyring, Index(keyring))


def _parts(ids: Iterable[UUID]) -> Iterable[list[UUID]]:
    ordered = list(ids)
    for start in range(0, len(ordered), AT_ONCE):
        yield ordered[start : start + AT_ONCE]
