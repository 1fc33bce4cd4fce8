from datetime import date

from tests.unit.intake.books import NOW, family_form, form_of, question
from waystation.intake.expressions.values import Nodes
from waystation.intake.forms.scope import FormScope, resolved

ANSWERS = {
    "age": "30",
    "way": {"region": "north"},
    "child": [{"first": "A", "years": "3"}, {"first": "B", "years": "5"}],
}


def test_a_name_in_a_repeat_means_the_same_instance_and_from_outside_all() -> None:
    form = family_form()
    inside = FormScope(form, ANSWERS, ("child", 1, "first"), NOW)
    assert inside.named("years") == Nodes((5.0,))
    assert inside.named("*years") == Nodes((3.0, 5.0))
    assert inside.position() == 2
    outside = FormScope(form, ANSWERS, ("guardian",), NOW)
    assert outside.named("years") == Nodes((3.0, 5.0))
    assert len(outside.named("child").values) == 2
    assert outside.named("nobody") == Nodes()


def test_what_is_hidden_counts_as_not_answered() -> None:
    scope = FormScope(family_form(), ANSWERS, ("guardian",), NOW, frozenset({("age",), ("child", 0)}))
    assert scope.named("age") == Nodes()
    assert scope.named("years") == Nodes((5.0,))


def test_paths_lead_up_and_down() -> None:
    form = family_form()
    assert resolved(form, ("way", "town"), ("..", "region"), absolute=False) == ("way", "region")
    assert resolved(form, ("way", "town"), ("data", "age"), absolute=True) == ("age",)
    assert resolved(form, ("way", "town"), ("..",) * 5, absolute=False) is None
    assert FormScope(form, ANSWERS, ("way", "town"), NOW).at_path(("..", "region"), False) == Nodes(("north",))


def test_a_filter_sees_the_columns_of_a_choice() -> None:
    form = family_form()
    scope = FormScope(form, ANSWERS, ("way", "town"), NOW)
    scope.choice = form.choices["town"][0]
    assert scope.at_path(("region",), False) == Nodes(("north",))
    assert scope.at_path(("label",), False) == Nodes(("A-town",))
    assert scope.at_path(("nothing",), False) == Nodes(("",))


def test_a_choice_is_called_by_its_label() -> None:
    scope = FormScope(family_form(), ANSWERS, ("guardian",), NOW)
    assert scope.choice_label("north", "region") == "North"
    assert scope.choice_label("west", "region") == scope.choice_label("x", "nobody") == ""


def test_a_date_is_a_date() -> None:
    form = form_of([question("date", "born"), question("text", "x")])
    assert FormScope(form, {"born": "2020-01-02"}, ("x",), NOW).named("born") == Nodes((date(2020, 1, 2),))
    assert FormScope(form, {"born": "soon"}, ("born",), NOW).here() == Nodes(("soon",))
