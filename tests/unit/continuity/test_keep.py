from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waystation.continuity.keep import KEPT, KEYRING_DAYS, LAST, is_due, kept, kept_keyrings, stamp_of, time_of

NOW = datetime(2026, 11, 22, 4, 30, tzinfo=UTC)
TIMES = st.datetimes(datetime(2024, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001
    lambda at: at.replace(microsecond=0)
)


@given(TIMES)
@settings(deadline=None)
def test_a_stamp_says_its_time(at: datetime) -> None:
    assert time_of(stamp_of(at)) == at


@pytest.mark.parametrize("stamp", ["", "20261122", "20261122t043000", "20261322t043000z", "20261122T043000Z", "../x"])
def test_what_is_no_stamp_has_no_time(stamp: str) -> None:
    assert time_of(stamp) is None


def test_a_backup_is_due_once_a_day() -> None:
    assert is_due(None, NOW)
    assert not is_due(NOW - timedelta(hours=23), NOW)
    assert is_due(NOW - timedelta(hours=24), NOW)
    assert not is_due(NOW + timedelta(minutes=1), NOW)
    assert is_due(NOW + timedelta(days=2), NOW)


@given(st.sets(TIMES, max_size=60))
@settings(deadline=None, max_examples=60)
def test_the_newest_stays_and_what_stays_would_stay_again(times: set[datetime]) -> None:
    staying = kept(times)
    assert staying <= times
    assert set(sorted(times)[-LAST:]) <= staying
    assert kept(staying) == staying
    assert len(staying) <= LAST + sum(rule.count for rule in KEPT)


def test_a_year_of_daily_backups_thins_out() -> None:
    days = [NOW - timedelta(days=day) for day in range(400)]
    staying = sorted(kept(days), reverse=True)
    assert staying[:7] == days[:7]
    assert NOW - staying[-1] > timedelta(days=280)
    assert 18 <= len(staying) <= 24


@given(st.sets(TIMES, max_size=20))
@settings(deadline=None, max_examples=60)
def test_keyrings_live_shortly_but_for_the_newest(times: set[datetime]) -> None:
    now = datetime(2026, 6, 1, tzinfo=UTC)
    staying = kept_keyrings(times, now)
    assert not times or max(times) in staying
    assert all(now - at <= KEYRING_DAYS for at in staying - {max(times)}) if times else not staying
    assert all(at in staying for at in times if now - at <= KEYRING_DAYS)
