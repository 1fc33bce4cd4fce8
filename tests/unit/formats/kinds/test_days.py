from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waystation.engine.model import DateRange
from waystation.formats.kinds import PLAIN, CellError, DateRanges, Day, Months, Weekdays


@pytest.mark.parametrize(
    "text",
    [
        "2026-12-31",
        "2026/12/31",
        "2026.12.31",
        "2026. 12. 31.",
        "2026년 12월 31일",
        "2026-12-31 00:00:00",
        "2026-12-31T00:00:00.000Z",
        "2026-12-31 0:00",
        "31/12/2026",
        "12/31/2026",
        "31.12.2026",
        "31-12-2026",
        "46387",
        "46387.0",
    ],
)
def test_a_day_as_spreadsheets_write_it(text: str) -> None:
    assert Day().read(text, PLAIN) == date(2026, 12, 31)


def test_a_day_that_reads_the_same_both_ways() -> None:
    assert Day().read("05/05/2026", PLAIN) == date(2026, 5, 5)


def test_a_day_that_could_be_two_is_a_fault() -> None:
    with pytest.raises(CellError, match="could be two days"):
        Day().read("03/04/2026", PLAIN)


@pytest.mark.parametrize("text", ["2026-02-30", "31/31/2026", "2026-13-01", "0000-01-01", "31/04/2026"])
def test_days_that_no_calendar_has(text: str) -> None:
    with pytest.raises(CellError, match="not a day of the calendar"):
        Day().read(text, PLAIN)


@pytest.mark.parametrize(
    "text", ["31/12/26", "2026-12-31 14:00", "12", "463870", "tomorrow", "2026-12/31", "46387.5", "２０２６-12-31"]
)
def test_what_is_no_date(text: str) -> None:
    with pytest.raises(CellError, match="is not a date"):
        Day().read(text, PLAIN)


@settings(deadline=None)
@given(st.dates(date(1970, 1, 1), date(2100, 1, 1)))
def test_a_serial_number_is_the_day_a_spreadsheet_means(day: date) -> None:
    assert Day().read(str((day - date(1899, 12, 30)).days), PLAIN) == day
    assert Day().read(Day().show(day, PLAIN), PLAIN) == day


def test_ranges_of_days() -> None:
    read = DateRanges().read("2026-11-01..2027-03-31|2027-05-01..|..2020-01-01|2026-12-24", PLAIN)
    assert read == (
        DateRange(date(2026, 11, 1), date(2027, 3, 31)),
        DateRange(date(2027, 5, 1), None),
        DateRange(None, date(2020, 1, 1)),
        DateRange(date(2026, 12, 24), date(2026, 12, 24)),
    )
    assert DateRanges().read(DateRanges().show(read, PLAIN), PLAIN) == read


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("..", "open on both sides"),
        ("2027-01-02..2027-01-01", "ends before"),
        ("x..", "not a date"),
        ("|", "not a date"),
    ],
)
def test_wrong_ranges(text: str, what: str) -> None:
    with pytest.raises(CellError, match=what):
        DateRanges().read(text, PLAIN)


def test_weekdays() -> None:
    assert Weekdays().read("Thursday|MON| sun", PLAIN) == (0, 3, 6)
    assert Weekdays().show((0, 3, 6), PLAIN) == "mon|thu|sun"
    for text in ("mond", "mon|mon", "montag", "mon|"):
        with pytest.raises(CellError):
            Weekdays().read(text, PLAIN)


def test_months() -> None:
    assert Months().read("12|01|2", PLAIN) == (1, 2, 12)
    assert Months().show((1, 2, 12), PLAIN) == "1|2|12"
    for text in ("0", "13", "6|6", "June", "6|", "٦"):
        with pytest.raises(CellError):
            Months().read(text, PLAIN)
