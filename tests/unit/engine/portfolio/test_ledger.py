from datetime import date
from itertools import chain, combinations

import numpy as np
import pytest
from scipy.optimize import linprog

from tests.unit.engine.portfolio.networks import group_of, network_of, usd
from waystation.engine.model import Fund
from waystation.engine.portfolio.ledger import Ledger, period_days
from waystation.kernel import BadInputError


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2027", date(2027, 1, 1), date(2027, 12, 31)),
        ("2027-Q1", date(2027, 1, 1), date(2027, 3, 31)),
        ("2027-Q4", date(2027, 10, 1), date(2027, 12, 31)),
        ("2028-02", date(2028, 2, 1), date(2028, 2, 29)),
        ("2027-12", date(2027, 12, 1), date(2027, 12, 31)),
    ],
)
def test_periods_are_days(period: str, first: date, last: date) -> None:
    assert period_days(period) == (first, last)


def test_a_restricted_fund_pays_only_for_what_it_is_for() -> None:
    funds = (
        Fund("free", "2027", usd(1)),
        Fund("kids", "2027", usd(1), "for children", frozenset({"children"})),
        Fund("words", "2027", usd(1), "only in words"),
    )
    ledger = Ledger.of(network_of((group_of("a", 1),), funds=funds))
    day = date(2027, 5, 1)
    assert ledger.pots_for(frozenset(), day) == {0}
    assert ledger.pots_for(frozenset({"children"}), day) == {0, 1}
    assert ledger.pots_for(frozenset(), date(2028, 1, 1)) == frozenset()


@pytest.mark.parametrize("seed", range(30))
def test_the_limits_hold_just_when_there_is_a_way_to_pay(seed: int) -> None:
    chance = np.random.default_rng(seed)
    amounts = chance.integers(0, 10, 3)
    funds = tuple(Fund(f"f{n}", "2027", usd(int(each))) for n, each in enumerate(amounts))
    ledger = Ledger.of(network_of((group_of("a", 1),), funds=funds))
    every = list(map(frozenset, chain.from_iterable(combinations(range(3), n) for n in range(1, 4))))
    used = [every[n] for n in chance.choice(len(every), 3, replace=False)]
    spends = chance.integers(0, 9, 3) * 100
    rows = ledger.rows(used)
    holds = all(
        sum(spend for pots, spend in zip(used, spends, strict=True) if pots <= wider) <= amount
        for wider, amount in rows.values()
    )
    pairs = [(at, pot) for at, pots in enumerate(used) for pot in sorted(pots)]
    paid = np.array([[at == n for at, _ in pairs] for n in range(3)], dtype=float)
    drawn = np.array([[pot == n for _, pot in pairs] for n in range(3)], dtype=float)
    flow = linprog(np.zeros(len(pairs)), A_ub=drawn, b_ub=amounts * 100, A_eq=paid, b_eq=spends)
    assert holds == (flow.status == 0)


def test_too_many_overlapping_funds_are_refused() -> None:
    funds = tuple(Fund(f"f{n}", "2027", usd(1)) for n in range(13))
    ledger = Ledger.of(network_of((group_of("a", 1),), funds=funds))
    with pytest.raises(BadInputError):
        ledger.rows([frozenset({n, 12}) for n in range(12)])
