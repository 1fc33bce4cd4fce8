from waystation.intake.expressions.parse import parse
from waystation.intake.expressions.syntax import Path, parts_of, references_in


def test_everything_inside_an_expression_is_found() -> None:
    expression = parse("if(${a} = -1, ../b, concat(${c}, 'x'))")
    assert references_in(expression) == {"a", "c"}
    assert [part for part in parts_of(expression) if isinstance(part, Path)] == [Path(("..", "b"))]


def test_a_name_in_quotes_is_a_reference_where_a_choice_is_named() -> None:
    assert references_in(parse("jr:choice-name(${town}, '${town}')")) == {"town"}
