import pytest

from tests.unit.intake.books import family_form, sheet_of
from waystation.intake.faults import Fault, FaultCode
from waystation.intake.forms.form import Question
from waystation.intake.submissions.mapping import suggest
from waystation.intake.submissions.rows import as_answered, submissions_in
from waystation.intake.submissions.submission import Submission
from waystation.intake.tables.row import Headed

FORM = family_form()


def read(*sheets: Headed) -> list[Submission | Fault]:
    mapping, _ = suggest(FORM, sheets)
    return list(submissions_in(FORM, sheets, mapping))


def test_a_row_becomes_a_submission() -> None:
    (found,) = read(
        sheet_of(
            [
                ["head", "age", "way/region", "way/needs/rest", "way/needs/food", "_uuid"],
                ["'=Sky", "41.0", "North", "1", "0", "u1"],
            ]
        )
    )
    assert isinstance(found, Submission)
    assert (found.key, found.row) == ("u1", 2)
    assert found.answers == {"head": "=Sky", "age": "41", "way": {"region": "north", "needs": "rest"}}


def test_rows_of_a_repeat_find_their_parent_by_kobos_index_or_odks_key() -> None:
    kobo = read(
        sheet_of([["head", "_index"], ["A", "1"], ["B", "2"]], "F"),
        sheet_of([["first", "_parent_index"], ["x", "2"], ["y", "2"], ["z", "1"], ["lost", "9"]], "child"),
    )
    odk = read(
        sheet_of([["head", "KEY"], ["A", "u1"], ["B", "u2"]], "F"),
        sheet_of([["first", "PARENT_KEY"], ["x", "u2"], ["y", "u2"], ["z", "u1"], ["lost", "u9"]], "child"),
    )
    for found in (kobo, odk):
        answers = [each.answers for each in found if isinstance(each, Submission)]
        assert answers == [
            {"head": "A", "child": [{"first": "z"}]},
            {"head": "B", "child": [{"first": "x"}, {"first": "y"}]},
        ]
        assert [(each.code, each.row) for each in found if isinstance(each, Fault)] == [(FaultCode.PARENT_UNKNOWN, 5)]


@pytest.mark.parametrize(
    ("name", "cell", "answer"),
    [
        ("region", "South", "south"),
        ("region", "south", "south"),
        ("region", "west", "west"),
        ("needs", "rest food", "rest food"),
        ("needs", "Rest", "rest"),
        ("age", "41.0", "41"),
        ("age", "4.5", "4.5"),
        ("age", "x.0", "x.0"),
        ("head", "  Sky ", "Sky"),
    ],
)
def test_a_cell_becomes_the_answer_the_form_would_have_kept(name: str, cell: str, answer: str) -> None:
    part = FORM.parts[FORM.paths[name]]
    assert isinstance(part, Question)
    assert as_answered(FORM, part, cell) == answer
