"""Everything the vault reads: whatever the bytes, an answer or an error of the tree, and no error tells what was sealed."""

import json
from dataclasses import replace
from functools import partial
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.damage import damaged, plaintext, read_or_refused
from waystation.vault import (
    CHEAP,
    Binding,
    Card,
    Device,
    OfficeKeys,
    Opened,
    WrongSecretError,
    admit,
    device_from_json,
    device_to_json,
    generate_passphrase,
    new_device,
    new_identity,
    new_recovery,
    open_box,
    open_device,
    open_parcel,
    open_sealed,
    open_stream,
    open_with_recovery,
    recover,
    seal,
    seal_parcel,
    seal_stream,
    seal_to,
    shares_of,
    sign,
    trusted_cards,
    verify,
)

KEY = bytes(range(32))
PLACE = Binding("cases_case", UUID(int=5), "name", 1)
PLAIN = plaintext().encode()
IDENTITY = new_identity(uuid4())
RECOVERY = new_recovery()
SHARES = shares_of(RECOVERY)
PASSPHRASE = generate_passphrase("en")
OPENED = Opened(IDENTITY, bytes(range(1, 33)), bytes(range(2, 34)), IDENTITY.sign_public, RECOVERY.public)
DEVICE = device_to_json(new_device(OPENED, PASSPHRASE, CHEAP))
SECRETS = (
    OPENED.store_key,
    OPENED.office_secret,
    IDENTITY.box_secret,
    IDENTITY.sign_secret,
    RECOVERY.secret,
    PASSPHRASE,
    KEY,
)

VALUE = seal(KEY, PLAIN, PLACE)
BOX = seal_to(IDENTITY.box_public, PLAIN)


def _stream(plain: bytes) -> bytes:
    target = BytesIO()
    seal_stream(KEY, BytesIO(plain), target, PLACE)
    return target.getvalue()


def _parcel(plain: bytes) -> bytes:
    target = BytesIO()
    seal_parcel(BytesIO(plain), target, [OfficeKeys(KEY).age_recipient, RECOVERY.public.age_recipient])
    return target.getvalue()


STREAM = _stream(PLAIN)
LONG_STREAM = _stream(PLAIN * 2000)
PARCEL = _parcel(PLAIN)

often = settings(deadline=None, max_examples=300)


@often
@given(damaged(VALUE) | st.binary(max_size=300))
def test_sealed_values(content: bytes) -> None:
    plain = read_or_refused(lambda: open_sealed(KEY, content, PLACE), secrets=SECRETS)
    assert plain is None or content == VALUE


@often
@given(damaged(BOX) | st.binary(max_size=300))
def test_boxes(content: bytes) -> None:
    plain = read_or_refused(lambda: open_box(IDENTITY.box_secret, content), secrets=SECRETS)
    assert plain is None or content == BOX


@often
@given(damaged(STREAM) | st.binary(max_size=300) | st.binary(max_size=200).map(lambda rest: b"WSF1" + rest))
def test_sealed_files(content: bytes) -> None:
    plain = read_or_refused(lambda: b"".join(open_stream(KEY, BytesIO(content), PLACE)), secrets=SECRETS)
    assert plain is None or content == STREAM


@settings(deadline=None, max_examples=60)
@given(damaged(LONG_STREAM))
def test_sealed_files_of_several_chunks(content: bytes) -> None:
    plain = read_or_refused(lambda: b"".join(open_stream(KEY, BytesIO(content), PLACE)), secrets=SECRETS)
    assert plain is None or content == LONG_STREAM


AGE_LINES = st.sampled_from(
    [
        b"age-encryption.org/v1\n",
        b"-> X25519 " + b"A" * 43 + b"\n" + b"A" * 43 + b"\n",
        b"-> X25519\n\n",
        b"-> scrypt AAAAAAAAAAAAAAAAAAAAAA 30\n" + b"A" * 43 + b"\n",
        b"-> ssh-ed25519 AAAA " + b"A" * 43 + b"\n\n",
        b"-> piv-p256 a b\n\n",
        b"->\n",
        b"--- " + b"A" * 43 + b"\n",
        b"--- \n",
        b"-----BEGIN AGE ENCRYPTED FILE-----\nAAAA\n",
        bytes(40),
    ]
)


@often
@given(damaged(PARCEL) | st.binary(max_size=300) | st.lists(AGE_LINES, max_size=6).map(b"".join))
def test_parcels(content: bytes) -> None:
    target = BytesIO()
    written = read_or_refused(lambda: open_parcel(BytesIO(content), target, KEY, limit=10_000), secrets=SECRETS)
    assert written is None or content == PARCEL
    assert target.getvalue() in (b"", PLAIN)


@often
@given(damaged(DEVICE.encode()))
def test_device_files(content: bytes) -> None:
    text = content.decode("utf-8", "replace")
    opened = read_or_refused(lambda: open_device(device_from_json(text), PASSPHRASE), secrets=SECRETS)
    assert opened is None or text == DEVICE


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=17) | st.dictionaries(st.sampled_from(list(json.loads(DEVICE))), inner),
    max_leaves=30,
)


@often
@given(st.dictionaries(st.sampled_from(list(json.loads(DEVICE))), JSON, max_size=4))
def test_device_files_with_fields_of_any_kind(changes: dict[str, Any]) -> None:
    text = json.dumps(json.loads(DEVICE) | changes, indent=1) + "\n"
    opened = read_or_refused(lambda: open_device(device_from_json(text), PASSPHRASE), secrets=SECRETS)
    assert opened is None or text == DEVICE


@settings(deadline=None, max_examples=60)
@given(st.binary(max_size=200) | damaged(device_from_json(DEVICE).recovery_slot))
def test_recovery_slots(slot: bytes) -> None:
    device: Device = replace(device_from_json(DEVICE), recovery_slot=slot)
    found = read_or_refused(lambda: open_with_recovery(device, RECOVERY), secrets=SECRETS)
    assert found is None or slot == device_from_json(DEVICE).recovery_slot


@often
@given(st.text(max_size=80))
def test_passphrases(typed: str) -> None:
    mark = "zq7unmistakable"  # a word of English could stand in the error by itself
    opened = read_or_refused(lambda: open_device(device_from_json(DEVICE), f"{typed} {mark}"), secrets=[mark])
    assert opened is None


WORDS = st.sampled_from(" ".join(SHARES).split()) | st.text(max_size=12)


@often
@given(st.lists(st.lists(WORDS, max_size=40).map(" ".join) | st.sampled_from(SHARES), max_size=6))
def test_shares(typed: list[str]) -> None:
    found = read_or_refused(lambda: recover(typed), secrets=[*SECRETS, *SHARES])
    assert found is None or (found == RECOVERY and len(set(typed)) >= 3)


@often
@given(st.sampled_from(SHARES[:3]).flatmap(lambda share: damaged(share.encode())))
def test_damaged_shares(content: bytes) -> None:
    text = content.decode("utf-8", "replace")
    found = read_or_refused(lambda: recover([text, *SHARES[3:]]), secrets=SECRETS)
    assert found is None or found == RECOVERY


def test_a_damaged_share_is_not_repeated_in_the_error() -> None:
    words = SHARES[0].split()
    with pytest.raises(WrongSecretError) as refused:
        recover([" ".join(["zzyzx", *words[1:]]), SHARES[1], SHARES[2]])
    assert not {"zzyzx", *words[4:]} - {"a", "is", "of", "or", "out", "its", "place", "word"} & set(
        str(refused.value).split()
    )


CARD = admit(IDENTITY, IDENTITY.person_id, IDENTITY.box_public, IDENTITY.sign_public)
some_bytes = st.binary(max_size=70)


@often
@given(
    st.lists(
        st.builds(
            Card,
            person_id=st.sampled_from([CARD.person_id, UUID(int=0), UUID(int=1), uuid4()]),
            box_public=st.sampled_from([CARD.box_public, bytes(32)]) | some_bytes,
            sign_public=st.sampled_from([CARD.sign_public, bytes(32)]) | some_bytes,
            admitted_by=st.sampled_from([CARD.person_id, UUID(int=0), uuid4()]),
            signature=st.sampled_from([CARD.signature, bytes(64)]) | some_bytes,
        ),
        max_size=6,
    )
)
def test_cards(cards: list[Card]) -> None:
    trusted = trusted_cards(cards, CARD.sign_public, RECOVERY.public.sign_public)
    assert set(trusted.values()) <= {CARD}


@often
@given(public=some_bytes, message=some_bytes, signature=some_bytes | damaged(sign(IDENTITY, b"entry")))
def test_signatures(public: bytes, message: bytes, signature: bytes) -> None:
    for key in (public, IDENTITY.sign_public):
        # Nobody signed any of these: reading must end in an error of the tree.
        assert read_or_refused(partial(_verified, key, message, signature)) is None


def _verified(public: bytes, message: bytes, signature: bytes) -> bool:
    verify(public, message, signature)
    return True
