from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.intake.books import NOW, family_form, form_of, question
from waystation.intake.faults import FaultCode
from waystation.intake.forms.filling import children_of, fill
from waystation.intake.forms.form import Question

FORM = family_form()


def test_a_choice_filter_follows_the_answer_before_it() -> None:
    filled = fill(FORM, {"way": {"region": "south"}}, NOW)
    town = FORM.parts["way", "town"]
    assert isinstance(town, Question)
    assert [choice.name for choice in filled.choices(("way", "town"), town)] == ["b"]


def test_what_is_not_relevant_is_hidden_kept_and_not_filed() -> None:
    child = {"age": "15", "child": [{"first": "A"}], "guardian": "an aunt", "way": {"region": "north"}}
    assert fill(FORM, child, NOW).shows(("guardian",))
    grown = fill(FORM, child | {"age": "40"}, NOW)
    assert not grown.shows(("guardian",))
    assert grown.answers["guardian"] == "an aunt"
    assert "guardian" not in grown.kept()
    assert grown.kept()["children"] == "1"


def test_problems_are_named_by_place() -> None:
    filled = fill(
        FORM, {"age": "130", "way": {"region": "west", "needs": "rest sleep"}, "child": [{"years": "two"}]}, NOW
    )
    assert filled.problems == {
        ("age",): FaultCode.VALUE_CONSTRAINT,
        ("way", "region"): FaultCode.VALUE_CHOICE,
        ("way", "needs"): FaultCode.VALUE_CHOICE,
        ("child", 0, "years"): FaultCode.VALUE_KIND,
    }
    assert fill(FORM, {}, NOW).problems == {("way", "region"): FaultCode.VALUE_MISSING}
    assert fill(FORM, {"way": {"region": "north"}}, NOW).is_whole


def test_calculations_that_rest_on_each_other_come_to_rest() -> None:
    form = form_of([
        question("calculate", "third", calculation="${second} + 1"),
        question("calculate", "second", calculation="${first} + 1"),
        question("integer", "first"),
        question("text", "late", relevant="${third} = 3"),
    ])  # fmt: skip
    filled = fill(form, {"first": "1"}, NOW)
    assert filled.answers["third"] == "3"
    assert filled.shows(("late",))


def test_defaults_are_given_once_and_may_be_computed() -> None:
    form = form_of([
        question("text", "place", default="here"),
        question("date", "day", default="today()"),
        question("today", "made"),
    ])  # fmt: skip
    assert fill(form, {}, NOW).answers == {"place": "here", "day": "2026-03-05", "made": "2026-03-05"}
    assert fill(form, {"place": ""}, NOW).answers["place"] == ""


def test_a_repeat_has_as_many_instances_as_its_count_says() -> None:
    form = form_of([
        question("integer", "many"),
        {"type": "begin repeat", "name": "r", "label": "R", "repeat_count": "${many}"},
        question("text", "x"),
        {"type": "end repeat"},
    ])  # fmt: skip
    assert len(fill(form, {"many": "3"}, NOW).answers["r"]) == 3
    assert fill(form, {"many": "1", "r": [{"x": "a"}, {"x": "b"}, {"x": ""}]}, NOW).answers["r"] == [
        {"x": "a"},
        {"x": "b"},
    ]
    assert len(fill(form, {"many": "1e9"}, NOW).answers["r"]) == 200


def test_labels_say_the_answers() -> None:
    form = form_of([question("text", "first"), question("text", "x", label="Where is ${first}?")])
    filled = fill(form, {"first": "Bo"}, NOW)
    assert filled.text(form.parts["x",].labels, ("x",), "") == "Where is Bo?"


def test_what_the_form_does_not_have_is_dropped() -> None:
    assert fill(FORM, {"nobody": "x", "age": ["list"], "way": "text", "child": {"a": 1}}, NOW).answers == {
        "children": "0"
    }


def test_children_of_a_section() -> None:
    assert [part.name for part in children_of(FORM, ("child", 0))] == ["first", "years"]
    assert children_of(FORM, ()) == FORM.children
    assert children_of(FORM, ("age",)) == ()


_JUNK = st.recursive(
    st.none() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["age", "way", "region", "child", "first"]), inner)
    ),
    max_leaves=8,
)


@settings(deadline=None, max_examples=30)
@given(st.dictionaries(st.sampled_from([*FORM.paths]), _JUNK))
def test_any_answers_at_all_can_be_filled_in(answers: dict[str, object]) -> None:
    filled = fill(FORM, answers, NOW)
    assert fill(FORM, filled.answers, NOW).answers == filled.answers
