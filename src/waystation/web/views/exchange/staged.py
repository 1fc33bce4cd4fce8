"""Files that were sent and are being looked at: sealed on the disk under keys of this process, forgotten with it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, BinaryIO
from uuid import UUID, uuid4

from waystation.continuity.jobs import Jobs

MOST = 6
"""Files held at a time; the oldest is let go for a new one."""


@dataclass
class Stage:
    """A file that was sent, and what was found in it.

    Attributes
    ----------
    source
        The sealed file; read whenever its rows are asked for.
    found
        What was read of it, as far as a page needs it again.
    accepted
        Rows of which a person said that they are nobody who is here.
    job_id
        The work on it that was begun last.
    """

    by: UUID
    source: BinaryIO = field(repr=False)
    id: UUID = field(default_factory=uuid4)
    found: Any = field(default=None, repr=False)
    accepted: set[int] = field(default_factory=set)
    job_id: UUID | None = None
    about: UUID | None = None


class Stages:
    """The staged files of one process."""

    def __init__(self, let_go: Callable[[BinaryIO], None]) -> None:
        """Hold files that ``let_go`` closes."""
        self._stages: dict[UUID, Stage] = {}
        self._let_go = let_go
        self._lock = Lock()

    def put(self, stage: Stage) -> Stage:
        """Hold a file; return it."""
        with self._lock:
            while len(self._stages) >= MOST:
                self._let_go(self._stages.pop(next(iter(self._stages))).source)
            self._stages[stage.id] = stage
        return stage

    def find(self, stage_id: UUID, by: UUID) -> Stage | None:
        """Return somebody's file; None where there is none of this id (any longer), or another's."""
        found = self._stages.get(stage_id)
        return found if found is not None and found.by == by else None

    def drop(self, stage_id: UUID) -> None:
        """Let a file go."""
        with self._lock:
            found = self._stages.pop(stage_id, None)
        if found is not None:
            self._let_go(found.source)


STAGES = Stages(lambda source: source.close())
"""What this process holds."""

WORK = Jobs()
"""The long work of this process over files."""
