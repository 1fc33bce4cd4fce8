import pytest

from tests.unit.intake.books import with_part, xlsx
from waystation.intake.faults import FaultCode
from waystation.intake.limits import Limits
from waystation.intake.xlsform.workbook import read_workbook


def test_sheets_are_found_whatever_the_case_of_their_names() -> None:
    sheets, faults = read_workbook(xlsx({"Survey ": [["type", "name"], ["text", "a"]]}))
    assert faults == []
    assert sheets["survey"].header == ("type", "name")
    assert [row.number for row in sheets["survey"].rows] == [2]


def test_a_formula_is_named_with_its_cell() -> None:
    _, faults = read_workbook(xlsx({"survey": [["type", "name"], ["text", "=A1"]]}))
    assert [(each.code, each.row, each.column) for each in faults] == [(FaultCode.FORMULA, 2, "B")]


def test_hidden_sheets_are_read_and_named() -> None:
    sheets, faults = read_workbook(xlsx({"survey": [["type"]], "choices": [["name"]]}, hidden=["choices"]))
    assert set(sheets) == {"survey", "choices"}
    assert [each.code for each in faults] == [FaultCode.HIDDEN_SHEET]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", FaultCode.EMPTY),
        (b"type,name\ntext,a\n", FaultCode.NO_KNOWN_KIND),
        (b"PK\x03\x04rest", FaultCode.DAMAGED),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2_000, FaultCode.DAMAGED),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "_VBA_PROJECT".encode("utf-16-le"), FaultCode.MACROS),
        (with_part(xlsx({"survey": [["type"]]}), "xl/vbaProject.bin", b"x"), FaultCode.MACROS),
        (xlsx({"survey": [["x"] * 10_000]}), FaultCode.TOO_MANY_COLUMNS),
    ],
)
def test_what_is_no_form_is_refused(data: bytes, code: FaultCode) -> None:
    sheets, faults = read_workbook(data)
    assert ([each.code for each in faults], sheets) == ([code], {})


def test_a_file_too_large_is_not_opened() -> None:
    _, faults = read_workbook(xlsx({"survey": [["type"]]}), Limits(bytes=10))
    assert [each.code for each in faults] == [FaultCode.TOO_LARGE]
