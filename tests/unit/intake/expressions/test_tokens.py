import pytest

from waystation.intake.expressions.syntax import ExpressionError
from waystation.intake.expressions.tokens import tokens_of


def test_words_between_operands_are_operators_and_names_elsewhere() -> None:
    found = [(token.kind, token.text) for token in tokens_of("div div mod * 2")]
    assert found == [("name", "div"), ("operator", "div"), ("name", "mod"), ("operator", "*"), ("number", "2")]


def test_round_quotation_marks_are_straightened() -> None:
    assert [token.text for token in tokens_of("${ a }=‘x’")] == ["a", "=", "'x'"]


@pytest.mark.parametrize("text", ["#", "${a", "'open", "1 ; 2", "\\"])
def test_what_no_expression_holds_is_refused(text: str) -> None:
    with pytest.raises(ExpressionError):
        tokens_of(text)


def test_an_endless_expression_is_refused() -> None:
    with pytest.raises(ExpressionError):
        tokens_of("1+" * 9_000 + "1")
    with pytest.raises(ExpressionError):
        tokens_of("1+" * 2_000 + "1")
