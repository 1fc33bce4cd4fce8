import io
import tarfile

import pytest

from waystation.continuity.archive.header import LARGEST, header, is_name, padding, read_header
from waystation.continuity.errors import NotWholeError


@pytest.mark.parametrize(
    "name",
    ["../up", "/root", "a/../b", "a//b", "A", "", ".hidden", "a/", "a\\b", "가", "a" * 101, "a\0b", "a b", "a/.b"],
)
def test_names_that_lead_elsewhere_are_not_ours(name: str) -> None:
    assert not is_name(name)
    with pytest.raises(ValueError):
        header(name, 1)


@pytest.mark.parametrize("size", [0, 1, 511, 512, LARGEST])
def test_a_header_is_read_as_it_was_written(size: int) -> None:
    assert read_header(header("files/0a1b", size)) == ("files/0a1b", size)


def test_the_largest_size_is_the_largest() -> None:
    with pytest.raises(ValueError):
        header("a", LARGEST + 1)


def test_any_other_byte_is_refused() -> None:
    block = header("store.db", 77)
    for place in range(len(block)):
        with pytest.raises(NotWholeError):
            read_header(block[:place] + bytes([block[place] ^ 1]) + block[place + 1 :])


@pytest.mark.parametrize(
    "kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.CHRTYPE, tarfile.GNUTYPE_SPARSE]
)
def test_links_folders_and_devices_are_refused(kind: bytes) -> None:
    info = tarfile.TarInfo("store.db")
    info.type = kind
    info.linkname = "/etc/passwd"
    with pytest.raises(NotWholeError) as caught:
        read_header(info.tobuf(tarfile.USTAR_FORMAT)[:512])
    assert caught.value.fault == "bad_name"


def test_another_program_reads_it() -> None:
    content = b"x" * 700
    whole = header("files/ab", 700) + content + bytes(padding(700)) + bytes(1024)
    with tarfile.open(fileobj=io.BytesIO(whole)) as tar:
        member = tar.getmembers()[0]
        taken = tar.extractfile(member)
        assert taken is not None
        assert (member.name, member.mode, taken.read()) == ("files/ab", 0o600, content)
