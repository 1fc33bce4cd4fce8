from dataclasses import replace

import pytest

from tests.unit.engine.learning.folders import AS_OF, UNSURE, leg, network
from waystation.engine.learning.statements import Statement, as_stated, statements_of
from waystation.engine.model import Belief, Demand, Experience, PastBelief, Quantity, Stated, Subject
from waystation.kernel import Money

LEG = leg("L1", days=(1.0, 2.0, 3.0), intercepted=UNSURE, turned_back=Belief(0.1, 5.0))


def past(quantity: Quantity, value: float, weight: float, stated: Stated | None) -> Experience:
    return Experience(past=(PastBelief(Subject.LEG, "L1", quantity, AS_OF, value, weight, 9, 0.0, stated, stated),))


def of(quantity: Quantity, experience: Experience = Experience(), made: object = LEG) -> Statement:  # noqa: B008
    return statements_of(network([made]), experience)["L1", quantity]  # type: ignore[list-item]


def test_what_nobody_has_learned_yet_is_a_statement() -> None:
    assert of(Quantity.INTERCEPTED) == Statement(Stated(0.02, 10.0))
    assert of(Quantity.TURNED_BACK) == Statement(Stated(0.1, 5.0))
    assert of(Quantity.DAYS) == Statement(Stated(2.0, 10.0))
    assert of(Quantity.DEMAND) == Statement(None)
    asking = replace(LEG, demand=Demand(Belief(0.2, 4.0), Money(100, "USD"), Money(0, "USD")))
    assert of(Quantity.DEMAND, made=asking) == Statement(Stated(0.2, 4.0))


def test_a_blank_cell_is_no_statement_of_zero() -> None:
    assert of(Quantity.INTERCEPTED, Experience(unstated=frozenset({("L1", Quantity.INTERCEPTED)}))) == Statement(None)


def test_what_was_learned_is_no_statement() -> None:
    before = Stated(0.05, 8.0)
    assert of(Quantity.INTERCEPTED, past(Quantity.INTERCEPTED, 0.02, 10.0, before)) == Statement(before)
    assert of(Quantity.INTERCEPTED, past(Quantity.INTERCEPTED, 0.02, 10.0, None)) == Statement(None)


@pytest.mark.parametrize(("value", "weight"), [(0.03, 10.0), (0.02, 12.0)])
def test_what_somebody_wrote_since_is_a_new_statement(value: float, weight: float) -> None:
    found = of(Quantity.INTERCEPTED, past(Quantity.INTERCEPTED, value, weight, Stated(0.05, 8.0)))
    assert found == Statement(Stated(0.02, 10.0), restated=True)


def test_days_go_back_to_what_was_stated_and_keep_their_shape() -> None:
    experience = past(Quantity.DAYS, 2.001, 30.0, Stated(4.0, 10.0))
    statements = statements_of(network([LEG]), experience)
    assert statements["L1", Quantity.DAYS] == Statement(Stated(4.0, 10.0))
    days = as_stated(LEG, statements).days
    assert (days.low, days.likely, days.high) == (2.0, 4.0, 6.0)
