from collections.abc import Callable
from uuid import uuid4

import pytest

from waystation.vault import (
    HANDED,
    Identity,
    NoKeyError,
    TamperedError,
    given_by,
    giving_to,
    new_identity,
    new_key,
    seal_to,
)

PLACE = b"record, tier, version"


@pytest.fixture
def ada() -> Identity:
    return new_identity(uuid4())


@pytest.fixture
def ben() -> Identity:
    return new_identity(uuid4())


def test_both_compute_the_same_hint_and_the_receiver_opens(ada: Identity, ben: Identity) -> None:
    giving, given = giving_to(ada, ben.box_public), given_by(ada.box_public, ben)
    key = new_key()
    sealed = giving.seal(key, PLACE)
    assert sealed[:1] == HANDED
    assert given.hint(PLACE) == giving.hint(PLACE) == giving.hint(PLACE)
    assert given.open(memoryview(sealed), PLACE) == key
    assert key.hex() not in repr(giving)
    assert giving.seal(key, PLACE) != sealed


def test_a_third_person_and_the_other_direction_compute_something_else(ada: Identity, ben: Identity) -> None:
    eve = new_identity(uuid4())
    true = giving_to(ada, ben.box_public)
    sealed = true.seal(new_key(), PLACE)
    others = [
        given_by(ben.box_public, ada),
        giving_to(ben, ada.box_public),
        given_by(ada.box_public, eve),
        given_by(eve.box_public, ben),
    ]
    for other in others:
        assert other.hint(PLACE) != true.hint(PLACE)
        with pytest.raises(NoKeyError):
            other.open(sealed, PLACE)


def test_one_may_hand_a_key_to_oneself(ada: Identity) -> None:
    key = new_key()
    mine = giving_to(ada, ada.box_public)
    assert given_by(ada.box_public, ada).open(mine.seal(key, PLACE), PLACE) == key


@pytest.mark.parametrize(
    "change",
    [
        lambda sealed: sealed[:-1],
        lambda sealed: sealed + b"\x00",
        lambda sealed: b"\x01" + sealed[1:],
        lambda sealed: sealed[:40] + bytes([sealed[40] ^ 1]) + sealed[41:],
        lambda _: b"",
    ],
)
def test_what_was_changed_or_moved_does_not_open(
    ada: Identity, ben: Identity, change: Callable[[bytes], bytes]
) -> None:
    sealed = giving_to(ada, ben.box_public).seal(new_key(), PLACE)
    given = given_by(ada.box_public, ben)
    with pytest.raises(NoKeyError):
        given.open(change(sealed), PLACE)
    with pytest.raises(NoKeyError):
        given.open(sealed, b"another place")
    with pytest.raises(NoKeyError):
        given.open(seal_to(ben.box_public, new_key()), PLACE)


@pytest.mark.parametrize("public", [bytes(32), b"short"])
def test_a_key_that_cannot_be_used_is_refused(ada: Identity, public: bytes) -> None:
    with pytest.raises(TamperedError):
        giving_to(ada, public)
