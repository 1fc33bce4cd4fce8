from waystation.matching.entry import Entry
from waystation.matching.people import PEOPLE, PEOPLE_WEIGHTS
from waystation.matching.register import Likeness, Register
from waystation.matching.schema import STRAIGHT
from waystation.web.views.duplicates.shown import FIELDS, LEVEL_WORDS, agreeing_fields, rows_of
from waystation.web.wording import say


def likeness() -> Likeness:
    register = Register(PEOPLE_WEIGHTS)
    register.add(Entry("1", {"name": ("김성은",), "born": ("1965-03-08",)}))
    register.add(Entry("2", {"name": ("Kim Seung-eun",), "born": ("1965-08-03",), "place": ("Hyesan",)}))
    return register.between("1", "2")


def test_every_level_of_every_field_has_a_word_in_both_languages() -> None:
    for aspect in PEOPLE.aspects:
        if aspect.name in LEVEL_WORDS:
            assert len(LEVEL_WORDS[aspect.name]) == aspect.levels
            assert all(say(f"duplicates.agrees.{word}") for word in LEVEL_WORDS[aspect.name])
            assert say(f"duplicates.field.{FIELDS[aspect.name]}")
    assert STRAIGHT == 0


def test_differences_are_marked_and_what_is_missing_weighs_nothing() -> None:
    rows = {row.label: row for row in rows_of(likeness())}
    assert set(rows) == {"Family name", "Given name", "Born"}
    assert rows["Given name"].differs
    assert rows["Born"].differs
    assert rows["Born"].weight.startswith("+")


def test_what_agrees_is_named_without_any_value() -> None:
    assert agreeing_fields(likeness()) == "Family name · Given name · Born"
