"""Whatever lies on a disk or travels: flip any one of its bits, and whoever reads it notices.

Each of 200 bits of each kind of file is drawn by a seed, and the undamaged file is read first, so that "noticed" means the bit.
"""

import random
from collections.abc import Callable, Iterator
from contextlib import closing
from io import BytesIO
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from waystation.kernel import WaystationError
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

FLIPS = 200
KEY = bytes(range(32))
PLACE = Binding("store_sealedfile", UUID(int=5), "content", 1)


def flips(whole: bytes, seed: int, count: int = FLIPS) -> Iterator[bytes]:
    """Yield ``count`` copies, each with another single bit flipped."""
    for bit in random.Random(seed).sample(range(len(whole) * 8), count):
        changed = bytearray(whole)
        changed[bit // 8] ^= 1 << bit % 8
        yield bytes(changed)


def unnoticed(whole: bytes, read: Callable[[bytes], object], seed: int, count: int = FLIPS) -> int:
    """Return how many of ``count`` flipped bits ``read`` did not notice; it must read the undamaged file."""
    read(whole)
    missed = 0
    for changed in flips(whole, seed, count):
        try:
            read(changed)
        except WaystationError:
            continue
        missed += 1
    return missed


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


def test_the_store(tmp_path: Path) -> None:
    from waystation.store.sqlcipher.connect import open_store
    from waystation.store.sqlcipher.upkeep import integrity_check

    path = tmp_path / "store.db"
    chance = random.Random(4)
    with closing(open_store(path, KEY, isolation_level=None)) as opened:
        opened.execute("CREATE TABLE record (id INTEGER PRIMARY KEY, kind TEXT, sealed BLOB)")
        opened.execute("CREATE INDEX record_kind ON record (kind)")
        rows = [(None, f"kind {at % 7}", chance.randbytes(chance.randint(10, 3000))) for at in range(300)]
        opened.executemany("INSERT INTO record VALUES (?, ?, ?)", rows)
        opened.execute("DELETE FROM record WHERE id % 5 = 0")
    assert not path.with_name("store.db-wal").exists()

    def read(content: bytes) -> None:
        path.write_bytes(content)
        if faults := integrity_check(path, KEY):
            raise TamperedError(faults[0])

    assert unnoticed(path.read_bytes(), read, seed=4) == 0
