import pytest

from tests.unit.engine.portfolio.networks import FIRST, group_of, network_of, usd
from tests.unit.engine.portfolio.test_pool import pool_for
from waystation.engine.model import Fund
from waystation.engine.portfolio.prices import linear_prices
from waystation.engine.portfolio.rows import RowKind
from waystation.engine.portfolio.scarce import more_of, scarce_things


def test_more_money_brings_what_the_linear_programme_says() -> None:
    groups = tuple(group_of(f"g{n}", 2) for n in range(4))
    network = network_of(groups, funds=(Fund("f", "2027-Q1", usd(400)),))
    pool = pool_for(network, groups)
    prices = linear_prices(pool.instance)
    found = scarce_things(pool, network, pool.instance.capacity, prices)
    money = next(each for each in found if each.kind is RowKind.MONEY)
    assert money.id == "f 2027-Q1"
    assert money.more == 100_000.0
    more = more_of(pool, network, RowKind.MONEY, "f 2027-Q1", 100_000.0)
    again = linear_prices(pool.instance.with_capacity(pool.instance.capacity + more))
    assert money.weighted == pytest.approx(again.bound - prices.bound)
    assert money.people > 1.0
    assert FIRST.year == 2027


def test_one_more_person_a_week_is_one_more_in_every_week() -> None:
    groups = (group_of("a", 1),)
    network = network_of(groups)
    pool = pool_for(network, groups)
    more = more_of(pool, network, RowKind.PARTNER, "p", 1.0)
    assert [row.id for row, much in zip(pool.rows, more, strict=True) if much] == ["p"] * int(more.sum())
