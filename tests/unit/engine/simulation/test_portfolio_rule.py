from collections.abc import Sequence
from itertools import product

import numpy as np

from tests.oracle.small_journeys import leg
from tests.unit.engine.organisations_by_hand import group, lived, organisation_network, partner, prepared
from tests.unit.engine.simulation.test_prepare import TWO_WAYS
from waystation.engine.model import Urgency
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
    people = np.zeros((4, 2), dtype=np.int64)
    people[0, 0] = booked
    return Situation(3, money, waiting, ways, lost, people, world)


NORMAL, OTHER = Waiting(0, 1, 0, 2, 2), Waiting(0, 2, 0, 2, 2)
URGENT = Waiting(1, 3, 1, 2, 0)
RULE = Portfolio(by_brute_force, most=3)


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
    together = lived(made, Portfolio(by_brute_force, most=2), 3).tallies[:, o.ARRIVED_PEOPLE]
    assert (together > 1.2 * first).all()
