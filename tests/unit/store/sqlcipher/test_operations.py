from collections.abc import Callable
from typing import Any

import pytest

from waystation.store.sqlcipher import operations


def test_this_sqlite_groups_without_being_forced(connect: Callable[..., Any]) -> None:
    assert connect().ops.force_group_by() == []


def test_one_before_3_39_is_forced(connect: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(operations, "VERSION", (3, 38, 5))
    assert connect().ops.force_group_by() == ["GROUP BY TRUE"]
