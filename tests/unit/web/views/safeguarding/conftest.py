import pytest
from tests.office import Office
from tests.unit.cases.people import follow_clock


@pytest.fixture(autouse=True)
def _clock(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    follow_clock(office, monkeypatch)
