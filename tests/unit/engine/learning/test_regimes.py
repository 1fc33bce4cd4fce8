from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.engine.learning.folders import AS_OF, outcome
from waystation.engine.learning.regimes import begun, latest_begin, weight_of
from waystation.engine.model import Regime

CLOSED = Regime("closed", date(2020, 1, 30), 0.5)
PATROLS = Regime("patrols", date(2023, 7, 1), 0.4, frozenset({"L1"}))
LATER = Regime("later", date(2030, 1, 1), 0.0)
ALL = (PATROLS, CLOSED, LATER)


@pytest.mark.parametrize(
    ("leg", "day", "weight"),
    [
        ("L1", date(2019, 1, 1), 0.2),
        ("L2", date(2019, 1, 1), 0.5),
        ("L1", date(2021, 1, 1), 0.4),
        ("L1", date(2023, 7, 1), 1.0),
        ("L2", date(2021, 1, 1), 1.0),
    ],
)
def test_an_outcome_keeps_the_discounts_of_what_began_after_it(leg: str, day: date, weight: float) -> None:
    assert weight_of(outcome(leg, on=day), ALL, AS_OF) == pytest.approx(weight)


def test_the_regime_an_outcome_names_goes_before_its_day() -> None:
    late = outcome("L1", on=date(2024, 1, 1), regime="closed")
    assert weight_of(late, ALL, AS_OF) == pytest.approx(0.4)
    assert weight_of(outcome("L1", on=date(2024, 1, 1), regime="unheard of"), ALL, AS_OF) == 1.0


def test_what_has_begun_stands_in_the_order_of_its_days() -> None:
    assert begun(ALL, "L1", AS_OF) == (CLOSED, PATROLS)
    assert begun(ALL, "L2", AS_OF) == (CLOSED,)


def test_a_question_about_any_leg_is_renewed_by_regimes_of_all_legs_only() -> None:
    assert latest_begin(ALL, "L1", AS_OF) == date(2023, 7, 1)
    assert latest_begin(ALL, None, AS_OF) == date(2020, 1, 30)
    assert latest_begin((), "L1", AS_OF) is None


@settings(deadline=None)
@given(st.dates(date(2010, 1, 1), AS_OF), st.dates(date(2010, 1, 1), AS_OF))
def test_a_discount_of_one_is_no_regime(day: date, begins: date) -> None:
    assert weight_of(outcome("L1", on=day), [Regime("r", begins, 1.0)], AS_OF) == 1.0
