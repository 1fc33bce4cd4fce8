import pytest

from tests.unit.intake.expressions.scopes import text_of, truth_of
from waystation.intake.expressions.parse import parse
from waystation.intake.expressions.syntax import ExpressionError, Here, Path
from waystation.intake.faults import FaultCode


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("1 + 2 * 3", "7"),
        ("(1 + 2) * 3", "9"),
        ("10 - 3 - 2", "5"),
        ("7 mod 4 * 2", "6"),
        ("12 div 4 div 3", "1"),
        ("--3", "3"),
        ("-2 + 5", "3"),
        ("2 - -2", "4"),
    ],
)
def test_operators_bind_as_in_xpath(expression: str, text: str) -> None:
    assert text_of(expression) == text


def test_and_binds_tighter_than_or_and_comparisons_tighter_still() -> None:
    assert truth_of("true() or false() and false()")
    assert not truth_of("(true() or false()) and false()")
    assert truth_of("1 = 1 and 2 > 1")
    assert truth_of("1 < 2 = true()")


def test_paths() -> None:
    assert parse("../a/b") == Path(("..", "a", "b"))
    assert parse("/data/a") == Path(("data", "a"), absolute=True)
    assert parse("./a") == Path(("a",))
    assert parse("current()/../a") == Path(("..", "a"))
    assert parse(".") == parse("current()/.") == Here()


@pytest.mark.parametrize(
    ("expression", "code"),
    [
        ("pulldata('a', 'b', 'c', 'd')", FaultCode.FUNCTION_UNSUPPORTED),
        ("random()", FaultCode.FUNCTION_UNSUPPORTED),
        ("uuid()", FaultCode.FUNCTION_UNSUPPORTED),
        ("../a[1]", FaultCode.EXPRESSION_UNREADABLE),
        ("//a", FaultCode.EXPRESSION_UNREADABLE),
        ("a | b", FaultCode.EXPRESSION_UNREADABLE),
        ("@a", FaultCode.EXPRESSION_UNREADABLE),
        ("instance('x')/root/item[name=1]/label", FaultCode.FUNCTION_UNSUPPORTED),
        ("selected(.)", FaultCode.EXPRESSION_UNREADABLE),
        ("1 +", FaultCode.EXPRESSION_UNREADABLE),
        ("", FaultCode.EXPRESSION_UNREADABLE),
        ("(1", FaultCode.EXPRESSION_UNREADABLE),
        ("1)", FaultCode.EXPRESSION_UNREADABLE),
        ("1 2", FaultCode.EXPRESSION_UNREADABLE),
        ("(" * 500 + "1" + ")" * 500, FaultCode.EXPRESSION_UNREADABLE),
    ],
)
def test_what_is_not_supported_is_refused_with_its_code(expression: str, code: FaultCode) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse(expression)
    assert caught.value.code is code
