from collections.abc import Callable

import pytest

from waystation.formats import Fault

Spoil = Callable[..., tuple[Fault, ...]]

FIRST = "E1,AB,intercepted,,1,100,1,6,2,80,2026-11-02,,patrols"
SECOND = "E1,AB,intercepted,,2,,1,5,2,80,2026-11-04,E1,"


@pytest.mark.parametrize(
    ("file", "old", "new", "column", "what"),
    [
        ("regimes.csv", "AB,a border", "AX,a border", 23, "legs.csv has no row AX (legs)"),
        ("outcomes.csv", "passed,before,G1", "passed,befor,G1", 24, "regimes.csv has no row befor (regime)"),
        ("judgements.csv", "E2,,silent,30,1", "E2,,silent,,1", 12, "a silence of no length"),
        ("judgements.csv", FIRST, FIRST.replace("intercepted,,", "intercepted,9,"), 19, "no silence was asked about"),
        ("judgements.csv", FIRST, FIRST.replace("1,6,2,80", "1,6,,80"), 30, "an answer without best"),
        ("judgements.csv", FIRST, FIRST.replace("1,6,2,80", "3,6,2,80"), 30, "are not in order"),
        ("judgements.csv", "10,2,8,5,70,2026-11-02", "10,2,12,5,70,2026-11-02", 22, "12 of 10 missions"),
        ("judgements.csv", SECOND, SECOND.replace("E1,AB", "E3,AB"), 20, "without a private answer of round 1"),
        ("judgements.csv", SECOND, SECOND.replace("11-04", "11-01"), 20, "without a private answer of round 1"),
        ("beliefs.csv", "0.02,0.01,0.03,25", "1.5,0.01,0.03,25", 31, "a chance of 1.5"),
    ],
)
def test_each_contradiction_is_named_at_its_place(
    spoil: Spoil, file: str, old: str, new: str, column: int, what: str
) -> None:
    faults = spoil(file, old, new)
    assert any((fault.file, fault.column) == (file, column) and what in fault.what for fault in faults), faults


def test_nobody_answers_again_while_a_private_answer_is_awaited(spoil: Spoil) -> None:
    asked = "E3,AB,intercepted,,1,,,,,,2026-11-02,,\n"
    faults = spoil("judgements.csv", FIRST, asked + FIRST)
    assert ["somebody's private answer was awaited" in fault.what for fault in faults] == [True]
    answered = "E3,AB,intercepted,,1,,1,9,3,70,2026-11-03,,\n"
    assert spoil("judgements.csv", asked, asked + answered) == ()


def test_without_regimes_a_regime_is_any_text(spoil: Spoil, full: dict[str, str]) -> None:
    del full["regimes.csv"]
    assert spoil("outcomes.csv", "passed,before,G1", "passed,long ago,G1") == ()
