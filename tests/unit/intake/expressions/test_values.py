import math
from datetime import UTC, date, datetime

import pytest

from waystation.intake.expressions.values import Nodes, Value, compare, to_date, to_number, to_text, to_truth


@pytest.mark.parametrize(
    ("value", "text"),
    [(3.0, "3"), (2.5, "2.5"), (math.nan, ""), (math.inf, ""), (True, "true"), (date(2026, 3, 5), "2026-03-05"),
     (Nodes(), ""), (Nodes(("a", "b")), "a")],
)  # fmt: skip
def test_values_as_text(value: Value, text: str) -> None:
    assert to_text(value) == text


def test_a_date_is_a_number_of_days() -> None:
    assert to_number(date(1970, 1, 2)) == 1
    assert to_number("1970-01-03") == 2
    assert to_number(datetime(1970, 1, 2, 12, tzinfo=UTC)) == 1.5
    assert to_date(1.0) == date(1970, 1, 2)


@pytest.mark.parametrize("value", ["", "x", "1e", "0x10", "--1", "2026-13-01", "1_000", "٣x"])
def test_what_is_no_number_is_nan(value: str) -> None:
    assert math.isnan(to_number(value))


@pytest.mark.parametrize("value", ["2026-02-30", "9999999", 1e12, math.nan, True, ""])
def test_what_is_no_date_is_none(value: Value) -> None:
    assert to_date(value) is None


def test_truth_is_xpaths() -> None:
    assert [to_truth(value) for value in (0.0, math.nan, "", Nodes(), False)] == [False] * 5
    assert [to_truth(value) for value in (0.5, "0", Nodes(("x",)), True, date(2026, 1, 1))] == [True] * 5


def test_comparisons() -> None:
    assert compare("=", Nodes(("a", "b")), "b")
    assert compare("!=", Nodes(("a", "b")), "b")
    assert not compare("=", Nodes(), "")
    assert compare("=", "3.0", 3.0)
    assert not compare("=", "3.0", "3")
    assert compare("<", date(2020, 1, 1), "2021-01-01")
    assert not compare("<", "", 5.0)
    assert compare("=", True, "x")
