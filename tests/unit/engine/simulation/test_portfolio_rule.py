from collections.abc import Sequence
from dataclasses import replace
from itertools import product

import numpy as np

from tests.oracle.small_journeys import leg
from tests.unit.engine.organisations_by_hand import group, lived, organisation_network, partner, prepared
from tests.unit.engine.simulation.test_prepare import TWO_WAYS
from waystation.engine.model import Urgency
from waystation.engine.portfolio.terms import Terms
from waystation.engine.simulation.kernels import organisation as o
from waystation.engine.simulation.portfolio_rule import Column, Portfolio
from waystation.engine.simulation.rule import Departure, Rule, Situation, Waiting


def by_brute_force(columns: Sequence[Sequence[Column]], capacity: Sequence[float], seed: int) -> Sequence[int]:
    best, worth = [-1] * len(columns), 0.0
    for picks in product(*(range(-1, len(unit)) for unit in columns)):
        taken = [unit[pick] for unit, pick in zip(columns, picks, strict=True) if pick >= 0]
        used = np.zeros(len(capacity))
        for _, use in taken:
            for row, amount in use.items():
                used[row] += amount
        value = sum(each for each, _ in taken)
        if (used <= np.array(capacity)).all() and value > worth + 1e-12:
            best, worth = list(picks), value
    return best


def situation(money: int, *waiting: Waiting, lost: int = 0, booked: int = 0) -> Situation:
    network = organisation_network(TWO_WAYS.legs, [group("N"), group("E", 2, Urgency.EMERGENCY)], TWO_WAYS.partners)
    world = prepared(network).world
    ways = tuple(range(*world.way_range[0, 0, kind].tolist()) for kind in range(2))
    people = np.zeros((4, 1), dtype=np.int64)
    people[:, 0] = 100 * booked
    return Situation(3, money, np.zeros(0, dtype=np.int64), waiting, ways, lost, people, world)


NORMAL, OTHER = Waiting(0, 1, 0, 2, 2), Waiting(0, 2, 0, 2, 2)
URGENT = Waiting(1, 3, 1, 2, 0)
RULE = Portfolio(by_brute_force, Terms(weeks=1), most=3)


def test_money_for_one_goes_to_the_emergency_and_what_is_left_by_the_other_way() -> None:
    rule: Rule = RULE
    assert list(rule.choose(situation(1000, NORMAL, URGENT))) == [Departure(1, 2)]
    assert list(rule.choose(situation(2000, NORMAL, URGENT))) == [Departure(1, 2), Departure(0, 0)]


def test_capacity_sends_the_third_by_the_dearer_way_and_a_lost_partner_all() -> None:
    by_boat = [departure.way in {1, 3} for departure in RULE.choose(situation(10_000, NORMAL, OTHER, URGENT))]
    assert sum(by_boat) == 1
    found = list(RULE.choose(situation(10_000, NORMAL, URGENT, lost=1)))
    assert found == [Departure(1, 3), Departure(0, 1)]
    assert list(RULE.choose(situation(2999, NORMAL, booked=4))) == []


def test_nobody_waits_and_nobody_leaves() -> None:
    assert list(RULE.choose(situation(1000))) == []


def test_chosen_together_more_arrive_than_first_come_when_money_is_short() -> None:
    # A large family by a dear way and single people by a cheap one: first come spends on whoever is next.
    dear = leg("dear", "origin", "goal", fee=100, not_for=frozenset())
    made = prepared(
        organisation_network([dear], [group("one", 1), group("five", 5)], [partner("p")]),
        opening=0.0,
        income_per_year=5200.0,
        requests_per_year=120.0,
    )
    first = lived(made, "first_come", 3).tallies[:, o.ARRIVED_PEOPLE]
    together = lived(made, Portfolio(by_brute_force, Terms(weeks=1), most=2), 3).tallies[:, o.ARRIVED_PEOPLE]
    assert (together > 1.2 * first).all()


def test_nobody_leaves_on_money_that_has_not_come_in_yet() -> None:
    network = organisation_network([leg("dear", "origin", "goal", fee=30)], [group("five", 5)], [partner("p")])
    world = prepared(network, income_per_year=1040.0).world
    five = Waiting(0, 1, 0, 5, 2)

    def leaving(weeks: int, at_hand: int) -> list[Departure]:
        empty = np.zeros(0, dtype=np.int64)
        now = Situation(3, at_hand, empty, (five, Waiting(0, 2, 1, 5, 2)), (range(1),), 0, np.zeros((3, 0), int), world)
        return list(Portfolio(by_brute_force, Terms(weeks=weeks)).choose(now))

    assert leaving(1, 2999) == []
    assert leaving(3, 3000) == [Departure(0, 0)]
    assert leaving(3, 2999) == []


def _two_kinds(money: int) -> Situation:
    """One costs 1000 whoever goes; a normal single waits, and an urgent party of five."""
    kinds = [group("one", 1), group("five", 5, Urgency.URGENT)]
    dear = leg("dear", "origin", "goal", fee=10)
    network = organisation_network([dear], kinds, [partner("p")])
    world = prepared(network, income_per_year=260.0).world
    ways = tuple(range(*world.way_range[0, 0, kind].tolist()) for kind in range(2))
    waiting = (Waiting(0, 1, 0, 1, 2), Waiting(1, 2, 0, 5, 1))
    costly = world._replace(ways=world.ways + np.array([[0] * 6, [0, 500, 0, 0, 0, 0]]))
    return Situation(3, money, np.zeros(0, dtype=np.int64), waiting, ways, 0, np.zeros((3, 0), int), costly)


def test_who_is_worth_little_waits_when_the_money_would_be_missing_for_who_is_worth_more_next_week() -> None:
    now = _two_kinds(1000)  # five cost 1500, and 500 comes in next week
    assert list(Portfolio(by_brute_force, Terms(weeks=1)).choose(now)) == [Departure(0, 0)]
    assert list(Portfolio(by_brute_force, Terms(weeks=2)).choose(now)) == []
    enough = _two_kinds(1500)
    assert list(Portfolio(by_brute_force, Terms(weeks=2)).choose(enough)) == [Departure(1, 1)]


def test_a_pot_that_opens_later_and_is_for_some_only_pays_for_them_then() -> None:
    now = _two_kinds(0)
    funds = np.array([[1000, 0, 9, 1, 0, 1], [700, 4, 9, 1, 1, 1]])
    world = now.world._replace(funds=funds, income=0)

    def leaving(left: int, week: int) -> list[Departure]:
        here = replace(now, week=week, world=world, pots=np.array([left, 700 if week >= 4 else 0]))
        return list(Portfolio(by_brute_force, Terms(weeks=2)).choose(here))

    assert leaving(1000, 2) == [Departure(0, 0)]  # the second pot opens too late to be seen, and is too small alone
    assert leaving(1000, 4) == [Departure(0, 0)]
    assert leaving(0, 4) == []
