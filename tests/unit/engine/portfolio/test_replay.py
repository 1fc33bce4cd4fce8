import numpy as np
import pytest

from tests.unit.engine.portfolio.networks import FIRST, group_of, network_of
from tests.unit.engine.portfolio.test_pool import pool_for
from waystation.engine.portfolio.choose import choose
from waystation.engine.portfolio.replay import Replayer, offers_taken, paired, replay
from waystation.engine.portfolio.rows import RowKind


def test_replays_lead_on_average_where_the_forward_pass_says() -> None:
    groups = (group_of("a", 1), group_of("b", 2), group_of("d", 3))
    network = network_of(groups, funds=())
    pool = pool_for(network, groups)
    choice = choose(pool.instance)
    found = replay(network, pool, choice.chosen, FIRST, 20_000, seed=3)
    taken = offers_taken(pool, choice.chosen.tolist())
    for sampled, exact in ((found.arrived, "arrive"), (found.harmed, "harm")):
        expected = sum(getattr(offer, exact) for offer in taken)
        assert abs(sampled.mean() - expected) < 4.0 * sampled.std() / 20_000**0.5 + 1e-9
    touched = np.array([row.kind in {RowKind.PARTNER, RowKind.BEDS} for row in pool.rows])
    assert np.abs(found.mean_load - choice.load)[touched].max() < 0.08


def test_a_choice_holds_as_often_as_is_said_whatever_the_seed() -> None:
    groups = (group_of("a", 1), group_of("b", 2), group_of("d", 1))
    network = network_of(groups)
    pool = pool_for(network, groups)
    chosen = choose(pool.instance).chosen
    one, other = (replay(network, pool, chosen, FIRST, 3_000, seed) for seed in (1, 2))
    spread = (one.holds * (1.0 - one.holds) * 2.0 / 3_000) ** 0.5
    assert abs(one.holds - other.holds) < 4.0 * spread + 1e-9
    assert 0.0 < one.overflow.max() < 1.0


def test_a_group_has_the_same_luck_whoever_else_goes() -> None:
    groups = (group_of("a", 1), group_of("b", 2))
    network = network_of(groups, funds=())
    pool = pool_for(network, groups)
    replayer = Replayer(network, pool, FIRST, 500, seed=1)
    chosen = choose(pool.instance).chosen
    alone = [np.where(np.arange(2) == unit, chosen, -1) for unit in range(2)]
    together = replayer.replay(chosen).arrived
    assert (together == replayer.replay(alone[0]).arrived + replayer.replay(alone[1]).arrived).all()


def test_paired_differences_have_bounds() -> None:
    mean, low, high = paired(np.array([1.0, 2.0, 3.0]), np.array([2.0, 3.0, 5.0]))
    assert mean == pytest.approx(4.0 / 3.0)
    assert low < mean < high
