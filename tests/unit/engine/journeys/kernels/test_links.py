import numpy as np

from tests.oracle.small_journeys import START, leg
from tests.unit.engine.processes_by_hand import act_by_slot, process_of
from waystation.engine.journeys.doubt.support import support_of
from waystation.engine.journeys.follow import follow
from waystation.engine.journeys.kernels.links import BACK, ON, STREAMS
from waystation.engine.journeys.layout import prepare
from waystation.engine.model import Chain, Condition, Observation

RIVER = Condition("river", ("low", "high"), (Chain.persistent(2, 0.75),))


def test_a_leg_that_may_be_turned_back_by_hand() -> None:
    from waystation.engine.model import LevelRef

    shut = leg("a", "origin", "goal", turned_back=0.25, closed_at=frozenset({LevelRef("river", "none")}))
    process = process_of([shut], days=2, conditions=[RIVER], seen=[Observation("river", START, "low")])
    policy = act_by_slot(process, 2, 0)
    visits = follow(process, policy).visits
    support = support_of(process, prepare(process), visits, 0)
    streams = [
        [
            (int(visits.place[to]), int(visits.level[to]), float(weight))
            for to, weight in zip(support.target[first:last], support.weight[first:last], strict=True)
        ]
        for first, last in zip(support.start[:STREAMS], support.start[1 : STREAMS + 1], strict=True)
    ]
    C = process.joint_levels
    assert sum(weight for _, _, weight in streams[ON]) == 1.0
    assert {place for place, _, _ in streams[ON]} == {1}
    assert {place for place, _, _ in streams[BACK]} == {0}
    assert len(streams[ON]) == len(streams[BACK]) == C
    assert [len(each) for each in streams[2:]] == [0, 0, 0]
    assert np.all(support.start[STREAMS:] >= support.start[STREAMS])
