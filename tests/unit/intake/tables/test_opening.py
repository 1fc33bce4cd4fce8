import io

import pytest

from tests.unit.intake.books import xlsx
from waystation.intake.faults import FaultCode
from waystation.intake.limits import Limits
from waystation.intake.tables.opening import open_table
from waystation.intake.tables.row import Row, headed


def test_csv_and_xlsx_are_told_apart_by_their_bytes() -> None:
    for data in (b"name,age\nalpha,3\n", xlsx({"S": [["name", "age"], ["alpha", 3]]})):
        opened = open_table(io.BytesIO(data))
        assert opened.faults == ()
        (row,) = headed(opened.sheets[0]).rows()
        assert isinstance(row, Row)
        assert row.cells == ("alpha", "3")


def test_a_guess_is_said_and_a_person_may_say_better() -> None:
    raw = ("이름,나이\n" + "김하늘,41\n" * 9).encode("cp949")
    opened = open_table(io.BytesIO(raw))
    assert [(each.code, each.about) for each in opened.faults] == [
        (FaultCode.ENCODING_ASSUMED, (("encoding", "cp949"),))
    ]
    assert open_table(io.BytesIO(raw), encoding="cp949").faults == ()
    assert [each.code for each in open_table(io.BytesIO(raw), encoding="utf-8").faults] == [FaultCode.ENCODING_WRONG]
    assert [each.code for each in open_table(io.BytesIO(raw), encoding="rot13").faults] == [FaultCode.ENCODING_WRONG]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", FaultCode.EMPTY),
        (b"%PDF-1.7 ...", FaultCode.NO_KNOWN_KIND),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, FaultCode.NO_KNOWN_KIND),
        (b"PK\x03\x04garbage", FaultCode.DAMAGED),
        (bytes(range(128, 256)) * 9, FaultCode.ENCODING_UNKNOWN),
    ],
)
def test_what_is_no_table_is_said_to_be_none(data: bytes, code: FaultCode) -> None:
    opened = open_table(io.BytesIO(data))
    assert ([each.code for each in opened.faults], opened.sheets) == ([code], ())


def test_a_file_that_is_too_large_is_not_read() -> None:
    opened = open_table(io.BytesIO(b"a\n" * 100), Limits(bytes=100))
    assert [each.code for each in opened.faults] == [FaultCode.TOO_LARGE]
