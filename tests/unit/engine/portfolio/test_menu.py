import pytest

from tests.unit.engine.portfolio.networks import group_of
from tests.unit.engine.portfolio.test_use import setting_of
from waystation.engine.journeys.solve import Solver
from waystation.engine.portfolio.menu import menu


def test_the_menu_has_the_safest_and_others_that_give_up_little() -> None:
    _, setting = setting_of(group_of("u", 2))
    plans = menu(setting.process, setting.assumptions)
    best = plans[0][2].evaluation
    assert plans[0][0] == "safest"
    assert best.arrive == pytest.approx(Solver(setting.process).likeliest_arrival()[1])
    gives = {"careful": 0.95, "cheapest": 0.95, "fastest": 0.95, "balanced": 0.95, "cheap": 0.8}
    assert all(each[2].evaluation.arrive >= gives.get(each[0], 0.0) * best.arrive - 1e-9 for each in plans)
    ends = [
        (each[2].evaluation.arrive, each[2].evaluation.cost_expected, each[2].evaluation.days_expected)
        for each in plans
    ]
    assert len(set(ends)) == len(ends)


def test_who_cannot_arrive_is_offered_nothing() -> None:
    _, setting = setting_of(group_of("u", 2), horizon_days=1)
    assert menu(setting.process, setting.assumptions) == []
