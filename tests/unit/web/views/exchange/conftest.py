import pytest
from tests.unit.continuity.at_once import AtOnce

from waystation.continuity import jobs


@pytest.fixture(autouse=True)
def work_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "Thread", AtOnce)
