from collections.abc import Iterable

import numpy as np
import pytest

from tests.unit.engine.organisations_by_hand import group, lived, organisation_network, prepared
from tests.unit.engine.simulation.test_prepare import TWO_WAYS
from waystation.engine.model import Urgency
from waystation.engine.simulation.kernels import organisation as o
from waystation.engine.simulation.rule import Departure, FirstCome, MostUrgent, Situation
from waystation.engine.simulation.scenario import Change, ChangeKind, Scenario

ROUGH = {"gives_up": 0.05, "compromise": 0.05, "opening": 100.0, "income_per_year": 900.0}


@pytest.mark.parametrize("rule", [FirstCome(), MostUrgent()], ids=lambda rule: rule.name)
def test_a_rule_that_is_asked_comes_to_the_same_bits_as_the_compiled_one(rule: FirstCome | MostUrgent) -> None:
    groups = [group("N"), group("E", 3, Urgency.EMERGENCY)]
    network = organisation_network(TWO_WAYS.legs, groups, TWO_WAYS.partners)
    shocks = Scenario("rough", (Change(ChangeKind.PRICE, factor=3.0, begins=0.1, ends=0.3),))
    made = prepared(network, shocks, weeks=104, **ROUGH)
    compiled, asked = lived(made, rule.name, 4), lived(made, rule, 4)
    np.testing.assert_array_equal(compiled.tallies, asked.tallies)
    np.testing.assert_array_equal(compiled.by_year, asked.by_year)


class ByBoatOnly:
    """Always the second way; and it names some who cannot leave."""

    name = "by boat"

    def __init__(self) -> None:
        self.seen: list[Situation] = []

    def choose(self, situation: Situation) -> Iterable[Departure]:
        self.seen.append(situation)
        yield Departure(0, 99)
        for each in situation.waiting:
            yield Departure(each.kind, situation.ways[each.kind][1])
        yield Departure(0)


def test_a_rule_chooses_the_way_and_who_cannot_leave_stays() -> None:
    rule = ByBoatOnly()
    found = lived(prepared(TWO_WAYS), rule, 2).tallies
    assert (found[:, o.LEFT] == found[:, o.ASKED]).all()
    assert (found[:, o.SPENT] == 3000 * (found[:, o.LEFT] - found[:, o.UNDER_WAY_PEOPLE] // 2)).all()
    assert len(rule.seen) == 104
    first = rule.seen[0]
    assert (first.week, first.lost, first.money) == (0, 0, 1_000_000_000)
    assert all(each.people == 2 and each.rank == 2 for each in rule.seen[5].waiting)
