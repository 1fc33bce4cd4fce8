"""Simulation-based calibration: intervals hold the truth as often as they say, over organisations whose truth is known.

Talts and others (2018), arXiv:1804.06788. Organisations of the long test: 1,000; of the ordinary run: 20.
"""

import numpy as np
import pytest

from tests.oracle.synthetic_organisations import Pool, as_believed, as_in_the_field, covered, days_covered, organisation


def coverage_of(organisations: int, coverage: float, pool: Pool, seed: int = 11) -> float:
    rng = np.random.default_rng(seed)
    return float(np.mean([hit for _ in range(organisations) for hit in covered(organisation(rng, pool), coverage)]))


def test_a_few_organisations() -> None:
    assert coverage_of(20, 0.8, as_believed) == pytest.approx(0.8, abs=0.05)


@pytest.mark.long
@pytest.mark.parametrize("coverage", [0.8, 0.9])
def test_a_thousand_organisations_are_covered_within_two_points(coverage: float) -> None:
    assert coverage_of(1000, coverage, as_believed) == pytest.approx(coverage, abs=0.02)


@pytest.mark.long
@pytest.mark.parametrize("coverage", [0.8, 0.9])
def test_organisations_as_published_ones_look_are_covered_within_three(coverage: float) -> None:
    """Their risks are drawn from another distribution than the one believed in: 0.5 to 10 per cent a leg."""
    assert coverage_of(1000, coverage, as_in_the_field) == pytest.approx(coverage, abs=0.03)


@pytest.mark.long
@pytest.mark.parametrize("coverage", [0.8, 0.9])
def test_durations_of_a_thousand_organisations_too(coverage: float) -> None:
    rng = np.random.default_rng(12)
    found = [hit for _ in range(1000) for hit in days_covered(organisation(rng, as_believed), coverage)]
    assert np.mean(found) == pytest.approx(coverage, abs=0.02)


def test_intervals_that_are_too_narrow_would_be_noticed() -> None:
    assert coverage_of(8, 0.4, as_believed) < 0.6
