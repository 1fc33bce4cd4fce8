from tests.unit.intake.books import NOW, family_form
from waystation.intake.faults import FaultCode, fault
from waystation.intake.submissions.submission import Submission, checked, leaves, place_words


def test_a_submission_is_checked_by_row_and_question() -> None:
    before = fault(FaultCode.EXTRA_CELLS, row=7)
    given = Submission("k", 7, {"age": "x", "way": {"region": "north"}, "children": "99"}, (before,))
    filled, faults = checked(family_form(), given, NOW)
    assert [(each.code, each.row, each.column) for each in faults] == [
        (FaultCode.EXTRA_CELLS, 7, ""),
        (FaultCode.VALUE_KIND, 7, "age"),
    ]
    assert filled.answers["children"] == "0"


def test_instances_are_counted_from_one_in_words() -> None:
    assert place_words(("child", 0, "years")) == "child/1/years"


def test_every_answer_is_a_leaf() -> None:
    assert leaves({"a": "1", "g": {"b": "2"}, "r": [{"c": "3"}, {"c": "4"}]}) == [
        (("a",), "1"), (("g", "b"), "2"), (("r", 0, "c"), "3"), (("r", 1, "c"), "4"),
    ]  # fmt: skip


def test_what_would_be_right_is_said_and_never_what_was_answered() -> None:
    given = Submission("k", 7, {"head": "x", "age": "SECRET", "way": {"region": "SECRET"}})
    _, faults = checked(family_form(), given, NOW)
    about = {each.column: dict(each.about) for each in faults}
    assert about["age"]["wants"] == "integer"
    assert "north" in about["way/region"]["choices"]
    assert "SECRET" not in str(faults)
