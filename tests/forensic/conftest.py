import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.forensic.evidence import Scene


@pytest.fixture
def scene() -> Iterator[Scene]:
    """Give a scene with a short path: a browser's socket has to fit into a hundred characters."""
    with tempfile.TemporaryDirectory(prefix="ws-", dir="/tmp", ignore_cleanup_errors=True) as name:
        yield Scene(Path(name))
