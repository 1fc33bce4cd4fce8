import pytest

from waystation.intake.forms.form import Kind, Question
from waystation.intake.forms.kinds import fits


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        (Kind.INTEGER, ["3", "-2"], ["3.5", "x", "2026-03-05", "1e3"]),
        (Kind.DECIMAL, ["3.5", "-2", "1e3"], ["x", "1e999", "2026-03-05"]),
        (Kind.DATE, ["2026-03-05"], ["2026-02-30", "5.3.2026", "20260305"]),
        (Kind.TIME, ["09:30", "09:30:00.000Z", "09:30+09:00"], ["25:00", "x"]),
        (Kind.MOMENT, ["2026-03-05T09:30", "2026-03-05T09:30:00.000+09:00"], ["2026-03-05", "x"]),
        (Kind.TEXT, ["anything"], []),
    ],
)
def test_answers_fit_their_kind(kind: Kind, good: list[str], bad: list[str]) -> None:
    question = Question(("q",), kind)
    assert all(fits(question, text) for text in good)
    assert not any(fits(question, text) for text in bad)


def test_a_range_bounds_both_ends() -> None:
    question = Question(("q",), Kind.DECIMAL, lowest=1, highest=5)
    assert [fits(question, text) for text in ("0", "1", "5", "6")] == [False, True, True, False]
