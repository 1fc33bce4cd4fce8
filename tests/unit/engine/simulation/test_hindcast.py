import math

import pytest

from waystation.engine.simulation.hindcast import Shock, hindcast
from waystation.kernel import BadInputError

STEADY = {2000 + n: 1000 for n in range(10)}
GROWING = {2000 + n: round(100 * 1.5**n) for n in range(10)}


def test_where_nothing_changes_nothing_is_gained_or_lost() -> None:
    found = hindcast(STEADY)
    assert [year.year for year in found.years] == list(range(2004, 2010))
    assert all(abs(year.gain) < 3 for year in found.years)
    assert found.coverage == 1.0
    assert found.mean_error("last_year") == 0.0
    assert found.mean_factor("last_year") == 1.0


def test_a_steady_growth_is_half_followed_and_never_seen_beforehand() -> None:
    found = hindcast(GROWING)
    for year in found.years:
        assert year.forecast == pytest.approx(year.last_year * 1.5**0.25, rel=0.03)
    assert (found.won, found.lost) == (6, 0)
    later = dict(GROWING) | {2009: 1}
    assert hindcast(later).years[:-1] == found.years[:-1]  # what comes later changes nothing before
    assert hindcast(later).years[-1].forecast == found.years[-1].forecast


def test_a_shock_is_told_in_its_own_column_only() -> None:
    told = hindcast(STEADY, [Shock(2006, "closed", 0.1)])
    year = told.years[2]
    assert (year.shock, year.told) == ("closed", 100.0)
    assert year.forecast == hindcast(STEADY).years[2].forecast
    assert told.mean_error("told") == pytest.approx(
        (900 + sum(abs(y.forecast - 1000) for y in told.years if not y.shock)) / 6
    )
    assert told.mean_factor("told") == pytest.approx(math.exp(math.log(10) / 6), rel=0.01)


@pytest.mark.parametrize(
    ("arrivals", "said"),
    [
        ({2000: 1, 2001: 2}, "2 years; at least 5"),
        (STEADY | {2011: 5}, "after 2009 comes 2011"),
        (STEADY | {2010: 0}, "in 2010 nobody arrived"),
    ],
)
def test_what_cannot_be_looked_back_on(arrivals: dict[int, int], said: str) -> None:
    with pytest.raises(BadInputError, match=said):
        hindcast(arrivals)
