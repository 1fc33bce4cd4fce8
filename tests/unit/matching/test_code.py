import pytest

from waystation.matching.code import CodeLevel, compare_codes, read_code


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        ("2776", "2776", CodeLevel.SAME),
        ("2776", "2767", CodeLevel.ONE_ERROR),
        ("2776", "2786", CodeLevel.ONE_ERROR),
        ("2776", "2886", CodeLevel.TWO_ERRORS),
        ("12", "34", CodeLevel.UNLIKE),
        ("2776", "3465", CodeLevel.UNLIKE),
    ],
)
def test_codes_agree_as_far_as_they_do(one: str, other: str, wanted: CodeLevel) -> None:
    assert compare_codes(one, other) is wanted


def test_a_code_is_its_letters_and_digits() -> None:
    assert read_code(" 12-B ") == "12b"
    assert read_code("-") is None
