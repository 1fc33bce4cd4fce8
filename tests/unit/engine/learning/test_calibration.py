import math
from datetime import date

import pytest

from waystation.engine.learning.calibration import calibration
from waystation.engine.model import ClosedAnswer

DAY = date(2026, 11, 2)


def answers(*pairs: tuple[float, bool | None], expert: str = "E1") -> list[ClosedAnswer]:
    return [ClosedAnswer(expert, f"Q{n}", chance, DAY, true) for n, (chance, true) in enumerate(pairs)]


def test_scores_by_hand() -> None:
    (record,) = calibration(answers((0.7, True), (0.4, False), (0.9, None)))
    assert (record.answers, record.awaited) == (2, 1)
    assert record.brier == pytest.approx((0.09 + 0.16) / 2)
    assert record.log_score == pytest.approx((math.log(0.7) + math.log(0.6)) / 2)


def test_always_one_half_scores_what_the_guide_says() -> None:
    (record,) = calibration(answers((0.5, True), (0.5, False)))
    assert record.brier == 0.25
    assert record.log_score == pytest.approx(-0.693, abs=5e-4)


def test_certainty_that_fails_is_bad_and_finite() -> None:
    (record,) = calibration(answers((1.0, False)))
    assert record.brier == 1.0
    assert record.log_score == pytest.approx(math.log(0.005))


def test_answers_are_grouped_by_their_chance() -> None:
    (record,) = calibration(answers((0.1, False), (0.2, True), (0.25, False), (0.6, True), (1.0, True)))
    assert [(p.answers, p.true) for p in record.points] == [(1, 0.0), (2, 0.5), (1, 1.0), (1, 1.0)]
    assert record.points[1].chance == pytest.approx(0.225)
    assert all(p.interval.low <= p.true <= p.interval.high for p in record.points)


def test_people_stand_by_their_codes_and_need_one_closed_question() -> None:
    found = calibration(
        [*answers((0.5, True), expert="E2"), *answers((0.5, False)), *answers((0.5, None), expert="E3")]
    )
    assert [record.expert for record in found] == ["E1", "E2"]
