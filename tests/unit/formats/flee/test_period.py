from datetime import date
from pathlib import Path

import pytest

from waystation.formats.flee.period import PUBLISHED_FIRST_DAYS, read_first_day


@pytest.mark.parametrize(
    "text", ["StartDate,2012-02-29\nLength,300\n", "#StartDate,2012-02-29\r\n", "\ufeffstart_date,2012-02-29,,\n"]
)
def test_the_first_day_is_read(tmp_path: Path, text: str) -> None:
    (tmp_path / "sim_period.csv").write_text(text, "utf-8")
    assert read_first_day(tmp_path) == (date(2012, 2, 29), [])


def test_without_the_file_nothing_is_said(tmp_path: Path) -> None:
    assert read_first_day(tmp_path) == (None, [])
    assert read_first_day(tmp_path / "nowhere") == (None, [])


@pytest.mark.parametrize(
    ("text", "where"),
    [(b"StartDate,2012-02-30\n", (1, 11)), (b"Length,300\n", (1, 1)), (b"", (1, 1)), (b"StartDate,\xe9\n", (1, 11))],
)
def test_a_mistake_is_a_fault(tmp_path: Path, text: bytes, where: tuple[int, int]) -> None:
    (tmp_path / "sim_period.csv").write_bytes(text)
    day, faults = read_first_day(tmp_path)
    assert day is None
    assert [(fault.file, fault.line, fault.column) for fault in faults] == [("sim_period.csv", *where)]


def test_published_days() -> None:
    assert PUBLISHED_FIRST_DAYS["mali2012"] == date(2012, 2, 29)
