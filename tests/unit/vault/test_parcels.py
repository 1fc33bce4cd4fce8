import random
import shutil
import subprocess
from base64 import b64encode
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, cast

import pyrage
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waystation.kernel import BadInputError
from waystation.vault import (
    OfficeKeys,
    RecoverySecret,
    TamperedError,
    TooLargeError,
    WrongSecretError,
    age_recipient_of,
    new_key,
    new_recovery,
    open_box,
    open_parcel,
    seal_parcel,
    seal_to,
    verify,
)

OFFICE = bytes(range(32))
RECOVERY = new_recovery()
CHUNK = 64 * 1024
FROZEN = (
    "b4f8d3fd9a62f3cba8e496061825a3813d74239b3aa787480a5122a6eccc5b04",
    "f43c324aa54e908c800bdb94dc3350a0803b0fe55d0e3055dedecc3d20871bd6",
    "age1ndh0dh05su80uj3w8mkmc4w2qsur4grzxhcykskm8yacx0dk2cvs3dm9n9",
)


def parcel(plain: bytes, *recipients: str) -> bytes:
    target = BytesIO()
    seal_parcel(BytesIO(plain), target, recipients or (age_recipient_of(OFFICE), RECOVERY.public.age_recipient))
    return target.getvalue()


def opened(sealed: bytes, secret: bytes | RecoverySecret = OFFICE, limit: int = 10**7) -> bytes:
    target = BytesIO()
    assert open_parcel(BytesIO(sealed), target, secret, limit=limit) == len(target.getvalue())
    return target.getvalue()


@settings(deadline=None, max_examples=30)
@given(st.binary(max_size=500))
def test_every_recipient_opens_a_parcel_and_nobody_else(plain: bytes) -> None:
    sealed = parcel(plain)
    assert opened(sealed) == plain
    assert opened(sealed, RECOVERY) == plain
    with pytest.raises(WrongSecretError):
        opened(sealed, new_key())
    with pytest.raises(WrongSecretError):
        opened(sealed, new_recovery())
    with pytest.raises(WrongSecretError):
        opened(sealed, RECOVERY.secret)  # an office whose secret happens to be the same has other keys


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 5 * CHUNK])
def test_sizes_around_a_chunk(size: int) -> None:
    plain = random.Random(size).randbytes(size)
    assert opened(parcel(plain)) == plain


def test_it_is_an_age_file_that_other_programs_open() -> None:
    sealed = parcel(b"what a backup holds")
    assert sealed.startswith(b"age-encryption.org/v1\n-> X25519 ")
    for text in (OfficeKeys(OFFICE).age_secret, RECOVERY.age_secret):
        assert pyrage.decrypt(sealed, [pyrage.x25519.Identity.from_str(text)]) == b"what a backup holds"


@pytest.mark.skipif(shutil.which("age") is None, reason="the age tool is not installed")
def test_the_age_tool_opens_it(tmp_path: Path) -> None:
    (tmp_path / "key").write_text(OfficeKeys(OFFICE).age_secret + "\n")
    (tmp_path / "parcel.age").write_bytes(parcel(b"what a backup holds"))
    done = subprocess.run(
        ["age", "-d", "-i", tmp_path / "key", tmp_path / "parcel.age"], capture_output=True, check=True
    )
    assert done.stdout == b"what a backup holds"


def test_every_flipped_bit_is_noticed() -> None:
    sealed = parcel(b"short", age_recipient_of(OFFICE))
    for bit in range(len(sealed) * 8):
        changed = bytearray(sealed)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises((TamperedError, WrongSecretError)):
            opened(bytes(changed))


def test_every_cut_of_a_short_parcel_and_cuts_between_chunks_are_noticed() -> None:
    sealed = parcel(b"short", age_recipient_of(OFFICE))
    for length in range(len(sealed)):
        with pytest.raises(TamperedError):
            opened(sealed[:length])
    plain = bytes(3 * CHUNK)
    sealed = parcel(plain)
    head = len(sealed) - len(plain) - 3 * 16
    for chunks in (0, 1, 2):
        with pytest.raises(TamperedError):
            opened(sealed[: head + chunks * (CHUNK + 16)])
    with pytest.raises(TamperedError):
        opened(sealed + b"\0")


@pytest.mark.parametrize("point", ["00" * 32, "01" + "00" * 31, "ec" + "ff" * 30 + "7f", "ff" * 32])
def test_a_sender_without_a_real_key_is_refused(point: str) -> None:
    sealed = parcel(b"short", age_recipient_of(OFFICE))
    share = b64encode(bytes.fromhex(point)).rstrip(b"=")
    start = sealed.index(b"X25519 ") + 7
    with pytest.raises((TamperedError, WrongSecretError)):
        opened(sealed[:start] + share + sealed[start + len(share) :])


def test_a_small_parcel_cannot_fill_the_disk() -> None:
    sealed, target = parcel(bytes(10 * CHUNK)), BytesIO()
    with pytest.raises(TooLargeError):
        open_parcel(BytesIO(sealed), target, OFFICE, limit=CHUNK)
    assert len(target.getvalue()) <= CHUNK
    assert len(opened(sealed, limit=10 * CHUNK)) == 10 * CHUNK
    with pytest.raises(TooLargeError):
        opened(sealed, limit=10 * CHUNK - 1)


@pytest.mark.parametrize("head", [b"age-encryption.org/v1\n-> X25519 ", b"age-encryption.org/v1\n", b""])
def test_a_header_without_an_end_is_not_read_for_ever(head: bytes) -> None:
    class Endless:
        given = 0

        def read(self, size: int) -> bytes:
            part = (head if not self.given else b"").ljust(size, b"a")[:size]
            self.given += len(part)
            return part

    source = Endless()
    with pytest.raises(TamperedError):
        open_parcel(cast(BinaryIO, source), BytesIO(), OFFICE, limit=10**9)
    assert source.given < 10**6


@pytest.mark.parametrize(
    "foreign",
    [
        b"",
        b"hello",
        b"-----BEGIN AGE ENCRYPTED FILE-----\n",
        b"age-encryption.org/v1\n-> scrypt bBjlhJVYZeE4aqUdmtRHfw 30\nZV/AhotwSGqaPCU43cepl4WYUouAa17a3xpu4G2yi5k\n--- a\n",
        b"age-encryption.org/v2\n-> X25519 a\n",
    ],
)
def test_what_is_no_parcel_is_refused(foreign: bytes) -> None:
    with pytest.raises((TamperedError, WrongSecretError)):
        opened(foreign)


def test_a_parcel_locked_with_a_passphrase_is_refused() -> None:
    with pytest.raises((TamperedError, WrongSecretError)):
        opened(pyrage.passphrase.encrypt(b"plain", "river stone winter lamp garden road"))


@pytest.mark.parametrize("recipients", [(), ("",), ("age1",), (age_recipient_of(OFFICE), "age1" + "q" * 58)])
def test_recipients_are_checked_before_anything_is_written(recipients: tuple[str, ...]) -> None:
    target = BytesIO()
    with pytest.raises(BadInputError):
        seal_parcel(BytesIO(b"plain"), target, recipients)
    assert target.getvalue() == b""


def test_a_recipient_named_twice_gets_one_line() -> None:
    assert parcel(b"x", age_recipient_of(OFFICE), age_recipient_of(OFFICE)).count(b"-> X25519") == 1


class Failing(BytesIO):
    def read(self, size: int | None = -1, /) -> bytes:
        raise PermissionError("disk")

    def write(self, part: object, /) -> int:
        raise PermissionError("disk")


def test_a_failing_disk_is_not_called_tampering() -> None:
    with pytest.raises(PermissionError, match="disk"):
        seal_parcel(Failing(), BytesIO(), [age_recipient_of(OFFICE)])
    with pytest.raises(PermissionError, match="disk"):
        seal_parcel(BytesIO(bytes(CHUNK)), Failing(), [age_recipient_of(OFFICE)])
    with pytest.raises(PermissionError, match="disk"):
        open_parcel(Failing(), BytesIO(), OFFICE, limit=10)
    with pytest.raises(PermissionError, match="disk"):
        open_parcel(BytesIO(parcel(b"plain")), Failing(), OFFICE, limit=10)


def test_a_target_only_has_to_be_written_to() -> None:
    class Target:
        content = b""

        def write(self, part: bytes) -> int:
            self.content += part
            return len(part)

    target = Target()
    seal_parcel(BytesIO(b"plain"), cast(BinaryIO, target), [age_recipient_of(OFFICE)])
    assert opened(target.content) == b"plain"


def test_office_keys_are_three_that_do_not_meet() -> None:
    keys = OfficeKeys(OFFICE)
    assert keys.age_recipient == age_recipient_of(OFFICE)
    assert len({keys.secret, keys.box_secret, keys.identity.sign_secret, keys._age}) == 4
    assert RecoverySecret(OFFICE).public.age_recipient != keys.age_recipient
    verify(keys.sign_public, b"manifest", keys.sign(b"manifest"))
    with pytest.raises(TamperedError):
        verify(keys.sign_public, b"other", keys.sign(b"manifest"))
    assert open_box(keys.box_secret, seal_to(keys.box_public, b"key")) == b"key"
    assert repr(keys) == "OfficeKeys()"


def test_office_keys_derived_today_are_derived_tomorrow() -> None:
    keys = OfficeKeys(OFFICE)
    assert (keys.box_public.hex(), keys.sign_public.hex(), keys.age_recipient) == FROZEN


@pytest.mark.parametrize("secret", [b"", bytes(31), bytes(33)])
def test_an_office_secret_has_32_bytes(secret: bytes) -> None:
    with pytest.raises(TamperedError):
        open_parcel(BytesIO(), BytesIO(), secret, limit=1)
