import pytest

from waystation.engine.model.belief import NEVER, Belief


@pytest.mark.parametrize("mean", [0.0, 0.5, 1.0])
def test_a_chance_may_be_anything_from_0_to_1(mean: float) -> None:
    assert Belief(mean).mean == mean


@pytest.mark.parametrize("mean", [-1e-9, 1.0 + 1e-9, float("nan")])
def test_no_chance_lies_beyond(mean: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        Belief(mean)


@pytest.mark.parametrize("weight", [0.0, -1.0, float("nan")])
def test_a_belief_without_weight_is_none(weight: float) -> None:
    with pytest.raises(ValueError, match="weight of evidence is above 0"):
        Belief(0.5, weight)


def test_what_cannot_happen() -> None:
    assert NEVER.mean == 0.0
    assert Belief(0.1).weight == 10.0
