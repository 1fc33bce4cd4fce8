"""Whatever lies on a disk or travels: flip any one of its bits, and whoever reads it notices.

Each of 200 bits of each kind of file is drawn by a seed, and the undamaged file is read first, so that "noticed" means the bit.
"""

import random
from datetime import datetime, timedelta
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Any, BinaryIO, cast
from uuid import UUID, uuid4

import pytest
from tests.fuzz.damage import FLIPS, unnoticed
from tests.unit.continuity.conftest import Home, empty_store, home

from waystation.accounts.queries import signers
from waystation.audit.models import Entry, Head
from waystation.audit.verify import verify
from waystation.continuity.backup import make_backup
from waystation.continuity.bundle_format import FORM, LIMITS, record_from_bytes
from waystation.continuity.bundle_out import bundle_out
from waystation.continuity.manifest import read_manifest
from waystation.continuity.office_card import card_of, card_to_text
from waystation.continuity.offices import add_office, confirm_office
from waystation.continuity.restore import restore
from waystation.continuity.sealed_tar import kept_in_memory, read_sealed
from waystation.store.sqlcipher.copy import copy_store
from waystation.store.sqlcipher.key import held_key
from waystation.store.sqlcipher.upkeep import integrity_check
from waystation.vault import (
    CHEAP,
    Binding,
    OfficeKeys,
    Opened,
    TamperedError,
    VaultError,
    device_from_json,
    device_to_json,
    generate_passphrase,
    new_device,
    new_identity,
    new_key,
    new_recovery,
    open_device,
    open_parcel,
    open_stream,
    seal_parcel,
    seal_stream,
)

__all__ = ["empty_store", "home"]  # fixtures of another folder

KEY = bytes(range(32))
PLACE = Binding("store_sealedfile", UUID(int=5), "content", 1)


def test_a_sealed_file() -> None:
    target = BytesIO()
    seal_stream(KEY, BytesIO(random.Random(1).randbytes(300_000)), target, PLACE)
    assert unnoticed(target.getvalue(), lambda stream: list(open_stream(KEY, BytesIO(stream), PLACE)), seed=1) == 0


def test_a_device_file() -> None:
    identity = new_identity(uuid4())
    opened = Opened(identity, new_key(), new_key(), identity.sign_public, new_recovery().public)
    passphrase = generate_passphrase("ko")
    text = device_to_json(new_device(opened, passphrase, CHEAP)).encode()

    def read(content: bytes) -> None:
        try:
            decoded = content.decode()
        except UnicodeDecodeError:
            raise TamperedError("not text") from None
        assert open_device(device_from_json(decoded), passphrase) == opened

    assert unnoticed(text, read, seed=2) == 0


def test_an_age_parcel() -> None:
    target, office = BytesIO(), OfficeKeys(KEY)
    plain = random.Random(3).randbytes(200_000)
    seal_parcel(BytesIO(plain), target, [office.age_recipient, new_recovery().public.age_recipient])

    def read(parcel: bytes) -> None:
        open_parcel(BytesIO(parcel), BytesIO(), KEY, limit=1_000_000)

    assert unnoticed(target.getvalue(), read, seed=3) == 0
    with pytest.raises(VaultError):
        read(target.getvalue()[:-1])


def test_the_store(home: Home, tmp_path: Path) -> None:
    for at in range(20):
        home.case(name=f"Planted {at}", note="word " * 40)
    path = tmp_path / "copy.db"
    copy_store(path)

    def read(content: bytes) -> None:
        path.write_bytes(content)
        if faults := integrity_check(path, held_key()):
            raise TamperedError(faults[0])

    assert unnoticed(path.read_bytes(), read, seed=4) == 0


def _changed(entry: Entry, chance: random.Random) -> None:
    """Flip one bit of one column."""
    column = chance.choice(["seq", "at", "kind", "signer", "payload", "previous", "digest", "signature"])
    value = getattr(entry, column)
    match value:
        case int():
            value ^= 1 << chance.randrange(40)
        case datetime():
            value += timedelta(microseconds=(1 << chance.randrange(40)) * chance.choice([1, -1]))
        case str():
            place = chance.randrange(len(value))
            value = value[:place] + chr(ord(value[place]) ^ 1 << chance.randrange(7)) + value[place + 1 :]
        case UUID():
            value = UUID(int=value.int ^ 1 << chance.randrange(128))
        case _:
            value = bytearray(value)
            bit = chance.randrange(len(value) * 8)
            value[bit // 8] ^= 1 << bit % 8
            value = bytes(value)
    setattr(entry, column, value)


def test_the_log(home: Home) -> None:
    for at in range(20):
        home.case(name=f"Planted {at}")
    trusted = signers(home.here().opened.root_public, home.here().opened.recovery.sign_public)
    head = Head.objects.get()
    end = (head.seq, bytes(head.digest))
    chance = random.Random(5)
    assert verify(Entry.objects.order_by("seq"), trusted, head=end) == []
    for _ in range(FLIPS):
        entries = list(Entry.objects.order_by("seq"))
        _changed(chance.choice(entries), chance)
        assert verify(entries, trusted, head=end)


def test_the_log_with_an_entry_taken_out_put_in_or_moved(home: Home) -> None:
    home.case()
    trusted = signers(home.here().opened.root_public, home.here().opened.recovery.sign_public)
    head = Head.objects.get()
    end = (head.seq, bytes(head.digest))
    entries = list(Entry.objects.order_by("seq"))
    for place in range(len(entries)):
        assert verify(entries[:place] + entries[place + 1 :], trusted, head=end)
        assert verify([*entries[:place], entries[0], *entries[place:]], trusted, head=end)
        if place:
            assert verify(
                [*entries[: place - 1], entries[place], entries[place - 1], *entries[place + 1 :]], trusted, head=end
            )


@pytest.mark.parametrize("part", ["store", "keyring"])
def test_a_backup(home: Home, tmp_path: Path, part: str) -> None:
    home.case(note="word " * 500)
    made = make_backup(here=home.here(), at=home.later()).shelved
    assert made.keyring is not None
    files = {"store": made.store, "keyring": made.keyring}
    secret = home.office.founded.opened.office_secret
    runs = count(1)

    def read(content: bytes) -> None:
        files[part].write_bytes(content)
        restore(
            backup=files["store"], keyring=files["keyring"], data=tmp_path / f"restored {next(runs)}", secret=secret
        )

    assert unnoticed(files[part].read_bytes(), read, seed=6) == 0
    assert [path.name for path in tmp_path.glob("restored *")] == ["restored 1"]


def test_a_bundle(home: Home, tmp_path: Path) -> None:
    case, other = home.case(note="word " * 500), OfficeKeys(new_key())
    office = add_office(here=home.here(), name="Other Shore", card_text=card_to_text(other), at=home.later())
    digits = "".join(card_of(other).fingerprint[-2:])
    confirm_office(here=home.here("case_lead"), office_id=office.pk, typed=digits, at=home.later())
    path = tmp_path / "bundle.age"
    bundle_out(
        here=home.here("case_lead"), office_id=office.pk, record_ids=[case.record_id], target=path, at=home.later()
    )

    def read(content: bytes) -> None:
        """Read as the other office does, up to where it would write."""
        contents: dict[str, Any] = {}

        def receive(name: str, _: int) -> BinaryIO:
            contents[name] = kept_in_memory()
            return cast(BinaryIO, contents[name])

        taken = read_sealed(BytesIO(content), other.secret, receive, LIMITS)
        taken.demand(read_manifest(taken.manifest, taken.signature, home.here().office.sign_public, FORM))
        assert [record_from_bytes(each.content).id for each in contents.values()] == [case.record_id]

    assert unnoticed(path.read_bytes(), read, seed=7) == 0
