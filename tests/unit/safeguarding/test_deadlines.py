from datetime import UTC, datetime, timedelta

from waystation.safeguarding.deadlines import DEADLINES, Gravity

NOON = datetime(2031, 3, 1, 12, tzinfo=UTC)


def test_every_gravity_has_a_deadline_and_graver_is_sooner() -> None:
    assert set(DEADLINES) == set(Gravity)
    ordered = [DEADLINES[gravity] for gravity in (Gravity.HARM, Gravity.SERIOUS, Gravity.ORDINARY)]
    assert sorted(each.acknowledge for each in ordered) == [each.acknowledge for each in ordered]
    assert all(timedelta() < each.acknowledge <= each.answer for each in ordered)


def test_days_are_counted_from_when_it_came_in() -> None:
    assert DEADLINES[Gravity.HARM].dates(NOON) == (NOON + timedelta(days=1), NOON + timedelta(days=14))
