from tests.oracle.small_journeys import leg, network
from tests.unit.engine.journeys.reasons.grounds import ground_of
from waystation.engine.journeys.reasons.alternatives import alternatives
from waystation.engine.journeys.reasons.asking import asking, waiting
from waystation.engine.journeys.reasons.give import give_reasons
from waystation.engine.journeys.reasons.margins import margins
from waystation.engine.journeys.reasons.tipping import tipping


def test_all_reasons_are_given() -> None:
    told = network([leg("boat", "origin", "goal", intercepted=0.1), leg("bus", "origin", "goal", intercepted=0.3)])
    ground = ground_of(told, 3.0)
    found = give_reasons(ground, ())
    assert found.alternatives == alternatives(ground)
    assert found.tipping == tipping(ground, found.alternatives)
    assert (found.asking, found.waiting) == (asking(ground), waiting(ground))
    assert found.margins == margins(ground, ())
