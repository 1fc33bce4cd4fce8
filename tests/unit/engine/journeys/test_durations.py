from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.engine.processes import few
from waystation.engine.journeys.durations import slot_chances
from waystation.engine.model import Days

HOURS = st.sampled_from([1, 2, 3, 4, 6, 8, 12, 24])


@st.composite
def triangles(draw: st.DrawFn) -> Days:
    low = draw(st.floats(0.05, 5.0))
    likely = low + draw(st.sampled_from([0.0, 0.25, 1.0, 2.5]))
    return Days(low, likely, likely + draw(st.sampled_from([0.0, 0.1, 1.0, 4.0])))


def integrated(days: Days, low: float, high: float) -> float:
    """Integrate the triangular density between two numbers of days by the midpoint rule on a fine grid."""
    cells = 4000
    x = low + (np.arange(cells) + 0.5) * (high - low) / cells
    peak = 2.0 / (days.high - days.low)
    rising = peak * (x - days.low) / max(days.likely - days.low, 1e-300)
    falling = peak * (days.high - x) / max(days.high - days.likely, 1e-300)
    density = np.where(x < days.likely, rising, falling)
    inside = (x >= days.low) & (x <= days.high)
    return float(np.where(inside, density, 0.0).sum() * (high - low) / cells)


@given(triangles(), HOURS)
@few
def test_the_chances_are_a_distribution_over_whole_slots(days: Days, hours: int) -> None:
    chances = slot_chances(days, hours)
    assert sum(chances.values()) == pytest.approx(1.0, abs=1e-12)
    assert list(chances) == sorted(chances)
    assert min(chances) >= 1
    assert all(chance > 0.0 for chance in chances.values())


@given(triangles().filter(lambda days: days.low < days.high), st.sampled_from([6, 12, 24]))
@few
def test_each_is_the_integral_of_the_density_over_its_slot(days: Days, hours: int) -> None:
    for slots, chance in slot_chances(days, hours).items():
        assert chance == pytest.approx(integrated(days, (slots - 1) * hours / 24, slots * hours / 24), abs=2e-3)


def test_a_triangle_worked_out_by_hand() -> None:
    # 1, 1.5, 3 days: the density rises to 1 at 1.5 and falls to 0 at 3. Half days: (1, 1.5], (1.5, 2], (2, 2.5], (2.5, 3].
    chances = slot_chances(Days(1.0, 1.5, 3.0), 12)
    by_hand = {3: Fraction(1, 4), 4: Fraction(5, 12), 5: Fraction(1, 4), 6: Fraction(1, 12)}
    assert chances == pytest.approx({slots: float(chance) for slots, chance in by_hand.items()}, abs=1e-15)


def test_a_peak_at_either_end() -> None:
    assert slot_chances(Days(1.0, 1.0, 3.0), 24) == pytest.approx({2: 0.75, 3: 0.25})
    assert slot_chances(Days(1.0, 3.0, 3.0), 24) == pytest.approx({2: 0.25, 3: 0.75})


@pytest.mark.parametrize(
    ("days", "hours", "slots"),
    [(1.0, 24, 1), (1.0, 12, 2), (1.1, 12, 3), (0.01, 24, 1), (0.25, 12, 1), (0.1, 1, 3), (7 / 24, 1, 7), (2.5, 6, 10)],
)
def test_a_fixed_duration_is_rounded_up_to_whole_slots(days: float, hours: int, slots: int) -> None:
    assert slot_chances(Days(days, days, days), hours) == {slots: 1.0}


def test_what_is_shorter_than_a_slot_takes_one() -> None:
    assert slot_chances(Days(0.1, 0.2, 0.3), 12) == {1: 1.0}
