from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings
from tests.office import Office
from tests.unit.cases.people import follow_clock


@pytest.fixture(autouse=True)
def _clock(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    follow_clock(office, monkeypatch)


@pytest.fixture(autouse=True)
def _sealing(tmp_path: Path) -> Iterator[None]:
    """Files go into a folder of this test, uploads through the handler that seals them."""
    with override_settings(DATA_DIR=tmp_path, FILE_UPLOAD_HANDLERS=["waystation.web.uploads.SealingUploadHandler"]):
        yield
