"""The instruments themselves: they must be able to fail."""

import random

import pytest

from tests.fuzz.damage import PLANTED, read_or_refused, unnoticed
from waystation.kernel import BadInputError


def _refuse(text: str) -> None:
    raise BadInputError(text)


def test_an_error_outside_the_tree_fails() -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        read_or_refused(lambda: int("x"))


@pytest.mark.parametrize("told", [PLANTED[0], f"no row for {PLANTED[1]}", PLANTED[2].encode().hex()])
def test_an_error_that_repeats_a_name_fails(told: str) -> None:
    with pytest.raises(AssertionError, match="repeats"):
        read_or_refused(lambda: _refuse(told))
    assert read_or_refused(lambda: _refuse("no row")) is None


def test_a_name_in_the_error_before_fails() -> None:
    def read() -> None:
        try:
            raise ValueError(PLANTED[0])
        except ValueError as error:
            raise BadInputError("no row") from error

    with pytest.raises(AssertionError, match="repeats"):
        read_or_refused(read)


def test_a_reader_that_looks_at_every_other_byte_misses_half_the_flips() -> None:
    whole = random.Random(1).randbytes(1000)

    def read(content: bytes) -> None:
        if content[::2] != whole[::2]:
            raise BadInputError("changed")

    assert 60 < unnoticed(whole, read, seed=1) < 140


def test_a_reader_that_refuses_the_good_file_is_found_out() -> None:
    with pytest.raises(BadInputError):
        unnoticed(b"good file, " * 20, lambda _: _refuse("no"), seed=1)
