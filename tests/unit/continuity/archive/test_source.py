import io
import tarfile
from hashlib import blake2b
from pathlib import Path

import pytest

from waystation.continuity.archive import Member, TarSource, digest_of, in_memory, on_disk
from waystation.kernel import BrokenPromiseError


def test_what_is_written_is_a_tar(tmp_path: Path) -> None:
    path = tmp_path / "large"
    path.write_bytes(b"ab" * 300_000)
    whole = TarSource([in_memory("one", b"1"), on_disk("two", path), in_memory("none", b"")]).read()
    with tarfile.open(fileobj=io.BytesIO(whole)) as tar:
        contents = {member.name: tar.extractfile(member).read() for member in tar}  # type: ignore[union-attr] # regular files
    assert contents == {"one": b"1", "two": b"ab" * 300_000, "none": b""}


@pytest.mark.parametrize("step", [1, 100, 512, 70_000])
def test_it_reads_the_same_in_steps_of_any_size(step: int) -> None:
    members = [in_memory("one", bytes(1000)), in_memory("two", b"2" * 513)]
    source, parts = TarSource(members), []
    while part := source.read(step):
        assert len(part) <= step
        parts.append(part)
    assert b"".join(parts) == TarSource(members).read()
    buffered = io.BufferedReader(TarSource(members), 64).read()
    assert buffered == b"".join(parts)


@pytest.mark.parametrize("size", [3, 5])
def test_a_file_that_changes_meanwhile_is_noticed(size: int) -> None:
    with pytest.raises(BrokenPromiseError):
        TarSource([Member("four", 4, lambda: io.BytesIO(bytes(size)))]).read()


def test_the_digest_is_of_the_content() -> None:
    assert digest_of(in_memory("one", b"abc" * 200_000)) == blake2b(b"abc" * 200_000, digest_size=32).hexdigest()
