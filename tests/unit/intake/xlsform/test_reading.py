import tempfile
from pathlib import Path

import pytest

from tests.unit.intake.books import NOW, question, read, table, xlsform, xlsx
from waystation.intake.faults import FaultCode, Weight
from waystation.intake.forms.filling import fill
from waystation.intake.forms.form import Question
from waystation.intake.xlsform.reading import FormReading, read_xlsform

EXTERNAL = next(
    (each / "shared/external" for each in Path(__file__).resolve().parents if (each / "shared/external").is_dir()), None
)
"""Published forms, where somebody has put them beside the project."""


def test_a_form_says_what_it_is_called() -> None:
    form = read([question("text", "a")], form_title="Our form", version="7").form
    assert form is not None
    assert (form.id, form.title, form.version) == ("tested", "Our form", "7")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (xlsx({"a": [["x"]], "b": [["y"]]}), FaultCode.NO_SURVEY),
        (xlsx({"survey": [["type", "name"], ["begin group", "g"]]}), FaultCode.FORM_REJECTED),
        (xlsx({"survey": [["name", "label"], ["a", "A"]]}), FaultCode.FORM_REJECTED),
        (
            xlsx({"survey": table([question("text", f"q{number}") for number in range(3_100)])}),
            FaultCode.FORM_TOO_LARGE,
        ),
        (b"not a workbook", FaultCode.NO_KNOWN_KIND),
    ],
)
def test_what_is_no_form_is_refused(data: bytes, code: FaultCode) -> None:
    reading = read_xlsform(data)
    assert reading.form is None
    assert [each.code for each in reading.faults if each.weight is Weight.STOPS] == [code]


def test_pyxforms_own_refusal_is_passed_on_with_its_row() -> None:
    reading = read([question("text", "a"), {"type": "end group"}])
    (found,) = reading.faults
    assert (found.code, found.row) == (FaultCode.FORM_REJECTED, 3)
    assert dict(found.about)["reason"]


def test_sheets_and_columns_nobody_reads_are_named() -> None:
    data = xlsx(
        {"survey": [["type", "name", "label", "my own"], ["text", "a", "A", "x"]], "entities": [["list_name"], ["p"]]}
    )
    found = [(each.code, each.sheet, each.column) for each in read_xlsform(data).left_out]
    assert found == [(FaultCode.HEADER_NOT_USED, "survey", "my own"), (FaultCode.SHEET_NOT_USED, "entities", "")]


def test_two_spellings_that_disagree_are_named() -> None:
    data = xlsx({"survey": [["type", "name", "label", "relevant", "bind:relevant"], ["text", "a", "A", "1=1", "2=2"]]})
    assert [(each.code, each.row, each.column) for each in read_xlsform(data).faults] == [
        (FaultCode.HEADER_NOT_USED, 2, "bind:relevant")
    ]


def test_pictures_of_choices_are_named() -> None:
    choices = [{"list_name": "yn", "name": "yes", "label": "Yes", "media::image": "yes.png"}]
    found = read_xlsform(xlsform([question("select_one yn", "a")], choices)).faults
    assert [(each.code, each.sheet, each.row) for each in found] == [(FaultCode.MEDIA_LEFT_OUT, "choices", 2)]


def test_empty_rows_do_not_shift_the_numbers() -> None:
    data = xlsx({"survey": [["type", "name", "label"], ["text", "a", "A"], [], [], ["image", "b", "B"]]})
    assert [(each.code, each.row) for each in read_xlsform(data).faults] == [(FaultCode.TYPE_UNSUPPORTED, 5)]


def test_nothing_is_written_anywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a temporary file")

    for name in ("NamedTemporaryFile", "TemporaryFile", "mkstemp", "mkdtemp", "SpooledTemporaryFile"):
        monkeypatch.setattr(tempfile, name, refuse)
    assert read([question("text", "a")]).form is not None


def external(path: str) -> FormReading:
    file = (EXTERNAL or Path()) / path
    if not file.is_file():
        pytest.skip(f"the test material {path} is not on this machine")
    return read_xlsform(file.read_bytes())


@pytest.mark.parametrize(
    ("path", "questions", "left_out"),
    [
        ("htcds/htcds_xlsform.xlsx", 34, []),
        ("xlsform/cascading_select_test_equivalent.xls", 9, []),
        ("xlsform/choice_filter_test.xlsx", 3, []),
        ("xlsform/group.xlsx", 3, []),
        ("xlsform/simple_loop.xls", 2, []),
        ("xlsform/specify_other.xlsx", 2, []),
        ("xlsform/table-list.xls", 7, [20, 21, 23, 24]),
        ("xlsform/tutorial.xls", 10, [1, 1]),
        ("xlsform/unknown_question_type.xls", 40, [2, 3, 7, 8, 9, 10, 28, 52]),
    ],
)
def test_published_forms_come_in_and_what_does_not_is_named(path: str, questions: int, left_out: list[int]) -> None:

    reading = external(path)
    assert reading.form is not None
    assert len(reading.form.questions) == questions
    assert [each.row for each in reading.faults] == left_out
    assert fill(reading.form, {}, NOW).answers is not None


def test_the_cascade_of_a_published_form_works() -> None:
    form = external("xlsform/choice_filter_test.xlsx").form
    assert form is not None
    county = form.parts["county",]
    assert isinstance(county, Question)
    filled = fill(form, {"state": "texas"}, NOW)
    assert [choice.name for choice in filled.choices(("county",), county)] == ["king", "cameron"]
