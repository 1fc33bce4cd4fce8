from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from waystation.intake.writing.cells import LONGEST, Cell, CellTooLongError, cell_words, is_number


@pytest.mark.parametrize(
    ("cell", "text"),
    [(None, ""), (True, "TRUE"), (-5, "-5"), (Decimal("-1.50"), "-1.50"), ("-5", "'-5"), (date(2026, 3, 5), "2026-03-05"),
     (datetime(2026, 3, 5, 9, 30, tzinfo=UTC), "2026-03-05T09:30:00+00:00")],
)  # fmt: skip
def test_values_are_written_as_values(cell: Cell, text: str) -> None:
    assert cell_words(cell) == text


def test_truth_is_no_number() -> None:
    assert [is_number(cell) for cell in (True, 1, Decimal(1), "1")] == [False, True, True, False]


def test_nothing_is_cut_silently() -> None:
    with pytest.raises(CellTooLongError):
        cell_words("x" * (LONGEST + 1))
