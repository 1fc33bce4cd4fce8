import pytest
from django.test import Client
from tests.unit.continuity.at_once import AtOnce
from tests.unit.continuity.conftest import Home, empty_store, home

from waystation.continuity import jobs

__all__ = ["Home", "empty_store", "home"]


@pytest.fixture(autouse=True)
def work_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "Thread", AtOnce)


@pytest.fixture
def director(home: Home) -> Client:
    return home.office.client("director")


@pytest.fixture
def lead(home: Home) -> Client:
    return home.office.client("case_lead")
