import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waystation.engine.learning.pooling import Own, family_posterior, nothing_own, pool

MASS = np.array([[0.7, 0.2, 0.1], [0.1, 0.3, 0.6]])
"""Two distributions over three cells."""

SHARED = np.log(np.array([[0.9, 0.5, 0.1], [0.8, 0.4, 0.3]]))


def by_hand() -> tuple[np.ndarray, np.ndarray]:
    likelihood = np.exp(SHARED)
    joint = np.zeros((2, 3, 3))
    for g in range(2):
        for i in range(3):
            for j in range(3):
                joint[g, i, j] = 0.5 * MASS[g, i] * likelihood[0, i] * MASS[g, j] * likelihood[1, j]
    joint /= joint.sum()
    return joint.sum(axis=(1, 2)), np.array([joint.sum(axis=(0, 2)), joint.sum(axis=(0, 1))])


def test_the_joint_posterior_summed_by_hand() -> None:
    found = pool(MASS, SHARED, nothing_own(2, 3))
    family, member = by_hand()
    assert found.family == pytest.approx(family)
    assert found.member == pytest.approx(member)


def test_judgement_of_one_member_does_not_reach_the_other() -> None:
    own = nothing_own(2, 3)
    own.log_likelihood[0] = np.log([0.01, 0.1, 1.0])
    plain, judged = pool(MASS, SHARED, nothing_own(2, 3)), pool(MASS, SHARED, own)
    assert judged.member[1] == pytest.approx(plain.member[1])
    assert judged.family == pytest.approx(plain.family)
    assert judged.member[0, 2] > plain.member[0, 2]


def test_readings_are_mixed_in_their_shares_whatever_the_data_say() -> None:
    first, second = (np.log(np.array([[0.9, 0.5, 0.1]])), np.log(np.array([[1e-6, 0.1, 1.0]])))
    alone = [
        pool(MASS, SHARED, Own(np.array([0, 1]), np.ones(2), np.vstack([r, np.zeros((1, 3))]))) for r in (first, second)
    ]
    both = Own(np.array([0, 0, 1]), np.array([0.3, 0.7, 1.0]), np.vstack([first, second, np.zeros((1, 3))]))
    mixed = pool(MASS, SHARED, both)
    assert mixed.member[0] == pytest.approx(0.3 * alone[0].member[0] + 0.7 * alone[1].member[0])


def test_a_prior_of_the_distributions_counts() -> None:
    sure = family_posterior(MASS, SHARED, np.array([0.0, -50.0]))
    assert sure[0] == pytest.approx(1.0)


@settings(deadline=None)
@given(st.permutations([0, 1, 2, 3]))
def test_the_order_of_members_does_not_matter(order: list[int]) -> None:
    shared = np.vstack([SHARED, SHARED[::-1] * 2.0])
    one, other = pool(MASS, shared, nothing_own(4, 3)), pool(MASS, shared[order], nothing_own(4, 3))
    assert other.member == pytest.approx(one.member[order])


def test_hopeless_evidence_stays_a_distribution() -> None:
    found = pool(MASS, SHARED * 1e5, nothing_own(2, 3))
    assert np.isfinite(found.member).all()
    assert found.member.sum(axis=1) == pytest.approx([1.0, 1.0])
