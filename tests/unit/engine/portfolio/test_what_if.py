import pytest

from tests.unit.engine.portfolio.networks import FIRST, TERMS
from waystation.engine.model import Network
from waystation.engine.portfolio.decision import Decision
from waystation.engine.portfolio.select import select
from waystation.engine.portfolio.what_if import Supposed


def test_the_usual_three_are_supposed(decision: Decision) -> None:
    assert {each.kind for each in decision.scenarios} <= {"money", "partner", "close"}
    assert [each.kind for each in decision.scenarios][-1] == "close"


def test_more_money_leaves_nobody_worse_and_a_closed_leg_nobody_better(small: Network, decision: Decision) -> None:
    supposed = [Supposed("money", "general 2027-Q1", 500_000.0), Supposed("close", "ah"), Supposed("partner", "p", 8.0)]
    told = select(small, FIRST, TERMS, supposed)
    more, closed, guide = told.scenarios
    assert told.chosen == decision.chosen
    assert more.arrive > told.arrive
    assert closed.arrive < told.arrive
    assert "az" not in closed.chosen
    for each in (more, closed, guide):
        assert each.difference is not None
        mean, low, high = each.difference
        assert low <= mean <= high
        assert mean == pytest.approx(each.arrive - told.arrive, abs=0.35)
        assert set(each.joining) == set(each.chosen) - set(told.chosen)
