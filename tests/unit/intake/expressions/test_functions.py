import pytest

from tests.unit.intake.expressions.scopes import text_of
from waystation.intake.expressions.evaluate import _Evaluation
from waystation.intake.expressions.functions import FUNCTIONS


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("selected('a bc d', 'bc')", "true"),
        ("selected('a bc d', 'b')", "false"),
        ("selected-at('a b c', 1)", "b"),
        ("selected-at('a b c', 9)", ""),
        ("count-selected('a b c')", "3"),
        ("not(1 = 2)", "true"),
        ("boolean('')", "false"),
        ("boolean-from-string('true')", "true"),
        ("checklist(1, 2, true(), false(), true())", "true"),
        ("checklist(-1, 1, true(), true())", "false"),
        ("number('4.50')", "4.5"),
        ("number('x')", ""),
        ("int(-2.7)", "-2"),
        ("round(2.5)", "3"),
        ("round(2.345, 2)", "2.35"),
        ("abs(-3)", "3"),
        ("floor(2.9)", "2"),
        ("ceiling(2.1)", "3"),
        ("sqrt(9)", "3"),
        ("sqrt(-9)", ""),
        ("exp(0)", "1"),
        ("log(1)", "0"),
        ("log10(100)", "2"),
        ("log(0)", ""),
        ("pow(2, 10)", "1024"),
        ("pow(-8, 0.5)", ""),
        ("pow(number('9e99'), 99)", ""),
        ("1 div 0", ""),
        ("5 mod 0", ""),
        ("sum(1, 2, 3)", "6"),
        ("min(3, 1, '')", "1"),
        ("max(3, 1)", "3"),
        ("max('')", ""),
        ("concat('a', 1, true())", "a1true"),
        ("string(3)", "3"),
        ("string-length('하늘')", "2"),
        ("normalize-space('  a   b ')", "a b"),
        ("contains('abc', 'b')", "true"),
        ("starts-with('abc', 'ab')", "true"),
        ("ends-with('abc', 'ab')", "false"),
        ("substr('abcdef', 1, 3)", "bc"),
        ("substr('abcdef', -2)", "ef"),
        ("substring('abcdef', 2, 3)", "bcd"),
        ("substring('abcdef', 4)", "def"),
        ("substring-before('2026-03', '-')", "2026"),
        ("substring-before('x', '-')", ""),
        ("substring-after('2026-03', '-')", "03"),
        ("translate('abc', 'ac', 'xy')", "xby"),
        ("translate('abc', 'b', '')", "ac"),
        ("regex('123', '[0-9]+')", "true"),
        ("regex('123', '(?=1)')", "false"),
        ("date('2026-03-05')", "2026-03-05"),
        ("date(0)", "1970-01-01"),
        ("date('no')", ""),
        ("date-time('2026-03-05T09:30:00Z')", "2026-03-05T09:30:00+00:00"),
        ("decimal-date-time('1970-01-11')", "10"),
        ("decimal-time('1970-01-11T12:00:00')", "0.5"),
        ("format-date('2026-03-05', '%e.%n.%Y %a %b')", "5.3.2026 Thu Mar"),
        ("format-date-time('2026-03-05T09:07:03', '%H:%M:%S %y%m%d %h')", "09:07:03 260305 9"),
        ("format-date('', '%Y')", ""),
    ],
)
def test_functions(expression: str, text: str) -> None:
    assert text_of(expression) == text


def test_functions_over_several_answers() -> None:
    assert text_of("sum(${n})", n=("1", "2", "", "x")) == "3"
    assert text_of("count(${n})", n=("1", "", "3")) == "3"
    assert text_of("count-non-empty(${n})", n=("1", "", "3")) == "2"
    assert text_of("join(', ', ${n})", n=("a", "b")) == "a, b"


def test_every_function_is_done_somewhere() -> None:
    for name, function in FUNCTIONS.items():
        assert function.fewest <= function.most
        special = f"_{name.replace('jr:', '').replace('-', '_')}"
        assert (function.work is not None) != hasattr(_Evaluation, special), name
