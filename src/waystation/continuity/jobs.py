"""Long work in a thread of its own: how far it is, how to stop it, and what came of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from threading import Lock, Thread
from typing import Any
from uuid import UUID, uuid4

from django.db import connections

from waystation.continuity.errors import StoppedError
from waystation.continuity.steps import Steps

MOST = 20
"""Jobs remembered; the oldest finished one is forgotten for a new one."""


class State(StrEnum):
    """Where a job stands."""

    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"


@dataclass
class Job:
    """One piece of long work. ``result`` is what it returned, ``error`` what it raised; whoever shows it says it in words."""

    kind: str
    by: UUID
    id: UUID = field(default_factory=uuid4)
    state: State = State.RUNNING
    step: str = ""
    done: int = 0
    total: int = 0
    result: Any = None
    error: Exception | None = None
    asked_to_stop: bool = False
    thread: Thread | None = field(default=None, repr=False)

    def steps(self, name: str, done: int, total: int) -> None:
        """Note how far it is; raise StoppedError if somebody asked to stop."""
        self.step, self.done, self.total = name, done, max(total, 1)
        if self.asked_to_stop:
            raise StoppedError("stopped as asked; nothing was kept")


class Jobs:
    """The jobs of one process. They end with it; what they made is whole or not there."""

    def __init__(self) -> None:
        self._jobs: dict[UUID, Job] = {}
        self._lock = Lock()

    def start(self, kind: str, by: UUID, work: Callable[[Steps], Any]) -> Job:
        """Start ``work(steps)``; while one of this kind is running, return that one instead."""
        with self._lock:
            running = next((job for job in self._jobs.values() if (job.kind, job.state) == (kind, State.RUNNING)), None)
            if running is not None:
                return running
            job = Job(kind, by)
            self._forget_oldest()
            self._jobs[job.id] = job
        job.thread = Thread(target=_run, args=(job, work), name=f"job-{kind}", daemon=True)
        job.thread.start()
        return job

    def is_running(self, kind: str) -> bool:
        """Tell whether a job of this kind is running."""
        return any((job.kind, job.state) == (kind, State.RUNNING) for job in self._jobs.values())

    def find(self, job_id: UUID) -> Job | None:
        """Return a job; None if there is none of this id (any longer)."""
        return self._jobs.get(job_id)

    def stop(self, job_id: UUID) -> None:
        """Ask a job to stop at its next step."""
        job = self.find(job_id)
        if job is not None:
            job.asked_to_stop = True

    def _forget_oldest(self) -> None:
        finished = [job.id for job in self._jobs.values() if job.state is not State.RUNNING]
        for job_id in finished[: max(0, len(self._jobs) + 1 - MOST)]:
            del self._jobs[job_id]


def _run(job: Job, work: Callable[[Steps], Any]) -> None:
    try:
        job.result = work(job.steps)
    except StoppedError:
        job.state = State.STOPPED
    except Exception as error:  # whatever it was, the page says that it failed
        job.error = error
        job.state = State.FAILED
    else:
        job.state = State.DONE
    finally:
        connections.close_all()
