from dataclasses import FrozenInstanceError, replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from waystation.cases.index.entry import Entry

NOON = datetime(2031, 3, 1, 12, tzinfo=UTC)
ENTRY = Entry(UUID(int=1), "amber-lantern", 1, None, NOON, NOON, None, UUID(int=2), False, frozenset())


def test_it_is_open_until_it_was_closed_and_is_never_changed() -> None:
    assert ENTRY.open
    assert not replace(ENTRY, closed_at=NOON).open
    with pytest.raises(FrozenInstanceError):
        ENTRY.code = "other"  # type: ignore[misc] # that is what is tried


def test_it_shows_no_name() -> None:
    assert "박은주" not in repr(replace(ENTRY, names=("박은주",), words=" 박은주".encode()))
