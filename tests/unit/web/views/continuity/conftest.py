from collections.abc import Callable

import pytest
from django.test import Client
from tests.unit.continuity.conftest import Home, empty_store, home

from waystation.continuity import jobs

__all__ = ["Home", "empty_store", "home"]


class AtOnce:
    """A thread that has run to its end when it is started: in the tests' own thread, before the tests' own store."""

    def __init__(self, target: Callable[..., object], args: tuple[object, ...], **_: object) -> None:
        self._target, self._args = target, args

    def start(self) -> None:
        self._target(*self._args)


@pytest.fixture(autouse=True)
def work_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "Thread", AtOnce)


@pytest.fixture
def director(home: Home) -> Client:
    return home.office.client("director")


@pytest.fixture
def lead(home: Home) -> Client:
    return home.office.client("case_lead")
