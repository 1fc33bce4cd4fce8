from tests.unit.intake.books import family_form
from waystation.intake.forms.answers import MOST_INSTANCES, Answers, answer_at, path_of, places, put_answer


def test_an_answer_is_put_and_found() -> None:
    answers: Answers = {}
    put_answer(answers, ("child", 1, "first"), "Bo")
    put_answer(answers, ("way", "town"), "a")
    assert answers == {"child": [{}, {"first": "Bo"}], "way": {"town": "a"}}
    assert answer_at(answers, ("child", 1, "first")) == "Bo"
    assert answer_at(answers, ("child", 7, "first")) is None
    assert answer_at(answers, ("way", "town", "x")) is None


def test_nobody_has_so_many_children() -> None:
    answers: Answers = {}
    put_answer(answers, ("child", MOST_INSTANCES, "first"), "Bo")
    assert answers == {"child": []}


def test_places_go_through_every_instance() -> None:
    answers = {"child": [{"first": "A"}, {"first": "B"}]}
    found = [place for place, _ in places(family_form(), answers)]
    assert ("child", 1, "years") in found
    assert found.index(("child",)) < found.index(("child", 0, "first"))


def test_the_path_of_a_place_leaves_out_which_instance() -> None:
    assert path_of(("child", 1, "first")) == ("child", "first")
