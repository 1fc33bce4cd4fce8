import io
from typing import BinaryIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waystation.continuity.archive import Limits, TarSink, TarSource, digest_of, in_memory
from waystation.continuity.errors import NotWholeError

ROOMY = Limits(total=1 << 20, members=20, each=1 << 19)
NAMES = st.from_regex(r"[a-z0-9]{1,8}(/[a-z0-9]{1,8})?", fullmatch=True)


class Kept:
    """Receives members into memory."""

    def __init__(self, limits: Limits = ROOMY) -> None:
        self.contents: dict[str, bytes] = {}
        self.sink = TarSink(self.receive, limits)

    def receive(self, name: str, size: int) -> BinaryIO:
        kept = self

        class Target(io.BytesIO):
            def close(self) -> None:
                kept.contents[name] = self.getvalue()
                super().close()

        return Target()

    def take(self, data: bytes, step: int = 1000) -> None:
        for start in range(0, len(data), step):
            self.sink.write(data[start : start + step])
        self.sink.finish()


@given(st.dictionaries(NAMES, st.binary(max_size=1500), max_size=6), st.integers(1, 2000))
@settings(deadline=None, max_examples=40)
def test_what_goes_in_comes_out(contents: dict[str, bytes], step: int) -> None:
    kept = Kept()
    members = [in_memory(name, content) for name, content in contents.items()]
    kept.take(TarSource(members).read(), step)
    assert kept.contents == contents
    assert kept.sink.members == {member.name: (member.size, digest_of(member)) for member in members}


@given(st.binary(max_size=3000))
@settings(deadline=None, max_examples=60)
def test_rubbish_is_refused_and_nothing_else_happens(data: bytes) -> None:
    kept = Kept()
    with pytest.raises(NotWholeError):
        kept.take(data)
    with pytest.raises(NotWholeError):
        kept.sink.write(b"more")


def test_each_cut_is_noticed() -> None:
    whole = TarSource([in_memory("one", b"1" * 600), in_memory("two", b"")]).read()
    for end in [0, 1, 511, 512, 900, 1536, 2048, len(whole) - 1024, len(whole) - 512, len(whole) - 1]:
        with pytest.raises(NotWholeError) as caught:
            Kept().take(whole[:end])
        assert caught.value.fault == "cut"


@pytest.mark.parametrize("extra", [b"\0", bytes(512), b"x"])
def test_nothing_may_follow_the_end(extra: bytes) -> None:
    with pytest.raises(NotWholeError) as caught:
        Kept().take(TarSource([in_memory("one", b"1")]).read() + extra)
    assert caught.value.fault == "bad_name"


@pytest.mark.parametrize(
    "limits",
    [
        Limits(total=99, members=9, each=60),
        Limits(total=200, members=1, each=60),
        Limits(total=200, members=9, each=49),
    ],
)
def test_a_limit_is_checked_before_the_member_is_received(limits: Limits) -> None:
    asked: list[str] = []

    def receive(name: str, size: int) -> BinaryIO:
        asked.append(name)
        return io.BytesIO()

    sink = TarSink(receive, limits)
    with pytest.raises(NotWholeError) as caught:
        sink.write(TarSource([in_memory("one", bytes(49)), in_memory("two", bytes(51))]).read())
    assert caught.value.fault == "too_large"
    assert asked == ["one"]


def test_what_fits_exactly_is_accepted() -> None:
    limits = Limits(total=100, members=2, each=51)
    data = TarSource([in_memory("one", bytes(49)), in_memory("two", bytes(51))]).read()
    Kept(limits).take(data)
    assert len(data) <= limits.whole


def test_two_members_of_one_name_are_refused() -> None:
    with pytest.raises(NotWholeError):
        Kept().take(TarSource([in_memory("one", b"1"), in_memory("one", b"2")]).read())


def test_bytes_in_the_padding_are_refused() -> None:
    whole = bytearray(TarSource([in_memory("one", b"1")]).read())
    whole[700] = 1
    with pytest.raises(NotWholeError):
        Kept().take(bytes(whole))


def test_the_receiver_may_refuse_and_its_fault_is_kept() -> None:
    def receive(name: str, size: int) -> BinaryIO:
        raise NotWholeError("mixed", "not this one")

    sink = TarSink(receive, ROOMY)
    with pytest.raises(NotWholeError):
        sink.write(TarSource([in_memory("one", b"1")]).read())
    assert sink.fault is not None
    assert sink.fault.fault == "mixed"
