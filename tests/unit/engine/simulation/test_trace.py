from functools import reduce
from operator import or_

import numpy as np
from hypothesis import given

from tests.unit.engine.processes import few, random_process, seeds
from waystation.engine.journeys.solve import Solver
from waystation.engine.simulation.kernels.journeys import JOURNEYS
from waystation.engine.simulation.replay import replay
from waystation.engine.simulation.script import write_script
from waystation.engine.simulation.trace import trace


@given(seeds)
@few
def test_a_trace_tells_what_the_replay_counts(seed: int) -> None:
    process = random_process(seed)
    bits = np.left_shift(1, np.arange(len(process.moves), dtype=np.int64))
    script = write_script(process, Solver(process).solve().policy, bits).script
    counted = replay(script, seed, 0, 30)
    steps = 0
    for number in range(30):
        told = list(trace(script, seed, JOURNEYS, (number, 0)))
        steps += len(told) + 1
        assert sum(step.cost for step in told) == counted.spent[number]
        assert sum(step.turned for step in told) == counted.turned[number]
        assert reduce(or_, (step.used for step in told), 0) == counted.used[number]
        if told:
            assert (told[-1].end, told[-1].until) == (counted.end[number], counted.slot[number])
            assert [step.slot for step in told[1:]] == [step.until for step in told[:-1]]
            assert all(step.end == -1 for step in told[:-1])
    assert steps == counted.steps
