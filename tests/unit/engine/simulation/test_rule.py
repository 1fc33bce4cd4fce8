import numpy as np

from tests.unit.engine.organisations_by_hand import prepared
from waystation.engine.simulation.rule import Departure, FirstCome, MostUrgent, Rule, Situation, Waiting

WAITING = (Waiting(0, 5, 1, 2, 2), Waiting(1, 3, 0, 4, 1), Waiting(2, 7, 2, 1, 1))
NOTHING = np.zeros(0, dtype=np.int64)
SITUATION = Situation(
    3,
    1000,
    NOTHING,
    WAITING,
    (range(1), range(1, 2), range(2, 3)),
    0,
    np.zeros((4, 1), dtype=np.int64),
    prepared().world,
)


def test_first_come() -> None:
    rule: Rule = FirstCome()
    assert list(rule.choose(SITUATION)) == [Departure(1), Departure(0), Departure(2)]
    assert rule.name == "first_come"


def test_most_urgent() -> None:
    rule: Rule = MostUrgent()
    assert list(rule.choose(SITUATION)) == [Departure(1), Departure(2), Departure(0)]
    assert rule.name == "most_urgent"
