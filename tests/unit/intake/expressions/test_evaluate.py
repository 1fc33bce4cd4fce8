import time
from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.intake.expressions.scopes import text_of, truth_of
from waystation.intake.expressions.syntax import ExpressionError


def test_what_is_chosen_not_to_be_evaluated_is_not() -> None:
    assert text_of("if(true(), 'a', concat('b', 1 div 0))") == "a"
    assert text_of("coalesce('', ${n}, 'z')", n="b") == "b"
    assert text_of("coalesce('', '')") == ""


def test_once_keeps_what_was_there() -> None:
    assert text_of("once('new')") == "new"
    assert text_of("once('new')", "old") == "old"


def test_time_and_place_come_from_the_scope() -> None:
    assert text_of("today()") == "2026-03-05"
    assert text_of("now()") == "2026-03-05T09:30:00+00:00"
    assert text_of("position(..)") == "2"
    assert truth_of(". <= today()", "2026-03-05")
    assert text_of("int((today() - ${born}) div 365.25)", born="2000-03-06") == "25"


def test_a_choice_is_named_by_its_question() -> None:
    assert text_of("jr:choice-name(${town}, '${town}')", town="a") == "town:a"
    assert text_of("jr:choice-name('a', '/data/way/town')") == "town:a"


def test_an_instance_is_taken_by_its_number() -> None:
    assert text_of("indexed-repeat(${n}, ${r}, 2)", n=("a", "b")) == "b"
    assert text_of("indexed-repeat(${n}, ${r}, 3)", n=("a", "b")) == ""


def test_no_expression_takes_long() -> None:
    began = time.process_time()
    many = tuple(str(number) for number in range(5_000))
    assert text_of("${n} = ${m}", n=many, m=many) == ""
    assert time.process_time() - began < 1


@settings(deadline=None, max_examples=80)
@given(st.text("abc${}()'.,+-*/<>= 0123 divmodandorif", max_size=40))
def test_any_text_is_refused_or_comes_to_something(text: str) -> None:
    with suppress(ExpressionError):
        assert isinstance(text_of(text, "x", a="1", b=("1", "2")), str)
