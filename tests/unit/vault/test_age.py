import pyrage
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waystation.kernel import BadInputError
from waystation.vault import TamperedError, age
from waystation.vault.age import checked_recipient, recipient_of, secret_text

# The age specification's own example: 32 bytes of 0x42
SPEC_SECRET = "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX"
SPEC_RECIPIENT = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj"

LOW_ORDER = [
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
    "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
]


def test_the_specifications_own_keys() -> None:
    assert secret_text(b"\x42" * 32) == SPEC_SECRET
    assert recipient_of(b"\x42" * 32) == SPEC_RECIPIENT


@settings(deadline=None, max_examples=50)
@given(st.binary(min_size=32, max_size=32))
def test_another_implementation_reads_the_same_keys(secret: bytes) -> None:
    theirs = pyrage.x25519.Identity.from_str(secret_text(secret))
    assert str(theirs) == secret_text(secret)
    assert str(theirs.to_public()) == recipient_of(secret)
    assert age.checked_recipient(recipient_of(secret)) == recipient_of(secret)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "age1",
        SPEC_RECIPIENT[:-1],
        SPEC_RECIPIENT + "q",
        SPEC_RECIPIENT.upper(),
        SPEC_SECRET,
        SPEC_SECRET.lower(),
        "x" * 1000,
        "age1é",
    ],
)
def test_only_a_recipient_is_a_recipient(text: str) -> None:
    with pytest.raises(BadInputError):
        checked_recipient(text)


@pytest.mark.parametrize("point", LOW_ORDER)
def test_a_point_of_low_order_is_no_recipient(point: str) -> None:
    with pytest.raises(BadInputError, match="low order"):
        checked_recipient(age._written("age", bytes.fromhex(point)))


def test_every_wrong_letter_is_noticed() -> None:
    for place in range(4, len(SPEC_RECIPIENT)):
        wrong = SPEC_RECIPIENT[:place] + ("q" if SPEC_RECIPIENT[place] != "q" else "p") + SPEC_RECIPIENT[place + 1 :]
        with pytest.raises(BadInputError):
            checked_recipient(wrong)


def test_a_key_has_32_bytes() -> None:
    for use in (secret_text, recipient_of):
        with pytest.raises(TamperedError):
            use(bytes(31))
