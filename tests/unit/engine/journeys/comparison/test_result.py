import dataclasses

import pytest

from waystation.engine.journeys.comparison import Change, Comparison, Effect, Part, Subject
from waystation.engine.journeys.eligibility import GroupRefusedError

CHANGE = Change(Part.NETWORK, (), "name", "a", "b")
REFUSED = GroupRefusedError("A", ())


def test_the_interaction_is_what_single_effects_leave_over() -> None:
    effects = (Effect(CHANGE, 0.25), Effect(CHANGE, None), Effect(CHANGE, -0.5))
    found = Comparison(Subject.FOLDER, REFUSED, REFUSED, effects, 0.5, -0.125, ())
    assert found.interaction == pytest.approx(0.125)
    assert dataclasses.replace(found, together=None).interaction is None
