from django.http import QueryDict
from tests.unit.intake.books import NOW, family_form, form_of, question

from waystation.intake.forms.filling import fill
from waystation.web.views.intake.shown import Item, answers_from, facts, input_name, items, place_of

FORM = family_form()


def by_name(answers: dict[str, object], *, checked: bool = False) -> dict[str, Item]:
    return {item.name: item for item in items(fill(FORM, answers, NOW), "", checked=checked)}


def posted(text: str) -> QueryDict:
    return QueryDict(text)


def test_what_is_not_relevant_or_computed_is_not_shown() -> None:
    shown = by_name({})
    assert "q/head" in shown
    assert "q/guardian" not in shown
    assert "q/children" not in shown
    assert "q/guardian" in by_name({"age": "9", "child": [{"first": "Bo"}]})


def test_each_kind_has_its_look() -> None:
    shown = by_name({"way": {"region": "south"}, "child": [{"first": "Bo"}]})
    assert shown["q/way"].what == "section"
    assert shown["q/child"].what == "repeat"
    assert shown["q/child/0"].what == "instance"
    assert shown["q/way/needs"].what == "several"
    assert shown["q/way/town"].choices == (("b", "B-town", False),)
    assert (shown["q/age"].what, shown["q/age"].mode) == ("line", "numeric")
    assert shown["q/way/region"].required


def test_what_is_wrong_is_said_in_the_forms_own_words_and_only_when_asked() -> None:
    assert by_name({"age": "200"})["q/age"].error == ""
    assert by_name({"age": "200"}, checked=True)["q/age"].error == "An age"
    assert by_name({}, checked=True)["q/way/region"].error


def test_places_are_only_those_of_the_form() -> None:
    assert place_of(FORM, "q/child/1/first") == ("child", 1, "first")
    assert place_of(FORM, input_name(("way", "town"))) == ("way", "town")
    for name in ("q/nobody", "head", "q/child/1/2/first", "q/child/999/first", "q/"):
        assert place_of(FORM, name) is None


def test_what_is_posted_is_put_over_what_was_kept() -> None:
    kept = {"guardian": "an aunt", "way": {"region": "north"}}
    found = answers_from(
        FORM, kept, posted("q/age=12&q/way/needs=&q/way/needs=rest&q/way/needs=food&q/nobody=x&q/child/first=y")
    )
    assert found == {"guardian": "an aunt", "age": "12", "way": {"region": "north", "needs": "rest food"}}
    assert kept == {"guardian": "an aunt", "way": {"region": "north"}}


def test_an_instance_is_added_and_taken_away() -> None:
    two = answers_from(FORM, {"child": [{"first": "A"}]}, posted("add=q/child"))
    assert two["child"] == [{"first": "A"}, {"first": ""}]
    assert answers_from(FORM, two, posted("remove=q/child/0"))["child"] == [{"first": ""}]
    assert answers_from(FORM, two, posted("remove=q/child/7&add=q/way"))["child"] == two["child"]


def test_a_read_only_answer_is_not_taken_from_the_browser() -> None:
    form = form_of([question("text", "a", default="x", read_only="yes"), question("text", "b")])
    assert answers_from(form, {"a": "x"}, posted("q/a=forged&q/b=y")) == {"a": "x", "b": "y"}


def test_what_was_answered_is_said_in_words() -> None:
    filled = fill(FORM, {"way": {"region": "north", "needs": "rest food"}, "child": [{"first": "Bo"}]}, NOW)
    assert facts(filled, "") == [
        ("Region", "North"),
        ("Needs", "Rest, Food"),
        ("First name 1", "Bo"),
        ("children", "1"),
    ]
