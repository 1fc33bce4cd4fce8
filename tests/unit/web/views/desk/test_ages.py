from datetime import date

import pytest

from waystation.cases.models import AGE_BANDS
from waystation.web.views.desk.ages import BANDS, band_of

TODAY = date(2031, 3, 1)


@pytest.mark.parametrize(
    ("born", "band"),
    [
        ("2031-02-28", "0-4"),
        ("2026-03-01", "5-11"),
        ("2026-03-02", "0-4"),
        ("2013-03-01", "18-59"),
        ("2013-03-02", "12-17"),
        ("2013", "12-17"),
        ("2012", "18-59"),
        ("2013-02", "18-59"),
        ("2013-03", "12-17"),
        ("1971-03-01", "60-74"),
        ("1956-03-01", "75+"),
        ("1900", "75+"),
    ],
)
def test_who_may_still_be_a_child_counts_as_one(born: str, band: str) -> None:
    assert band_of(born, TODAY) == band


def test_the_bands_are_the_planners() -> None:
    assert [band for _, band in BANDS] == list(AGE_BANDS[:5])
