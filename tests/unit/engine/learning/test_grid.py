import numpy as np
import pytest
from scipy.special import betaincinv

from waystation.engine.learning.grid import CHANCES, LEAST_ALIKE, MOST_ALIKE, beta_masses, family, moments, quantile

SHAPES = [(0.02, 1.5), (0.5, 0.5), (1.0, 1.0), (1.5, 337.5), (30.0, 70.0), (200.0, 4.0), (6.0, 0.05)]


@pytest.mark.parametrize(("a", "b"), SHAPES)
def test_masses_are_those_of_the_beta(a: float, b: float) -> None:
    mass = beta_masses(np.array([a]), np.array([b]))
    assert mass.sum() == pytest.approx(1.0, abs=1e-12)
    mean, weight = moments(mass)
    assert mean[0] == pytest.approx(a / (a + b), rel=2e-3, abs=1e-5)
    assert weight[0] == pytest.approx(a + b, rel=2e-2)
    for part in (0.1, 0.5, 0.9):
        exact = betaincinv(a, b, part)
        angle = np.arcsin(np.sqrt(quantile(mass, part)[0]))
        assert angle == pytest.approx(np.arcsin(np.sqrt(exact)), abs=np.pi / 1000 + 1e-6)  # a cell is the limit


def test_a_family_covers_its_angles_evenly() -> None:
    found = family(0.0, np.pi / 2.0, 4, 3)
    assert found.mass.shape == (12, len(CHANCES))
    assert np.allclose(np.arcsin(np.sqrt(np.unique(found.mean))), (np.arange(4) + 0.5) * np.pi / 8.0)
    alike = np.unique((found.concentration * found.mean * (1.0 - found.mean)).round(9))
    assert len(alike) == 3
    assert np.allclose(np.diff(np.log(alike)), np.log(MOST_ALIKE / LEAST_ALIKE) / 3)


def test_quantiles_grow_with_the_part() -> None:
    mass = beta_masses(np.array([2.0, 0.1]), np.array([9.0, 3.0]))
    parts = np.array([quantile(mass, part) for part in np.linspace(0.01, 0.99, 30)])
    assert (np.diff(parts, axis=0) >= 0.0).all()
