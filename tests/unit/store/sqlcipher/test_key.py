import pytest

from waystation.store.sqlcipher import key
from waystation.vault import LockedError


def test_the_key_that_was_given_last_is_held() -> None:
    key.hold_key(b"a" * 32)
    key.hold_key(b"b" * 32)
    assert key.held_key() == b"b" * 32


@pytest.mark.parametrize("length", [0, 16, 31, 33, 64])
def test_a_key_of_another_length_is_refused_and_not_repeated(length: int) -> None:
    key.hold_key(b"a" * 32)
    with pytest.raises(ValueError, match="32 bytes") as caught:
        key.hold_key(b"k" * length)
    assert "kk" not in str(caught.value)
    assert key.held_key() == b"a" * 32


def test_without_a_key_the_store_is_locked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(key, "_held", [])
    with pytest.raises(LockedError, match="unlock"):
        key.held_key()
