import numpy as np
import pytest

from tests.unit.engine.portfolio.networks import group_of
from tests.unit.engine.portfolio.test_use import setting_of
from waystation.engine.journeys.follow import follow
from waystation.engine.journeys.solve import Solver
from waystation.engine.portfolio.menu import menu
from waystation.engine.portfolio.priced import best_plan, charges
from waystation.engine.portfolio.use import expected_use


def test_without_prices_it_is_the_likeliest_arrival() -> None:
    _, setting = setting_of(group_of("u", 2), slot_hours=12)
    table = setting.table
    cost = charges(setting.process, table, table.nothing, np.zeros(len(table.pot_sets)), 1.0)
    assert best_plan(setting.process, cost)[1] == pytest.approx(
        Solver(setting.process).likeliest_arrival()[1], abs=1e-12
    )


@pytest.mark.parametrize("seed", range(8))
def test_what_it_is_worth_is_what_the_forward_pass_counts_and_no_plan_is_worth_more(seed: int) -> None:
    _, setting = setting_of(group_of("u", 2), most_exposed=6, most_harm=1.0, slot_hours=12)
    chance = np.random.default_rng(seed)
    process, table = setting.process, setting.table
    price = chance.exponential(0.05, len(table.rows))
    pots = chance.exponential(2e-6, len(table.pot_sets))
    policy, score = best_plan(process, charges(process, table, price, pots, 2.0))

    def worth(course) -> float:  # type: ignore[no-untyped-def]
        use = expected_use(process, course, table)
        paid = sum(price[table.rows.index(row)] * amount for row, amount in use.rows.items())
        paid += sum(pots[table.pot_sets.index(each)] * spent for each, spent in use.money.items())
        return float(2.0 * course.evaluation.arrive - paid)

    assert worth(follow(process, policy)) == pytest.approx(score, abs=1e-6)
    assert all(worth(course) <= score + 1e-6 for _, _, course in menu(process, setting.assumptions))
