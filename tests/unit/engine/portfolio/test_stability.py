from dataclasses import replace

from tests.unit.engine.portfolio.networks import TERMS, group_of, network_of, usd
from tests.unit.engine.portfolio.test_pool import pool_for
from waystation.engine.model import Belief, Fund, Urgency
from waystation.engine.portfolio.choose import choose
from waystation.engine.portfolio.keep import Kept
from waystation.engine.portfolio.stability import stability


def test_two_groups_that_hardly_differ_are_at_the_margin_and_a_certain_one_is_not() -> None:
    groups = (group_of("a", 1), group_of("b", 1), group_of("s", 1, urgency=Urgency.EMERGENCY))
    network = network_of(groups, funds=(Fund("f", "2027-Q1", usd(700)),))
    doubtful = replace(network.legs[0], id="bh", origin="B", intercepted=Belief(0.021, 4.0))
    away = replace(network.places[0], id="B")
    network = replace(network, places=(*network.places, away), legs=(*network.legs, doubtful))
    groups = (groups[0], replace(groups[1], place="B"), groups[2])
    pool = pool_for(network, groups)
    choice = choose(pool.instance)
    kept = Kept(choice, choice, None, pool.instance.capacity, 1)
    often = stability(pool, kept, replace(TERMS, draws=30), lambda what, done, of: None)
    named = {unit[0]: share for unit, share in zip(pool.units, often.tolist(), strict=True)}
    assert named["s"] == 1.0
    assert 0.05 < named["a"] < 0.95
