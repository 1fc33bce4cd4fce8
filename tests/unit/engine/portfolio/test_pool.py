from itertools import pairwise

import pytest

from tests.unit.engine.portfolio.networks import FIRST, TERMS, group_of, network_of, usd
from waystation.engine.model import Fund, Group, Network, Urgency
from waystation.engine.portfolio.choose import choose
from waystation.engine.portfolio.ledger import Ledger
from waystation.engine.portfolio.offers import all_offers, settings_of
from waystation.engine.portfolio.pool import Pool, pool_of, units_of


def pool_for(network: Network, groups: tuple[Group, ...]) -> Pool:
    settings = settings_of(network, groups, Ledger.of(network), FIRST, TERMS.weeks)
    return pool_of(network, units_of(groups), all_offers(settings, lambda what, done, of: None), TERMS)


def test_who_goes_together_goes_in_one_week_or_not_at_all() -> None:
    groups = (group_of("a", 1, together="t"), group_of("b", 2, together="t"), group_of("c", 1))
    pool = pool_for(network_of(groups), groups)
    assert sorted(map(sorted, pool.units)) == [["a", "b"], ["c"]]
    pairs = [column for column in pool.columns if len(column) == 2]
    assert pairs
    assert all(one.setting.week == other.setting.week for one, other in pairs)
    poor = pool_for(network_of(groups, funds=(Fund("f", "2027-Q1", usd(350)),)), groups)
    taken = {name for unit, j in zip(poor.units, choose(poor.instance).chosen, strict=True) if j >= 0 for name in unit}
    assert taken in ({"c"}, set())


def test_who_is_apart_is_never_under_way_in_the_same_week() -> None:
    groups = (group_of("a", 1, apart="x"), group_of("b", 1, apart="x"))
    pool = pool_for(network_of(groups, funds=()), groups)
    choice = choose(pool.instance)
    spans = sorted(
        (
            offer.setting.week,
            offer.setting.week + int(offer.course.visits.slot[offer.course.visits.action > 0].max()) // 7,
        )
        for j in choice.chosen.tolist()
        if j >= 0
        for offer in pool.columns[j]
    )
    assert len(spans) == 2
    assert all(last < first for (_, last), (first, _) in pairwise(spans))


def test_the_order_of_units_is_by_what_is_declared() -> None:
    groups = (group_of("a", 1), group_of("b", 1, Urgency.EMERGENCY), group_of("c", 2, promised_on=FIRST))
    assert [unit[0].id for unit in units_of(groups)] == ["c", "b", "a"]


def test_money_of_another_period_pays_nothing() -> None:
    groups = (group_of("a", 1),)
    pool = pool_for(network_of(groups, funds=(Fund("f", "2026", usd(9999)),)), groups)
    assert choose(pool.instance).value == pytest.approx(0.0)
