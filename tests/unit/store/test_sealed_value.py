import copy
import json
import pickle

import pytest

from waystation.store.sealed_value import SealedValue
from waystation.vault import TamperedError

VALUE = SealedValue.of(7, b"never shown")


def test_it_keeps_the_version_before_the_sealed_bytes() -> None:
    assert (VALUE.version, VALUE.sealed, VALUE.stored) == (7, b"never shown", b"\0\0\0\7never shown")
    assert SealedValue(VALUE.stored) == VALUE
    assert hash(SealedValue(VALUE.stored)) == hash(VALUE)
    assert SealedValue.of(8, b"never shown") != VALUE
    assert VALUE != b"never shown"


@pytest.mark.parametrize("shown", [repr(VALUE), str(VALUE), f"{VALUE}", f"{VALUE!r:>10}".strip(), f"{[VALUE]}"[1:-1]])
def test_it_shows_nothing(shown: str) -> None:
    assert shown == "<sealed>"


def test_it_is_neither_pickled_nor_json() -> None:
    with pytest.raises(TypeError, match="not pickled"):
        pickle.dumps(VALUE)
    with pytest.raises(TypeError):
        json.dumps(VALUE)


def test_a_copy_is_the_value_itself() -> None:
    assert copy.copy(VALUE) is VALUE
    assert copy.deepcopy([VALUE])[0] is VALUE


def test_three_bytes_are_none() -> None:
    with pytest.raises(TamperedError, match="cut short"):
        assert SealedValue(b"abc").version
