from dataclasses import replace

import pytest

from tests.unit.engine.learning.folders import AS_OF
from waystation.engine.learning.changes import reasons_of
from waystation.engine.learning.result import Reason, Why
from waystation.engine.model import PastBelief, Quantity, Stated, Subject

JUDGED = Stated(0.02, 10.0)
PAST = PastBelief(Subject.LEG, "L1", Quantity.INTERCEPTED, AS_OF, 0.03, 40.0, 30, 1.0, JUDGED, JUDGED, ("r1",))


def reasons(mean: float = 0.03, counted: tuple[int, int] = (30, 1), **more: object) -> tuple[Reason, ...]:
    before = more.pop("before", PAST)
    facts = {"judged": JUDGED, "regimes": ("r1",)} | more
    return reasons_of(before, mean, 40.0, counted, **facts)  # type: ignore[arg-type]


def test_the_first_time_has_no_before() -> None:
    assert reasons(before=None) == (Reason(Why.FIRST, 30, 1),)


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"counted": (33, 2)}, Reason(Why.MISSIONS, 3, 1)),
        ({"counted": (33, 1)}, Reason(Why.MISSIONS, 3, 0)),
        ({"counted": (29, 1)}, Reason(Why.CORRECTED, -1, 0)),
        ({"counted": (30, 0)}, Reason(Why.CORRECTED, 0, -1)),
        ({"regimes": ("r1", "r2")}, Reason(Why.REGIME, regimes=("r2",))),
        ({"regimes": ()}, Reason(Why.REGIME)),
        ({"judged": Stated(0.05, 10.0)}, Reason(Why.JUDGEMENT)),
        ({"judged": None}, Reason(Why.JUDGEMENT)),
        ({"judged": Stated(0.05, 10.0), "restated": True}, Reason(Why.STATED)),
        ({"mean": 0.031}, Reason(Why.OTHERS)),
        ({}, Reason(Why.SAME)),
    ],
)
def test_every_reason_by_what_differs(changed: dict[str, object], expected: Reason) -> None:
    assert reasons(**changed) == (expected,)  # type: ignore[arg-type]


def test_several_reasons_stand_side_by_side() -> None:
    found = reasons(counted=(35, 1), regimes=("r1", "r2"), judged=None)
    assert [each.why for each in found] == [Why.MISSIONS, Why.REGIME, Why.JUDGEMENT]


def test_rounding_is_no_change() -> None:
    assert reasons(mean=0.03 * 1.0000004) == (Reason(Why.SAME),)
    assert reasons(before=replace(PAST, value=0.0300001)) == (Reason(Why.SAME),)
