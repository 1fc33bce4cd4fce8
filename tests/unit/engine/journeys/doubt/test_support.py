import numpy as np
import pytest
from hypothesis import given

from tests.unit.engine.journeys.doubt.questions import asked
from tests.unit.engine.processes import few, seeds
from waystation.engine.journeys.kernels.draws import ARRIVED_KIND, END_KIND
from waystation.engine.journeys.kernels.links import STREAMS


@given(seeds)
@few
def test_links_lead_on_in_time_and_no_more_than_once(seed: int) -> None:
    found = asked(seed)
    support = found.support
    assert len(support) == len(found.course.visits.slot)
    origin = np.repeat(np.arange(len(support)).repeat(STREAMS), np.diff(support.start))
    assert (support.slot[support.target] > support.slot[origin]).all()
    by_stream = np.add.reduceat(np.append(support.weight, 0.0), support.start[:-1]) * (np.diff(support.start) > 0)
    assert (by_stream <= 1.0 + 1e-12).all()
    ended = np.isin(support.kind, (ARRIVED_KIND, END_KIND))
    assert (np.diff(support.start).reshape(-1, STREAMS)[ended] == 0).all()


@given(seeds)
@few
def test_every_state_but_the_first_is_led_to(seed: int) -> None:
    support = asked(seed, with_money=True).support
    later = np.flatnonzero(support.slot > 0)
    assert set(later.tolist()) <= set(support.target.tolist())
    assert support.start_chance.sum() == pytest.approx(1.0)
    assert (support.start_chance[later] == 0.0).all()
