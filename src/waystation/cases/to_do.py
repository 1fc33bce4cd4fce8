"""What is to be done in all cases one person may open: held in memory beside the index, and gone with the keyring."""

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import islice
from time import perf_counter
from typing import Any, Final
from uuid import UUID
from weakref import WeakKeyDictionary

from django.db import transaction

from waystation.accounts.models import Person
from waystation.accounts.permissions import Action, may
from waystation.audit.services import append
from waystation.cases.index.entry import Entry
from waystation.cases.index.index import Index, Progress, index_of
from waystation.cases.index.reasons import owner_of
from waystation.cases.models import Task
from waystation.store.keyring import Keyring
from waystation.store.tiers import Tier

WHOSE: Final = ("mine", "team", "all")
"""Mine: mine to do, or nobody's in a case that I carry. Team: in the team's cases. All: in every case one may open."""
AT_ONCE: Final = 400
_FIELDS: Final = ("what", "owner", "due")


@dataclass(frozen=True, slots=True)
class OpenTask:
    """One task that is not done.

    Attributes
    ----------
    owner
        Who is to do it; none: whoever carries the case.
    words
        What more there is to say; opened by `with_words` for those that are shown, empty before.
    """

    id: UUID
    case_id: UUID
    what: str
    owner: UUID | None
    due: date | None
    words: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class ToDo:
    """A task with the case that it belongs to, as the index has it, and whose day has passed or not."""

    task: OpenTask
    case: Entry
    late: bool

    @property
    def owner(self) -> UUID | None:
        """Who is to do it: the person named, otherwise whoever carries the case."""
        return self.task.owner or owner_of(self.case)


class TaskBook:
    """The open tasks of all cases one person may open. Each case is read once, and again when it changed."""

    def __init__(self, keyring: Keyring) -> None:
        """Make an empty book; `catch_up` fills it."""
        self._keyring = keyring
        self._turn = threading.RLock()
        self._seen: dict[UUID, int] = {}
        self._held: dict[UUID, tuple[OpenTask, ...]] = {}
        self._waiting: dict[UUID, None] = {}
        self._generation = -1

    def catch_up(
        self, person: Person, *, at: datetime, seconds: float = 0.25, clock: Callable[[], float] = perf_counter
    ) -> Progress:
        """Read the tasks of what is new or changed in the index, for as long as may be; return how far it has come.

        Cost: one query for 400 cases and 10 us for each value; nothing if nothing changed.
        """
        begun, index = clock(), index_of(self._keyring)
        whole = index.catch_up(person, at=at, seconds=seconds)
        if not may(person, Action.TASK_LIST):
            return Progress(0, 0)
        with self._turn:
            self._look(index)
            while self._waiting:
                some = list(islice(self._waiting, AT_ONCE))
                self._read(some, index)
                for case_id in some:
                    del self._waiting[case_id]
                if clock() - begun >= seconds:  # one step at least: the index may have taken all the time
                    break
        return Progress(whole.read - len(self._waiting), whole.of)

    def to_do(self, index: Index, whose: str) -> list[ToDo]:
        """Return the tasks of ``mine``, ``team`` or ``all``: what is due first, first, so what is overdue leads."""
        me, today = index.reader.person_id, index.reader.today
        with self._turn:
            found = [
                ToDo(task, case, task.due is not None and task.due < today)
                for case_id, tasks in self._held.items()
                if (case := index.get(case_id)) is not None and (whose != "team" or "team" in case.whose)
                for task in tasks
            ]
        mine = [each for each in found if each.owner == me] if whose == "mine" else found
        return sorted(mine, key=lambda each: (each.task.due or date.max, each.case.code, str(each.task.id)))

    def _look(self, index: Index) -> None:
        """Compare with the index what moved in it: forget what is out of reach or done, note what is to be read."""
        generation = index.generation
        moved = index.moved_since(self._generation)
        self._generation = generation
        for case_id in self._seen.keys() | index.entries().keys() if moved is None else moved:
            known = index.get(case_id)
            if known is None or not _has_tasks(known):
                for held in (self._seen, self._held, self._waiting):
                    held.pop(case_id, None)
            elif self._seen.get(case_id) != known.version:
                self._seen[case_id] = -1
                self._waiting[case_id] = None

    def _read(self, case_ids: list[UUID], index: Index) -> None:
        keyring = self._keyring
        held = keyring.tiers_in(case_ids, (Tier.WELFARE,))
        may_open = [case_id for case_id in case_ids if held[case_id]]
        rows = list(
            Task.objects.filter(record_id__in=may_open, gone_at=None, done_on__isnull=True).values_list(
                "id", "record_id", *_FIELDS
            )
        )
        opened = {
            name: keyring.open_values(Task, name, [(row[0], row[1], row[at]) for row in rows if row[at] is not None])
            for at, name in enumerate(_FIELDS, start=2)
        }
        found: dict[UUID, list[OpenTask]] = {case_id: [] for case_id in case_ids}
        for row_id, case_id, *_ in rows:
            if row_id in opened["what"]:
                owner, due = opened["owner"].get(row_id), opened["due"].get(row_id)
                whose = UUID(str(owner)) if owner else None
                day = due if isinstance(due, date) else None
                found[case_id].append(OpenTask(row_id, case_id, str(opened["what"][row_id]), whose, day))
        for case_id, tasks in found.items():
            known = index.get(case_id)
            if known is not None and case_id in self._seen:
                self._seen[case_id], self._held[case_id] = known.version, tuple(tasks)


def _has_tasks(case: Entry) -> bool:
    return case.open and Tier.WELFARE in case.tiers and case.summary is not None and bool(case.summary.tasks)


_books: WeakKeyDictionary[Keyring, TaskBook] = WeakKeyDictionary()
"""The tasks of each keyring of this process; gone with the keyring."""
_making = threading.Lock()


def tasks_of(keyring: Keyring) -> TaskBook:
    """Return the book of the person whose keyring it is: always the same one in one process."""
    with _making:
        return _books.setdefault(keyring, TaskBook(keyring))


@transaction.atomic
def with_words(*, keyring: Keyring, shown: Iterable[ToDo], at: datetime) -> list[ToDo]:
    """Open what more is said of the tasks that are shown, after one entry in the log that says how many."""
    lines = list(shown)
    if not lines:
        return []
    append(keyring=keyring, kind="records.listed", at=at, details={"count": len({each.case.id for each in lines})})
    held = keyring.tiers_in({each.case.id for each in lines}, (Tier.WELFARE,))
    rows = Task.objects.filter(pk__in=[each.task.id for each in lines], words__isnull=False)
    found: list[tuple[UUID, UUID, Any]] = list(rows.values_list("id", "record_id", "words"))
    values = [row for row in found if held.get(row[1])]
    words = keyring.open_values(Task, "words", values)
    return [replace(each, task=replace(each.task, words=str(words.get(each.task.id) or ""))) for each in lines]
