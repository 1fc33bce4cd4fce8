from tests.unit.intake.books import family_form
from waystation.intake.forms.form import UNASKED, Kind, said


def test_parts_are_found_by_path_and_by_name() -> None:
    form = family_form()
    assert form.paths["town"] == ("way", "town")
    assert form.parts["child", "years"].name == "years"
    assert [question.name for question in form.questions][:2] == ["head", "age"]


def test_repeats_above() -> None:
    form = family_form()
    assert form.repeats_above(("child", "years")) == (("child",),)
    assert form.repeats_above(("way", "town")) == ()


def test_labels_of_choices() -> None:
    assert family_form().labels["region"]["north"].labels == {"": "North"}


def test_a_text_missing_in_a_language_is_said_in_the_first() -> None:
    assert said({"English (en)": "Age", "한국어 (ko)": "나이"}, "한국어 (ko)") == "나이"
    assert said({"English (en)": "Age"}, "한국어 (ko)") == "Age"
    assert said({}, "x") == ""


def test_nobody_is_asked_for_what_is_computed() -> None:
    assert Kind.CALCULATED in UNASKED
    assert Kind.TEXT not in UNASKED
