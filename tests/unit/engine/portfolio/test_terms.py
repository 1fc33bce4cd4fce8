import pytest

from waystation.engine.model import Urgency
from waystation.engine.portfolio.terms import USUAL_DELAY, USUAL_WEIGHTS, Terms


def test_urgency_counts_and_so_does_its_delay() -> None:
    terms = Terms()
    assert terms.worth(Urgency.EMERGENCY, 0) == 3.0
    assert terms.worth(Urgency.EMERGENCY, 2) == pytest.approx(3.0 * 0.95**2)
    assert set(USUAL_WEIGHTS) == set(USUAL_DELAY) == set(Urgency)
    lost = [terms.worth(each, 0) - terms.worth(each, 1) for each in Urgency]
    assert lost == sorted(lost, reverse=True)
