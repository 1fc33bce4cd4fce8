"""What backups, bundles and cards from elsewhere are made of: whatever they hold, an answer or an error of the tree."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, BinaryIO
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.damage import PLANTED, damaged, plaintext, read_or_refused
from waystation.audit.payload import Payload, from_bytes, to_bytes
from waystation.audit.verify import Checkpoint
from waystation.continuity.archive import Limits, TarSource, in_memory
from waystation.continuity.archive.header import header
from waystation.continuity.manifest import MANIFEST, SIGNATURE, Manifest, Table, read_manifest, sign_manifest
from waystation.continuity.office_card import card_from_text, card_to_text
from waystation.continuity.sealed_tar import Taken, contents_of, kept_in_memory, read_sealed
from waystation.vault import OfficeKeys, new_identity, seal_parcel, sign

OFFICE = OfficeKeys(bytes(range(32)))
LIMITS = Limits(total=100_000, members=20, each=50_000)
FORM = "waystation bundle"
MEMBERS = [in_memory("cases.json", plaintext().encode() * 20), in_memory("files/" + "a" * 32, b"x" * 1000)]
CONTENTS = contents_of(MEMBERS)
SECRETS = (OFFICE.secret, OFFICE.age_secret)
often = settings(deadline=None, max_examples=200)


def a_manifest() -> Manifest:
    at = datetime(2031, 3, 1, tzinfo=UTC)
    return Manifest(FORM, "ab" * 32, 7, at, {}, ("store.0001",), {"t": Table(1, "ab")}, CONTENTS, {"note": plaintext()})


def a_tar() -> bytes:
    content = a_manifest().to_bytes()
    return TarSource(
        [in_memory(MANIFEST, content), in_memory(SIGNATURE, sign_manifest(content, OFFICE)), *MEMBERS]
    ).read()


TAR = a_tar()
HEAD = TAR[: TAR.index(b"cases.json\0")]
"""The signed list and its signature, which come first."""


def sealed(content: bytes) -> bytes:
    target = BytesIO()
    seal_parcel(BytesIO(content), target, [OFFICE.age_recipient])
    return target.getvalue()


SEALED = sealed(TAR)


def read_whole(content: bytes) -> tuple[Taken, Manifest]:
    def receive(_: str, __: int) -> BinaryIO:
        return kept_in_memory()

    taken = read_sealed(BytesIO(content), OFFICE.secret, receive, LIMITS)
    manifest = read_manifest(taken.manifest, taken.signature, OFFICE.sign_public, FORM)
    taken.demand(manifest)
    return taken, manifest


@often
@given(damaged(SEALED))
def test_damaged_on_the_way(content: bytes) -> None:
    found = read_or_refused(lambda: read_whole(content), secrets=SECRETS)
    assert found is None or content == SEALED


@often
@given(damaged(TAR))
def test_made_wrong_by_whoever_can_seal(content: bytes) -> None:
    found = read_or_refused(lambda: read_whole(sealed(content)), secrets=SECRETS)
    # What is left is only what the signature covers: a tar that still opens holds the very same members.
    assert found is None or found[1] == a_manifest()


BAD_NAMES = ["../etc/passwd", "/abs", "a/../b", "a", "files/x", "", "CON", "a\x00b", *PLANTED]
NAMES = st.sampled_from(BAD_NAMES) | st.text(max_size=120)
KINDS = st.sampled_from([b"0", b"1", b"2", b"3", b"5", b"L", b"x", b"S", b"\0"])
SIZES = st.sampled_from([0, 1, 512, 99_999, 8**11 - 1])


def forged_block(name: str, size: int, kind: bytes) -> bytes:
    """Write a header block as other programs would: any name, any kind (link, device, long name), right checksum."""
    block = bytearray(header("a", 0))
    block[:100] = name.encode()[:100].ljust(100, b"\0")
    block[124:136] = b"%011o\0" % size
    block[156:157] = kind
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block)
    return bytes(block)


@often
@given(st.lists(st.tuples(NAMES, SIZES, KINDS), max_size=5), st.binary(max_size=600))
def test_tars_of_other_programs(blocks: Sequence[tuple[str, int, bytes]], rest: bytes) -> None:
    content = HEAD + b"".join(forged_block(*block) for block in blocks) + rest
    assert read_or_refused(lambda: read_whole(sealed(content)), secrets=SECRETS) is None


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    received = []

    def receive(name: str, _: int) -> BinaryIO:
        received.append(name)
        return kept_in_memory()

    bomb = sealed(HEAD + forged_block("bomb", 8**11 - 1, b"0") + bytes(300_000))
    assert read_or_refused(lambda: read_sealed(BytesIO(bomb), OFFICE.secret, receive, LIMITS)) is None
    assert received == []


KEYS = st.sampled_from(["rows", "digest", "size", "a"])
JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(PLANTED),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=10,
)
MANIFEST_FIELDS = list(json.loads(a_manifest().to_bytes()))


@often
@given(st.dictionaries(st.sampled_from(MANIFEST_FIELDS), JSON, max_size=3))
def test_manifests_with_fields_of_any_kind(changes: dict[str, Any]) -> None:
    content = json.dumps(json.loads(a_manifest().to_bytes()) | changes).encode()
    signature = sign_manifest(content, OFFICE)
    read_or_refused(lambda: read_manifest(content, signature, OFFICE.sign_public, FORM), secrets=SECRETS)


@often
@given(st.binary(max_size=300) | damaged(a_manifest().to_bytes()))
def test_manifests_of_any_bytes(content: bytes) -> None:
    signature = sign_manifest(content, OFFICE)
    read_or_refused(lambda: read_manifest(content, signature, OFFICE.sign_public, FORM), secrets=SECRETS)


def changed(text: str) -> st.SearchStrategy[str]:
    """Replace fields of good JSON by values of any kind."""
    good = json.loads(text)
    return st.dictionaries(st.sampled_from(list(good)), JSON, max_size=3).map(lambda more: json.dumps(good | more))


CARD = card_to_text(OFFICE)


@often
@given(
    damaged(CARD.encode()).map(lambda content: content.decode("utf-8", "replace"))
    | st.text(max_size=200)
    | changed(CARD)
)
def test_cards_of_offices(text: str) -> None:
    card = read_or_refused(lambda: card_from_text(text), secrets=SECRETS)
    assert card is None or card == card_from_text(CARD)


SIGNER = new_identity(UUID(int=9))
POINT = Checkpoint(5, bytes(32), datetime(2031, 3, 1, tzinfo=UTC), SIGNER.person_id, sign(SIGNER, b"x")).to_json()


@often
@given(
    damaged(POINT.encode()).map(lambda content: content.decode("utf-8", "replace"))
    | st.text(max_size=200)
    | changed(POINT)
)
def test_checkpoints(text: str) -> None:
    read_or_refused(lambda: Checkpoint.from_json(text), secrets=SECRETS)


PAYLOAD = to_bytes(Payload(details={"fields": ["name"], "count": 3}))


@often
@given(damaged(PAYLOAD) | st.binary(max_size=100) | JSON.map(json.dumps).map(str.encode))
def test_payloads_of_the_log(content: bytes) -> None:
    read_or_refused(lambda: from_bytes(content), secrets=SECRETS)


DEEP = ["[" * 100_000, '{"a":' * 50_000]
SHALLOW = ["9" * 5000, "", "\x00", "Infinity"]
deep = pytest.mark.parametrize("text", DEEP, ids=range(2))
shallow = pytest.mark.parametrize("text", SHALLOW, ids=range(4))


@pytest.mark.parametrize("text", DEEP + SHALLOW, ids=range(6))
def test_manifests_and_cards_without_a_bottom(text: str) -> None:
    content = text.encode()
    signature = sign_manifest(content, OFFICE)
    assert read_or_refused(lambda: read_manifest(content, signature, OFFICE.sign_public, FORM)) is None
    assert read_or_refused(lambda: card_from_text(text[:4000])) is None


@shallow
def test_checkpoints_and_payloads_that_are_none(text: str) -> None:
    assert read_or_refused(lambda: Checkpoint.from_json(text)) is None
    assert read_or_refused(lambda: from_bytes(text.encode())) is None


@deep
def test_checkpoints_without_a_bottom(text: str) -> None:
    assert read_or_refused(lambda: Checkpoint.from_json(text)) is None


def test_a_checkpoint_that_counts_without_an_end() -> None:
    text = POINT.replace('"seq": 5', '"seq": Infinity')
    assert read_or_refused(lambda: Checkpoint.from_json(text)) is None


@pytest.mark.parametrize("name", ["sequence", "version"])
def test_manifests_that_count_without_an_end(name: str) -> None:
    content = json.dumps(json.loads(a_manifest().to_bytes()) | {name: float("inf")}).encode()
    signature = sign_manifest(content, OFFICE)
    assert read_or_refused(lambda: read_manifest(content, signature, OFFICE.sign_public, FORM)) is None


@deep
def test_payloads_without_a_bottom(text: str) -> None:
    assert read_or_refused(lambda: from_bytes(text.encode())) is None
