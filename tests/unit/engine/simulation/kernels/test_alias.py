import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.engine.processes import few
from waystation.engine.simulation.kernels.alias import FULL, fill_alias

Ints = "np.ndarray[tuple[int, ...], np.dtype[np.int64]]"


def shares(chance: list[float]) -> list[float]:
    """Return the chance of each transition as its limit and the aliases give it."""
    n = len(chance)
    limit, alias = np.empty(n, dtype=np.int64), np.empty(n, dtype=np.int64)
    fill_alias(np.array([0]), np.array([n]), np.array(chance), limit, alias)
    found = np.zeros(n)
    for x in range(n):
        found[x] += limit[x] / FULL / n
        found[alias[x]] += (1.0 - limit[x] / FULL) / n
    return list(found.tolist())


@given(st.lists(st.integers(1, 1000), min_size=1, max_size=40))
@few
def test_every_transition_keeps_its_chance(weights: list[int]) -> None:
    chance = [each / sum(weights) for each in weights]
    assert shares(chance) == pytest.approx(chance, abs=1e-9)


def test_states_keep_to_their_own_transitions() -> None:
    chance = np.array([0.9, 0.1, 0.3, 0.3, 0.4])
    limit, alias = np.empty(5, dtype=np.int64), np.empty(5, dtype=np.int64)
    fill_alias(np.array([0, 2, 0]), np.array([2, 3, 0]), chance, limit, alias)
    assert set(alias[:2].tolist()) <= {0, 1}
    assert set(alias[2:].tolist()) <= {2, 3, 4}
