import pytest

from tests.unit.intake.books import question, read
from waystation.intake.faults import FaultCode
from waystation.intake.forms.form import Form, Kind, Question, Section
from waystation.intake.xlsform.checking import check_expressions


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (question("text", "b", relevant="${a} ="), FaultCode.EXPRESSION_UNREADABLE),
        (question("text", "b", relevant="../nobody = 1"), FaultCode.REFERENCE_UNKNOWN),
        (question("calculate", "b", calculation="pulldata('f', 'x', 'y', ${a})"), FaultCode.FUNCTION_UNSUPPORTED),
        (question("text", "b", constraint="regex(., '(?=a)b')"), FaultCode.FUNCTION_UNSUPPORTED),
        (question("select_one yn", "b", choice_filter="town = ${a}"), FaultCode.REFERENCE_UNKNOWN),
        (question("calculate", "b", calculation="${b} + 1"), FaultCode.CIRCLE),
        (question("text", "b", default="uuid()"), FaultCode.FUNCTION_UNSUPPORTED),
    ],
)
def test_an_expression_that_cannot_be_used_is_named_and_the_question_works_without(
    row: dict[str, str], code: FaultCode
) -> None:
    choices = [{"list_name": "yn", "name": "yes", "label": "Yes"}]
    reading = read([question("text", "a"), question("text", "c"), row], choices)
    assert [(each.code, each.row, each.column) for each in reading.faults] == [(code, 4, "b")]
    assert reading.form is not None
    part = reading.form.parts["b",]
    assert [getattr(part, name, "") for name in ("relevant", "calculation", "constraint", "choice_filter")] == [""] * 4


def test_calculations_in_a_circle_are_all_named() -> None:
    reading = read([
        question("calculate", "a", calculation="${b} + 1"),
        question("calculate", "b", calculation="${c} + 1"),
        question("calculate", "c", calculation="${a} + 1"),
        question("calculate", "d", calculation="${a} + 1"),
        question("text", "e"),
    ])  # fmt: skip
    assert [(each.code, each.row) for each in reading.faults] == [(FaultCode.CIRCLE, row) for row in (2, 3, 4)]


def test_a_reference_to_a_name_that_two_questions_have_is_not_guessed() -> None:
    parts = [Question((section, "a"), Kind.TEXT) for section in ("g", "h")]
    sections = [Section((part.path[0],), (part,)) for part in parts]
    asking = Question(("b",), Kind.TEXT, row=8, relevant="${a} = 1")
    form, faults = check_expressions(Form("f", "F", (*sections, asking)))
    assert [(each.code, each.row) for each in faults] == [(FaultCode.REFERENCE_UNKNOWN, 8)]
    assert form.parts["b",].relevant == ""
