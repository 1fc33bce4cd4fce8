import numpy as np
import pytest

from waystation.engine.journeys.kernels.spending import pay


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        (0.0, [0.5, 0.0, 0.5, 0.0]),
        (1.0, [0.0, 0.5, 0.0, 0.5]),
        (0.5, [0.25, 0.25, 0.25, 0.25]),
        (2.0, [0.0, 0.0, 0.5, 0.5]),
    ],
)
def test_a_price_between_two_steps_is_shared(amount: float, expected: list[float]) -> None:
    paid = np.ones(4)
    pay(np.array([0.5, 0.0, 0.5, 0.0]), amount, paid)
    assert paid.tolist() == expected
