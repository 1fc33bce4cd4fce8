from tests.unit.engine.portfolio.networks import FIRST, TERMS, group_of, network_of
from tests.unit.engine.portfolio.test_pool import pool_for
from waystation.engine.portfolio.choose import Effort
from waystation.engine.portfolio.keep import choose_kept
from waystation.engine.portfolio.replay import replay


def test_what_overflows_too_often_is_tightened_until_it_does_not() -> None:
    groups = tuple(group_of(f"g{n}", 1 + n % 3) for n in range(6))
    network = network_of(groups)
    pool = pool_for(network, groups)
    kept = choose_kept(network, pool, FIRST, TERMS, Effort(iterations=2_000), lambda what, done, of: None)
    naive = replay(network, pool, kept.unsafe.chosen, FIRST, 2_000, 9)
    safe = replay(network, pool, kept.choice.chosen, FIRST, 2_000, 9)
    assert naive.overflow.max() > TERMS.overflow + 0.02
    assert safe.overflow.max() <= TERMS.overflow + 0.04
    assert kept.choice.value <= kept.unsafe.value + 1e-9
    assert kept.rounds > 1
    assert (pool.instance.load(kept.choice.chosen) <= pool.instance.capacity + 1e-6).all()
