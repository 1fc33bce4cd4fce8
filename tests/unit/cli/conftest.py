from pathlib import Path

import pytest

from waystation.formats.example import EXAMPLE


@pytest.fixture
def three_places(tmp_path: Path) -> Path:
    """Return the folder of the format's example: three places, two legs, one group of two."""
    folder = tmp_path / "three-places"
    folder.mkdir()
    for name, text in EXAMPLE.items():
        (folder / name).write_text(text, "utf-8")
    return folder
