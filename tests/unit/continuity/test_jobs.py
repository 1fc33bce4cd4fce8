import threading
from uuid import uuid4

import pytest

from waystation.continuity import jobs
from waystation.continuity.errors import StoppedError
from waystation.continuity.jobs import MOST, Job, Jobs, State
from waystation.continuity.steps import Steps

ME = uuid4()


@pytest.fixture(autouse=True)
def no_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    class Nothing:
        def close_all(self) -> None: ...

    monkeypatch.setattr(jobs, "connections", Nothing())


def ended(job: Job) -> Job:
    assert job.thread is not None
    job.thread.join(10)
    return job


def test_what_it_returns_is_its_result() -> None:
    job = ended(Jobs().start("backup", ME, lambda steps: 7))
    assert (job.state, job.result, job.error) == (State.DONE, 7, None)


def test_what_it_raises_is_its_error() -> None:
    def fail(steps: Steps) -> None:
        raise ValueError("no")

    job = ended(Jobs().start("backup", ME, fail))
    assert job.state is State.FAILED
    assert isinstance(job.error, ValueError)


def test_it_stops_at_its_next_step() -> None:
    begun, go = threading.Event(), threading.Event()

    def work(steps: Steps) -> None:
        steps("copy", 1, 3)
        begun.set()
        go.wait(10)
        steps("write", 2, 3)
        raise AssertionError

    every = Jobs()
    job = every.start("backup", ME, work)
    begun.wait(10)
    assert (job.step, job.done, job.total, job.state) == ("copy", 1, 3, State.RUNNING)
    assert every.start("backup", ME, work) is job
    assert every.find(job.id) is job
    every.stop(job.id)
    go.set()
    assert ended(job).state is State.STOPPED


def test_stopping_is_an_error_at_the_step() -> None:
    job = Job("backup", ME, asked_to_stop=True)
    with pytest.raises(StoppedError):
        job.steps("write", 0, 0)
    assert job.total == 1


def test_only_the_last_few_are_remembered() -> None:
    every = Jobs()
    ids = [ended(every.start(f"kind {number}", ME, lambda steps: None)).id for number in range(MOST + 5)]
    assert every.find(ids[-1]) is not None
    assert every.find(ids[0]) is None
    assert len(every._jobs) == MOST
    every.stop(uuid4())


def test_it_is_told_whether_a_kind_of_work_is_running() -> None:
    jobs, asked = Jobs(), []
    jobs.start("a", uuid4(), lambda steps: asked.append((jobs.is_running("a"), jobs.is_running("b"))))
    for job in jobs._jobs.values():
        if job.thread is not None:
            job.thread.join(5)
    assert asked == [(True, False)]
    assert not jobs.is_running("a")
