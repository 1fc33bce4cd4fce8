import pytest

from waystation.engine.model import Estimate


def test_counts_lie_in_order_within_those_spoken_of() -> None:
    assert Estimate(100, 1, 8, 3, 0.8).best == 3
    for lowest, highest, best in ((4, 8, 3), (1, 2, 3), (-1, 8, 3), (1, 101, 3)):
        with pytest.raises(ValueError, match="lowest <= best <= highest"):
            Estimate(100, lowest, highest, best, 0.8)


@pytest.mark.parametrize("sure", [0.0, 1.0, 80.0])
def test_nobody_is_quite_sure_or_quite_unsure(sure: float) -> None:
    with pytest.raises(ValueError, match="how sure"):
        Estimate(100, 1, 8, 3, sure)
