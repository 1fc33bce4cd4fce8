from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings
from tests.office import Office
from tests.unit.cases.people import follow_clock


@pytest.fixture(autouse=True)
def _clock(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages read the office's clock, where a test has an office."""
    if "office" in request.fixturenames:
        office: Office = request.getfixturevalue("office")
        follow_clock(office, monkeypatch)


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path) -> Iterator[None]:
    """Files go into a folder of this test."""
    with override_settings(DATA_DIR=tmp_path):
        yield
