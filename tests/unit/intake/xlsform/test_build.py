from tests.unit.intake.books import form_of, question, read
from waystation.intake.faults import FaultCode
from waystation.intake.forms.form import Kind, Question, Section
from waystation.intake.xlsform.build import build_form

YES = ({"list_name": "yn", "name": "yes", "label": "Yes"}, {"list_name": "yn", "name": "no", "label": "No"})


def only(form_rows: list[dict[str, str]]) -> Question:
    part = form_of(form_rows, YES).children[0]
    assert isinstance(part, Question)
    return part


def test_everything_a_row_says_is_kept() -> None:
    part = only([
        question(
            "integer", "age", "Age", hint="In years", guidance_hint="Ask kindly", required="yes", relevant="1 = 1",
            constraint=". > 0", constraint_message="Above 0", required_message="Needed", default="3", read_only="yes",
        )
    ])  # fmt: skip
    assert (part.kind, part.row, part.labels, part.hints) == (
        Kind.INTEGER,
        2,
        {"": "Age"},
        {"": "In years\nAsk kindly"},
    )
    assert (part.required, part.relevant, part.constraint, part.default) == ("true()", "1 = 1", ". > 0", "3")
    assert (part.constraint_words, part.required_words, part.read_only) == ({"": "Above 0"}, {"": "Needed"}, True)


def test_required_may_be_no_or_a_condition() -> None:
    assert only([question("text", "a", required="no")]).required == ""
    assert only([question("text", "a", required="false")]).required == ""
    assert only([question("text", "a", required="1 = 1")]).required == "1 = 1"


def test_translations_keep_their_languages_in_order() -> None:
    row = {"type": "text", "name": "a", "label::English (en)": "Name", "label::한국어 (ko)": "이름"}
    form = form_of([row])
    assert form.languages == ("English (en)", "한국어 (ko)")
    assert form.children[0].labels["한국어 (ko)"] == "이름"


def test_a_range_has_its_ends() -> None:
    part = only([question("range", "pain", parameters="start=0 end=10 step=1")])
    assert (part.kind, part.lowest, part.highest) == (Kind.DECIMAL, 0, 10)


def test_or_other_asks_what_else() -> None:
    form = form_of([question("select_one yn or_other", "sure")], YES)
    assert [part.name for part in form.children] == ["sure", "sure_other"]
    assert [choice.name for choice in form.choices["yn"]] == ["yes", "no", "other"]


def test_a_loop_becomes_a_section_for_each_column() -> None:
    rows = [
        {"type": "begin loop over yn", "name": "each", "label": "Each"},
        question("integer", "count", "How many %(label)s?"),
        {"type": "end loop"},
    ]
    form = form_of(rows, YES)
    assert [part.path for part in form.questions] == [("each", "yes", "count"), ("each", "no", "count")]
    assert form.questions[0].labels == {"": "How many Yes?"}


def test_a_repeat_and_its_count() -> None:
    rows = [
        question("integer", "n"),
        {"type": "begin repeat", "name": "r", "label": "R", "repeat_count": "${n}"},
        question("text", "x"),
        {"type": "end repeat"},
    ]
    part = form_of(rows).children[1]
    assert isinstance(part, Section)
    assert (part.repeats, part.count) == (True, "${n}")


def test_what_has_no_place_is_named_with_its_row() -> None:
    reading = read(
        [
            question("text", "a"),
            question("image", "face"),
            question("sorcery", "b"),
            question("select_one_from_file towns.csv", "c"),
            question("geotrace", "way"),
            question("deviceid", "device"),
            question("text", "e", trigger="${a}", calculation="1"),
        ]
    )
    assert [(each.code, each.row, each.column) for each in reading.faults] == [
        (FaultCode.TYPE_UNSUPPORTED, 3, "face"),
        (FaultCode.TYPE_UNKNOWN, 4, "b"),
        (FaultCode.LIST_UNKNOWN, 5, "c"),
        (FaultCode.TYPE_UNSUPPORTED, 6, "way"),
        (FaultCode.TYPE_UNSUPPORTED, 7, "device"),
        (FaultCode.SETTING_UNSUPPORTED, 8, "e"),
    ]
    assert reading.form is not None
    assert [part.name for part in reading.form.children] == ["a", "e"]


def test_an_empty_tree_is_an_empty_form() -> None:
    form, faults = build_form({})
    assert (form.children, faults) == ((), [])
