import tracemalloc
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO, RawIOBase
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone

from tests.unit.store.sheets import NOON, Office
from waystation.kernel import BadInputError
from waystation.store.files import (
    PART,
    file_name,
    file_size,
    files_folder,
    keep_file,
    keep_sealed,
    path_of,
    read_file,
    remove_files,
    seal_to_disk,
    sweep_files,
)
from waystation.store.models import SealedFile
from waystation.store.tiers import Tier
from waystation.vault import Binding, NoKeyError, TamperedError, TooLargeError, seal

CONTENT = bytes(range(256)) * 700
MEGABYTE = 1024 * 1024


class Zeros(RawIOBase):
    """So many zeros, made as they are read: a file that is nowhere."""

    def __init__(self, size: int) -> None:
        self.left = size

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        given = min(size, self.left)
        self.left -= given
        return bytes(given)


class Broken(Zeros):
    """A source that fails on the way."""

    def read(self, size: int = -1) -> bytes:
        if self.left < MEGABYTE:
            raise OSError("the card was pulled")
        return super().read(size)


def kept(desk: Office) -> SealedFile:
    return keep_file(desk.ada, desk.record, Tier.EVIDENCE, BytesIO(CONTENT), "증언 film.mp4", at=NOON)


def again(file: SealedFile) -> SealedFile:
    return SealedFile.objects.get(pk=file.pk)


def test_a_file_comes_back_with_its_name_and_size(desk: Office) -> None:
    file = again(kept(desk))
    for keyring in (desk.ada, desk.ben, desk.people.recovered()):
        assert b"".join(read_file(keyring, file)) == CONTENT
        assert (file_name(keyring, file), file_size(keyring, file)) == ("증언 film.mp4", len(CONTENT))
    assert file.kept_at == NOON


def test_nobody_else_reads_anything_of_it(desk: Office) -> None:
    file = kept(desk)
    for reading in (read_file, file_name, file_size):
        with pytest.raises(NoKeyError):
            reading(desk.eve, file)
    with pytest.raises(NoKeyError):
        keep_file(desk.eve, desk.record, Tier.EVIDENCE, BytesIO(CONTENT), "x")
    stored = path_of(file.pk).read_bytes()
    assert path_of(file.pk).name == file.pk.hex
    assert path_of(file.pk).stat().st_mode & 0o777 == 0o600
    assert CONTENT[:64] not in stored
    assert b"film" not in stored + bytes(file.name_sealed)
    assert [path.name for path in files_folder().iterdir()] == [file.pk.hex]


def test_after_a_renewal_the_key_of_the_file_is_wrapped_anew(desk: Office) -> None:
    file = kept(desk)
    stored = path_of(file.pk).read_bytes()
    taken = desk.ada.take(desk.record, Tier.EVIDENCE, desk.ben.person_id, at=NOON)
    assert (taken.files, taken.damaged) == (1, 0)
    now = again(file)
    assert now.key_version == 2
    assert now.key_sealed != file.key_sealed
    assert path_of(file.pk).read_bytes() == stored
    assert b"".join(read_file(desk.again(desk.ada), now)) == CONTENT
    assert file_name(desk.ada, now) == "증언 film.mp4"
    with pytest.raises(NoKeyError):
        read_file(desk.ben, now)


def test_a_damaged_file_key_is_counted_and_left(desk: Office) -> None:
    file = kept(desk)
    SealedFile.objects.update(name_sealed=file.size_sealed)
    taken = desk.ada.take(desk.record, Tier.EVIDENCE, desk.ben.person_id, at=NOON)
    assert (taken.files, taken.damaged) == (0, 1)
    assert again(file).key_version == 1
    assert b"".join(read_file(desk.ada, again(file))) == CONTENT
    with pytest.raises(TamperedError):
        file_name(desk.ada, again(file))


def test_the_limit_is_kept_and_leaves_nothing(desk: Office) -> None:
    keep_file(desk.ada, desk.record, Tier.EVIDENCE, BytesIO(CONTENT), "fits", limit=len(CONTENT))
    with pytest.raises(TooLargeError):
        keep_file(desk.ada, desk.record, Tier.EVIDENCE, BytesIO(CONTENT), "does not", limit=len(CONTENT) - 1)
    assert len(list(files_folder().iterdir())) == SealedFile.objects.count() == 1


def test_a_source_that_fails_leaves_nothing(desk: Office) -> None:
    with pytest.raises(OSError, match="pulled"):
        keep_file(desk.ada, desk.record, Tier.EVIDENCE, Broken(3 * MEGABYTE), "x")  # type: ignore[arg-type] # it reads
    assert list(files_folder().iterdir()) == []
    assert not SealedFile.objects.exists()


@pytest.mark.parametrize("name", ["", "x" * 256, "\ud800"])
def test_a_name_that_is_none_is_refused_before_anything_is_read(desk: Office, name: str) -> None:
    source = BytesIO(CONTENT)
    with pytest.raises(BadInputError, match="name"):
        keep_file(desk.ada, desk.record, Tier.EVIDENCE, source, name)
    assert source.tell() == 0


def test_a_row_that_cannot_be_written_takes_its_file_along(desk: Office) -> None:
    sealed = seal_to_disk(BytesIO(CONTENT))
    assert path_of(sealed.id).exists()
    assert sealed.key.hex() not in repr(sealed)
    with pytest.raises(NoKeyError):
        keep_sealed(desk.eve, desk.record, Tier.EVIDENCE, sealed, "x")
    assert not path_of(sealed.id).exists()


@pytest.mark.django_db(transaction=True)
def test_what_no_row_tells_of_is_swept_once_it_is_old(desk: Office) -> None:
    file = kept(desk)
    with transaction.atomic():
        undone = kept(desk)
        transaction.set_rollback(True)
    (files_folder() / f"{uuid4().hex}{PART}").write_bytes(b"half")
    (files_folder() / "notes").write_bytes(b"no id")
    assert path_of(undone.pk).exists()
    assert sweep_files(before=timezone.now() - timedelta(days=1)) == 0
    assert sweep_files(before=timezone.now() + timedelta(minutes=1)) == 3
    assert [path.name for path in files_folder().iterdir()] == [file.pk.hex]
    remove_files([file.pk, uuid4()])
    with pytest.raises(TamperedError, match="not on this disk"):
        read_file(desk.ada, file)


def changes(stored: bytes) -> Iterator[bytes]:
    yield stored[:-1]
    yield stored + b"x"
    yield stored[:70_000] + bytes([stored[70_000] ^ 1]) + stored[70_001:]
    yield stored[: 28 + 65_553] + stored[28 + 2 * 65_553 :]
    yield b""


def test_a_changed_cut_or_exchanged_file_is_noticed(desk: Office) -> None:
    file, other = kept(desk), kept(desk)
    stored = path_of(file.pk).read_bytes()
    for changed in (*changes(stored), path_of(other.pk).read_bytes()):
        path_of(file.pk).write_bytes(changed)
        with pytest.raises(TamperedError):
            b"".join(read_file(desk.ada, file))
    path_of(file.pk).write_bytes(stored)
    file.key_sealed = other.key_sealed
    with pytest.raises(TamperedError):
        read_file(desk.ada, file)


def test_a_size_that_does_not_fit_is_noticed(desk: Office) -> None:
    file = kept(desk)
    _, key = desk.ada.demand_key(desk.record, Tier.EVIDENCE)
    file.size_sealed = seal(key, b"1", Binding("store_sealedfile", file.pk, "size", 1))
    with pytest.raises(TamperedError, match="as long as"):
        b"".join(read_file(desk.ada, file))


def test_it_is_never_whole_in_memory(desk: Office) -> None:
    tracemalloc.start()
    try:
        file = keep_file(desk.ada, desk.record, Tier.EVIDENCE, Zeros(64 * MEGABYTE), "film")  # type: ignore[arg-type] # it reads
        read = sum(len(chunk) for chunk in read_file(desk.ada, file))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert read == 64 * MEGABYTE
    assert peak < 4 * MEGABYTE


@pytest.mark.long
def test_four_gigabytes_go_in_and_out_and_not_a_byte_more(desk: Office, tmp_path: Path) -> None:
    size = 4 * 1024 * MEGABYTE
    sparse = tmp_path / "sparse"
    with sparse.open("wb") as target:
        target.truncate(size)
    with sparse.open("rb") as source:
        file = keep_file(desk.ada, desk.record, Tier.EVIDENCE, source, "film")
    assert file_size(desk.ada, file) == size
    assert sum(len(chunk) for chunk in read_file(desk.ada, file)) == size
    remove_files([file.pk])
    with sparse.open("ab") as target:
        target.truncate(size + 1)
    with sparse.open("rb") as source, pytest.raises(TooLargeError):
        keep_file(desk.ada, desk.record, Tier.EVIDENCE, source, "film")
    assert list(files_folder().iterdir()) == []
