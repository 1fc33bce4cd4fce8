import pytest

from waystation.matching.date import DateLevel, PartialDate, compare_dates, keys_of, read_date


def level(one: str, other: str) -> DateLevel:
    dates = [read_date(text) for text in (one, other)]
    assert dates[0] is not None
    assert dates[1] is not None
    assert compare_dates(dates[0], dates[1]) is compare_dates(dates[1], dates[0])
    return compare_dates(dates[0], dates[1])


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        ("1961-03-08", "19610308", DateLevel.SAME),
        ("1961", "1961-03-08", DateLevel.AS_FAR_AS_KNOWN),
        ("1961-03", "1961-03-08", DateLevel.AS_FAR_AS_KNOWN),
        ("1961-03-08", "1961-08-03", DateLevel.SLIP),
        ("1961-03-08", "1916-03-08", DateLevel.SLIP),
        ("1961-03-08", "1961-03-09", DateLevel.SLIP),
        ("1961-03-08", "1961-03-25", DateLevel.PARTLY),
        ("1961-03-08", "1961-11-25", DateLevel.YEAR),
        ("1961", "1962", DateLevel.YEAR),
        ("1961-03", "1961-04", DateLevel.YEAR),
        ("1961", "1963", DateLevel.UNLIKE),
        ("1961-03-08", "1975-11-25", DateLevel.UNLIKE),
    ],
)
def test_dates_agree_as_far_as_they_do(one: str, other: str, wanted: DateLevel) -> None:
    assert level(one, other) is wanted


def test_what_is_no_date_is_not_read() -> None:
    assert read_date("spring 1961") is None
    assert read_date("1961-3") is None


def test_a_date_is_shown_as_far_as_it_is_known() -> None:
    assert [date.shown for date in (PartialDate(1961), PartialDate(1961, 3), PartialDate(1961, 3, 8))] == [
        "1961",
        "1961-03",
        "1961-03-08",
    ]


def test_day_and_month_changed_over_share_a_key() -> None:
    assert keys_of(PartialDate(1961, 3, 8)) & keys_of(PartialDate(1970, 8, 3)) == {"m0308"}
