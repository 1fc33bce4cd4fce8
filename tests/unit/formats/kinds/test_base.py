from waystation.formats.kinds.base import CellError, quoted


def test_a_cell_error_says_what_is_wrong_and_what_would_be_right() -> None:
    error = CellError("'x' is not a number", "write digits")
    assert (error.what, error.right) == ("'x' is not a number", "write digits")
    assert str(error) == "'x' is not a number; write digits"


def test_a_quoted_text_is_short_and_on_one_line() -> None:
    assert quoted("a\nb") == r"'a\nb'"
    assert len(quoted("x" * 1000)) == 42
    assert quoted("x" * 40) == f"'{'x' * 40}'"
