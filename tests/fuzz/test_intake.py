"""Broken and hostile files at the doors of intake: each gets a clear fault, none an exception, and none takes long."""

import io
import random
import time
import zipfile
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.intake.books import FAMILY, FAMILY_CHOICES, family_form, with_part, xlsform, xlsx
from waystation.intake.faults import Fault, FaultCode, Weight
from waystation.intake.limits import Limits
from waystation.intake.submissions.instance import read_instance
from waystation.intake.tables.opening import open_table
from waystation.intake.tables.row import Row, headed
from waystation.intake.xlsform.reading import read_xlsform

SMALL = Limits(bytes=4_000_000, unpacked_bytes=40_000_000, rows=2_000, columns=200, faults=100)
BOOK = xlsx({"People": [["name", "age"], *([f"n{number}", number] for number in range(30))]})
FORM = xlsform(FAMILY, FAMILY_CHOICES)
INSTANCE = (
    b"<data id='tested'><head>A</head><child><first>x</first></child><meta><instanceID>u</instanceID></meta></data>"
)
SECRET = "Harukaze"


def everything(data: bytes) -> list[Row | Fault]:
    opened = open_table(io.BytesIO(data), SMALL)
    found: list[Row | Fault] = list(opened.faults)
    for sheet in opened.sheets:
        top = headed(sheet)
        found += [*top.faults, *top.rows()]
    return found


def damaged(data: bytes, seed: int) -> bytes:
    chance, raw = random.Random(seed), bytearray(data)
    for _ in range(chance.randint(1, 12)):
        if not raw:
            break
        at = chance.randrange(len(raw))
        how = chance.randrange(4)
        if how == 0:
            raw[at] = chance.randrange(256)
        elif how == 1:
            del raw[at : at + chance.randint(1, 40)]
        elif how == 2:
            raw[at:at] = chance.randbytes(chance.randint(1, 40))
        else:
            raw = raw[: max(8, at)]
    return bytes(raw)


@pytest.mark.parametrize("seed", range(20))
def test_a_damaged_workbook_is_rows_or_faults(seed: int) -> None:
    assert all(isinstance(each, Row | Fault) for each in everything(damaged(BOOK, seed)))


@pytest.mark.parametrize("seed", range(8))
def test_a_damaged_form_is_a_form_or_faults(seed: int) -> None:
    reading = read_xlsform(damaged(FORM, seed))
    assert reading.form is not None or any(each.weight is Weight.STOPS for each in reading.faults)


@pytest.mark.parametrize("seed", range(20))
def test_a_damaged_instance_is_a_submission_or_faults(seed: int) -> None:
    found, faults = read_instance(family_form(), damaged(INSTANCE, seed))
    assert (found is None) == bool(faults)


@settings(deadline=None, max_examples=40)
@given(st.binary(max_size=200))
def test_any_bytes_are_rows_or_faults(data: bytes) -> None:
    for start in (b"", b"PK\x03\x04", b"\xff\xfe", b"\xef\xbb\xbf", b"a,b\n"):
        assert all(isinstance(each, Row | Fault) for each in everything(start + data))


@settings(deadline=None, max_examples=40)
@given(st.text('",;\n\r\t=a', max_size=60))
def test_any_quotes_leave_the_row_above_them_whole(text: str) -> None:
    found = everything(("a,b\n1,2\n" + text).encode())
    assert next(row.cells for row in found if isinstance(row, Row)) == ("1", "2")


def hostile() -> Iterator[tuple[str, bytes, FaultCode]]:
    yield "ten thousand columns", (",".join("x" * 10_000) + "\n").encode(), FaultCode.TOO_MANY_COLUMNS
    yield "ten thousand columns in a workbook", xlsx({"S": [["x"] * 10_000]}), FaultCode.TOO_MANY_COLUMNS
    yield "macros", with_part(BOOK, "xl/vbaProject.bin", b"x"), FaultCode.MACROS
    yield "links", with_part(BOOK, "xl/externalLinks/externalLink1.xml", b"<a/>"), FaultCode.EXTERNAL_LINKS
    yield "a bomb", with_part(BOOK, "xl/worksheets/sheet1.xml", b"0" * 30_000_000), FaultCode.ZIP_BOMB
    entities = b'<!DOCTYPE a [<!ENTITY b "cc"><!ENTITY d "&b;&b;">]><a>&d;</a>'
    yield "entities", with_part(BOOK, "xl/sharedStrings.xml", entities), FaultCode.ENTITIES
    yield "formulas", xlsx({"S": [["name"], [f'=CONCATENATE("{SECRET}",1)']]}), FaultCode.FORMULA
    yield "no text", bytes(range(128, 256)) * 20, FaultCode.ENCODING_UNKNOWN
    yield "an endless line", b"a" * 3_000_000, FaultCode.LINE_TOO_LONG
    yield "an open quote", f'name\n"{SECRET}\nb\n'.encode(), FaultCode.OPEN_QUOTE


@pytest.mark.parametrize(
    ("name", "data", "code"), list(hostile()), ids=lambda each: each if isinstance(each, str) else ""
)
def test_hostile_tables_have_a_clear_fault_each(name: str, data: bytes, code: FaultCode) -> None:
    began = time.process_time()
    faults = [each for each in everything(data) if isinstance(each, Fault)]
    cells = [fault for row in everything(data) if isinstance(row, Row) for fault in row.faults]
    assert code in {each.code for each in faults + cells}
    assert SECRET not in "".join(map(str, faults + cells))
    assert time.process_time() - began < 3


def test_a_workbook_within_a_workbook_is_not_unpacked() -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("bomb.xml", b"0" * 30_000_000)
    found = everything(with_part(BOOK, "xl/embeddings/book.xlsx", inner.getvalue()))
    assert [each.code for each in found if isinstance(each, Fault)] == [FaultCode.EMBEDDED]
