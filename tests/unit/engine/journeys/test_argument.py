import pytest

from waystation.engine.journeys.argument import Asking


def test_asking_gains_the_difference() -> None:
    assert Asking("river", arrive_asked=0.75, arrive_unasked=0.5).gain == pytest.approx(0.25)
