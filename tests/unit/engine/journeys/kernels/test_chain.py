from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.unit.engine.processes import few, seeds
from waystation.engine.journeys.kernels.chain import carry


@given(seeds, st.lists(st.booleans(), min_size=3, max_size=3))
@few
def test_carrying_by_one_condition_after_another_is_the_product_of_their_matrices(seed: int, told: list[bool]) -> None:
    rng = np.random.default_rng(seed)
    sizes = rng.integers(1, 4, 3)
    matrices = [rng.dirichlet(np.ones(size), size) for size in sizes]
    joint: NDArray[np.floating[Any]] = np.ones((1, 1))
    for matrix, matters in zip(matrices, told, strict=True):
        if matters:
            joint = np.kron(joint, matrix)
    C, K, B = len(joint), 2, 3
    source, result = rng.random((C, K, B)), np.full((C, K, B), -1.0)
    steps = np.concatenate([matrix.ravel() for matrix in matrices])
    carry(source, result, np.empty((2, C, K, B)), steps, sizes, np.array(told), C, B - 2)
    assert result[..., : B - 1] == pytest.approx(np.einsum("ab,bkm->akm", joint, source)[..., : B - 1], abs=1e-14)
    assert (result[..., B - 1] == -1.0).all()
