from collections.abc import Iterator
from pathlib import Path

import pytest

from .storm import MISSING, Storm, is_here


@pytest.fixture(scope="session")
def storm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Storm]:
    """Storm, started once; tests that ask for it are skipped where it is missing."""
    if not is_here():
        pytest.skip(MISSING)
    folder: Path = tmp_path_factory.mktemp("storm")
    with Storm(folder) as process:
        yield process
