from tests.unit.engine.simulation.test_portfolio_rule import by_brute_force
from waystation.engine.simulation.weekly_choice import weekly_choice

COLUMNS = [
    [(3.0, {0: 900.0, 1: 2.0}), (2.0, {0: 300.0})],
    [(2.5, {0: 700.0, 1: 2.0})],
    [(9.0, {0: 5000.0})],
    [],
]


def test_the_choice_is_the_one_by_brute_force_counted_within_each_unit() -> None:
    for money, boat in ((1000.0, 2.0), (1600.0, 4.0), (1600.0, 2.0), (300.0, 0.0), (700.0, 2.0)):
        best = list(by_brute_force(COLUMNS, [money, boat], 0))
        assert weekly_choice(COLUMNS, [money, boat], 5) == best


def test_a_way_that_is_not_the_first_of_those_that_fit_is_told_by_its_own_number() -> None:
    assert weekly_choice([[(9.0, {0: 9.0}), (1.0, {0: 2.0}), (2.0, {0: 2.0})]], [2.0], 0) == [2]


def test_nobody_waits_or_nothing_fits_and_nothing_is_chosen() -> None:
    assert weekly_choice([], [5.0], 0) == []
    assert weekly_choice(COLUMNS, [299.0, 9.0], 0) == [-1, -1, -1, -1]
