from datetime import UTC, datetime

import pytest

from waystation.continuity.errors import FAULTS, NotWholeError
from waystation.continuity.manifest import Content, Manifest, Table, read_manifest, sign_manifest
from waystation.vault import OfficeKeys

HOME, OTHER = OfficeKeys(bytes(32)), OfficeKeys(bytes(31) + b"1")
MANIFEST = Manifest(
    form="waystation store",
    organisation="ab" * 32,
    sequence=7,
    made_at=datetime(2026, 11, 22, 4, 30, tzinfo=UTC),
    checkpoint={"seq": 3},
    schema=("cases.0001_initial",),
    tables={"cases_case": Table(2, "00")},
    members={"store.db": Content(5, "11")},
    more={"missing_files": []},
)


def test_it_is_read_as_it_was_written() -> None:
    content = MANIFEST.to_bytes()
    assert read_manifest(content, sign_manifest(content, HOME), HOME.sign_public, MANIFEST.form) == MANIFEST


def test_the_same_content_gives_the_same_bytes() -> None:
    assert MANIFEST.to_bytes() == MANIFEST.to_bytes()


def test_anothers_signature_is_a_strangers() -> None:
    content = MANIFEST.to_bytes()
    with pytest.raises(NotWholeError) as caught:
        read_manifest(content, sign_manifest(content, OTHER), HOME.sign_public, MANIFEST.form)
    assert caught.value.fault == "stranger"


def test_one_other_byte_breaks_the_signature() -> None:
    content = MANIFEST.to_bytes()
    signature = sign_manifest(content, HOME)
    for place in range(0, len(content), 7):
        changed = content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]
        with pytest.raises(NotWholeError) as caught:
            read_manifest(changed, signature, HOME.sign_public, MANIFEST.form)
        assert caught.value.fault == "stranger"


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"{}", b"\xff", MANIFEST.to_bytes().replace(b'"version": 1', b'"version": 2'), b"[" * 90_000],
)
def test_a_signed_list_of_another_kind_is_refused(content: bytes) -> None:
    with pytest.raises(NotWholeError) as caught:
        read_manifest(content, sign_manifest(content, HOME), HOME.sign_public, MANIFEST.form)
    assert caught.value.fault == "wrong_kind"


def test_a_bundle_is_no_backup() -> None:
    content = MANIFEST.to_bytes()
    with pytest.raises(NotWholeError):
        read_manifest(content, sign_manifest(content, HOME), HOME.sign_public, "waystation bundle")


def test_every_fault_has_its_meaning() -> None:
    assert all(meaning.endswith(".") for meaning in FAULTS.values())
