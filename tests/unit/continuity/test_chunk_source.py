import pytest

from waystation.continuity.chunk_source import ChunkSource


@pytest.mark.parametrize("step", [1, 2, 5, 100])
def test_chunks_are_read_in_steps_of_any_size(step: int) -> None:
    source, parts = ChunkSource(iter([b"abc", b"", b"defg"])), []
    while part := source.read(step):
        assert len(part) <= step
        parts.append(part)
    assert b"".join(parts) == b"abcdefg"


def test_all_of_the_rest_at_once() -> None:
    source = ChunkSource(iter([b"abc", b"def"]))
    assert source.read(2) == b"ab"
    assert source.read() == b"cdef"
    assert source.read() == b""
    assert source.readable()
