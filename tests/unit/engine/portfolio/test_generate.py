from tests.unit.engine.portfolio.networks import FIRST, TERMS
from waystation.engine.journeys.eligibility import broken_rules
from waystation.engine.model import Network
from waystation.engine.portfolio.choose import choose
from waystation.engine.portfolio.generate import generate
from waystation.engine.portfolio.ledger import Ledger
from waystation.engine.portfolio.offers import all_offers, settings_of
from waystation.engine.portfolio.pool import pool_of, units_of


def nobody(what: str, done: int, of: int) -> None:
    pass


def test_prices_find_better_plans_and_a_bound_on_all(small: Network) -> None:
    groups = [group for group in small.groups if not broken_rules(group)]
    units = units_of(groups)
    settings = settings_of(small, groups, Ledger.of(small), FIRST, TERMS.weeks)
    offers = all_offers(settings, nobody)
    before = choose(pool_of(small, units, offers, TERMS).instance)
    found = generate(small, units, settings, offers, TERMS, nobody)
    after = choose(pool_of(small, units, found.offers, TERMS).instance)
    assert found.added > 0
    assert found.bound is not None
    assert before.value <= after.value + 1e-9
    assert after.value <= found.bound + 1e-6
