import io
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waystation.continuity.archive import Limits, Member, TarSource, in_memory
from waystation.continuity.errors import NotWholeError, StoppedError
from waystation.continuity.manifest import Manifest, read_manifest, sign_manifest
from waystation.continuity.sealed_tar import Taken, contents_of, kept_in_memory, read_sealed, write_sealed
from waystation.vault import OfficeKeys, WrongSecretError, new_recovery, seal_parcel

OFFICE, RECOVERY = OfficeKeys(b"o" * 32), new_recovery()
TO = (OFFICE.age_recipient, RECOVERY.public.age_recipient)
LIMITS = Limits(total=1 << 20, members=10, each=1 << 19)


def listed(members: list[Member]) -> Manifest:
    at = datetime(2026, 11, 22, tzinfo=UTC)
    return Manifest("form", "ab", 1, at, {}, (), {}, contents_of(members), {})


def written(folder: Path, members: list[Member], manifest: Manifest | None = None) -> Path:
    target = folder / "whole.age"
    write_sealed(target, manifest or listed(members), members, office=OFFICE, recipients=TO)
    return target


def read(source: BinaryIO, secret: object = OFFICE.secret) -> tuple[Taken, dict[str, bytes]]:
    kept = {}

    def receive(name: str, size: int) -> BinaryIO:
        kept[name] = kept_in_memory()
        return kept[name]

    taken = read_sealed(source, secret, receive, LIMITS)  # type: ignore[arg-type] # tests give wrong ones too
    return taken, {name: each.content for name, each in kept.items()}


MEMBERS = [in_memory("one", b"1" * 5000), in_memory("files/two", b"")]


@pytest.mark.parametrize("secret", [OFFICE.secret, RECOVERY])
def test_office_and_recovery_both_open_it(tmp_path: Path, secret: object) -> None:
    with written(tmp_path, MEMBERS).open("rb") as source:
        taken, contents = read(source, secret)
    assert contents == {"one": b"1" * 5000, "files/two": b""}
    manifest = read_manifest(taken.manifest, taken.signature, OFFICE.sign_public, "form")
    taken.demand(manifest)


def test_another_secret_does_not(tmp_path: Path) -> None:
    with written(tmp_path, MEMBERS).open("rb") as source, pytest.raises(WrongSecretError):
        read(source, b"x" * 32)


def test_nothing_inside_can_be_read_on_the_disk(tmp_path: Path) -> None:
    path = written(tmp_path, [in_memory("one", b"MARKED" * 100)])
    assert b"MARKED" not in path.read_bytes()
    assert b"manifest" not in path.read_bytes()


@given(st.integers(0, 100_000), st.integers(0, 7))
@settings(deadline=None, max_examples=40)
def test_each_flipped_bit_is_noticed(tmp_path_factory: pytest.TempPathFactory, place: int, bit: int) -> None:
    whole = bytearray(written(tmp_path_factory.mktemp("flip"), MEMBERS).read_bytes())
    whole[place % len(whole)] ^= 1 << bit
    with pytest.raises((NotWholeError, WrongSecretError)):
        read(io.BytesIO(bytes(whole)))


@given(st.integers(0, 10_000))
@settings(deadline=None, max_examples=40)
def test_each_cut_is_noticed(tmp_path_factory: pytest.TempPathFactory, missing: int) -> None:
    whole = written(tmp_path_factory.mktemp("cut"), MEMBERS).read_bytes()
    with pytest.raises((NotWholeError, WrongSecretError)):
        read(io.BytesIO(whole[: -1 - missing % len(whole)]))


def test_members_that_the_list_does_not_name_are_refused(tmp_path: Path) -> None:
    with written(tmp_path, MEMBERS, listed(MEMBERS[:1])).open("rb") as source:
        taken, _ = read(source)
    manifest = read_manifest(taken.manifest, taken.signature, OFFICE.sign_public, "form")
    with pytest.raises(NotWholeError) as caught:
        taken.demand(manifest)
    assert caught.value.fault == "changed"


def sealed(members: list[Member]) -> io.BytesIO:
    target = io.BytesIO()
    seal_parcel(io.BytesIO(TarSource(members).read()), target, TO)
    return io.BytesIO(target.getvalue())


@pytest.mark.parametrize("names", [[], ["manifest.json"], ["one", "manifest.json"], ["manifest.sig", "manifest.json"]])
def test_the_signed_list_comes_first(names: list[str]) -> None:
    with pytest.raises(NotWholeError) as caught:
        read(sealed([in_memory(name, b"{}") for name in names]))
    assert caught.value.fault == "wrong_kind"


def test_more_than_the_limit_is_not_read() -> None:
    content = listed([]).to_bytes()
    heads = [in_memory("manifest.json", content), in_memory("manifest.sig", sign_manifest(content, OFFICE))]
    with pytest.raises(NotWholeError) as caught:
        read(sealed([*heads, in_memory("one", bytes(LIMITS.each + 1))]))
    assert caught.value.fault == "too_large"


def test_a_parcel_of_something_else_is_refused() -> None:
    target = io.BytesIO()
    seal_parcel(io.BytesIO(b"no tar" * 200), target, TO)
    with pytest.raises(NotWholeError):
        read(io.BytesIO(target.getvalue()))


def test_to_stop_leaves_nothing(tmp_path: Path) -> None:
    def stop(name: str, done: int, total: int) -> None:
        if name == "write" and done == 1:
            raise StoppedError

    with pytest.raises(StoppedError):
        write_sealed(tmp_path / "a", listed(MEMBERS), MEMBERS, office=OFFICE, recipients=TO, steps=stop)
    assert not list(tmp_path.iterdir())
