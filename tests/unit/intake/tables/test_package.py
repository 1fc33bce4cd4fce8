import io
import zipfile

import pytest

from tests.unit.intake.books import with_part, xlsx
from waystation.intake.faults import FaultCode
from waystation.intake.limits import TABLES, Limits
from waystation.intake.tables.package import inspect_package

BOOK = xlsx({"People": [["a"], [1]]})


def codes(data: bytes, limits: Limits = TABLES) -> list[FaultCode]:
    return [each.code for each in inspect_package(io.BytesIO(data), limits)]


def test_an_ordinary_workbook_may_be_opened() -> None:
    assert codes(BOOK) == []


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("xl/vbaProject.bin", b"\xd0\xcf", FaultCode.MACROS),
        ("xl/macrosheets/sheet1.xml", b"<a/>", FaultCode.MACROS),
        ("xl/activeX/activeX1.bin", b"x", FaultCode.MACROS),
        ("xl/externalLinks/externalLink1.xml", b"<a/>", FaultCode.EXTERNAL_LINKS),
        ("xl/connections.xml", b"<a/>", FaultCode.EXTERNAL_LINKS),
        ("xl/embeddings/oleObject1.bin", b"x", FaultCode.EMBEDDED),
        ("xl/extra.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', FaultCode.ENTITIES),
        ("xl/big.bin", b"\0" * 30_000_000, FaultCode.ZIP_BOMB),
        ("XL/WORKBOOK.XML", b"<a/>", FaultCode.DAMAGED),
    ],
)
def test_what_a_workbook_should_not_hold_is_refused_before_it_is_opened(
    name: str, content: bytes, code: FaultCode
) -> None:
    assert codes(with_part(BOOK, name, content)) == [code]


def test_a_workbook_that_says_it_has_macros_is_refused() -> None:
    with zipfile.ZipFile(io.BytesIO(BOOK)) as package:
        types = package.read("[Content_Types].xml")
    told = types.replace(b"spreadsheetml.sheet.main", b"ms-excel.sheet.macroEnabled.main")
    assert codes(with_part(BOOK, "[Content_Types].xml", told)) == [FaultCode.MACROS]


def test_too_many_parts_and_too_much_in_all_are_bombs() -> None:
    assert codes(BOOK, Limits(package_files=2)) == [FaultCode.ZIP_BOMB]
    assert codes(BOOK, Limits(unpacked_bytes=100)) == [FaultCode.ZIP_BOMB]
    assert codes(with_part(BOOK, "xl/sharedStrings.xml", b"<a/>" * 100), Limits(shared_bytes=10)) == [
        FaultCode.ZIP_BOMB
    ]


@pytest.mark.parametrize("data", [b"PK\x03\x04", BOOK[: len(BOOK) // 2], b"PK\x03\x04" + b"\0" * 500])
def test_half_a_package_is_damaged(data: bytes) -> None:
    assert codes(data) == [FaultCode.DAMAGED]


def test_a_part_that_holds_more_than_it_declares_is_cut_at_what_it_declares() -> None:
    bomb = with_part(BOOK, "xl/big.xml", b"<a/>" + b" " * 900_000)
    size = (900_004).to_bytes(4, "little")
    assert codes(bomb) == []
    assert codes(bomb.replace(size, (4).to_bytes(4, "little"))) == [FaultCode.DAMAGED]
