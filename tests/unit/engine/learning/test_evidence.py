import math
from dataclasses import replace
from datetime import date

import pytest

from tests.unit.engine.learning.folders import AS_OF, UNSURE, leg, network, outcome
from waystation.engine.learning.errors import SilenceNotAskedError
from waystation.engine.learning.evidence import Evidence, factors_of, gather, log_spread, stated_days
from waystation.engine.learning.panel import Panel, Question, Standing
from waystation.engine.model import (
    Asked,
    Demand,
    LevelFactor,
    LevelRef,
    OutcomeKind,
    Partner,
    PartnerKind,
    Quantity,
    Regime,
    Stated,
    Subject,
)
from waystation.kernel import Money

ON_L1 = (Subject.LEG, "L1")
SILENT = Panel(Question(None, Asked.SILENT, 30), Standing.SIGNED, ("E1",), (), belief=Stated(0.6, 5.0))


def of_l1(*outcomes: object, **more: object) -> Evidence:
    made = network([leg("L1", partner="G1"), leg("L2")], outcomes, ["G1"])  # type: ignore[arg-type]
    return gather(made, more.get("regimes", ()), more.get("panels", ()))[ON_L1]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "counted"),
    [
        (OutcomeKind.PASSED, (0, 0, 0)),
        (OutcomeKind.NEAR_MISS, (0, 0, 0)),
        (OutcomeKind.TURNED_BACK, (0, 1, 0)),
        (OutcomeKind.EXTRA_DEMAND, (0, 0, 1)),
        (OutcomeKind.INTERCEPTED, (1, 0, None)),
        (OutcomeKind.CALLED_OFF, (None, None, None)),
    ],
)
def test_what_each_outcome_says_of_each_chance(kind: OutcomeKind, counted: tuple[int | None, ...]) -> None:
    found = of_l1(outcome("L1", kind, party_size=7))
    tallies = (found.chances[q] for q in (Quantity.INTERCEPTED, Quantity.TURNED_BACK, Quantity.DEMAND))
    assert tuple(tally.events if tally.missions else None for tally in tallies) == counted
    assert found.chances[Quantity.INTERCEPTED].near == (1.0 if kind is OutcomeKind.NEAR_MISS else 0.0)


def test_missions_are_counted_and_not_people() -> None:
    assert of_l1(outcome("L1", party_size=10)) == of_l1(outcome("L1", party_size=1))


def test_a_partner_has_what_happened_on_every_leg_they_ran() -> None:
    made = network(
        [leg("L1", partner="G1"), leg("L2", partner="G2")],
        [outcome("L1", count=3), outcome("L2", count=4), outcome("L2", partner="G1", count=5)],
        ["G1", "G2"],
    )
    found = gather(made, (), ())
    missions = {unit: each.chances[Quantity.INTERCEPTED].missions for unit, each in found.items()}
    assert missions[Subject.PARTNER, "G1"] == 8
    assert missions[Subject.PARTNER, "G2"] == 4
    assert missions[Subject.LEG, "L2"] == 9


def test_a_silence_is_counted_as_people_were_asked_and_never_left_out() -> None:
    silent = outcome("L1", OutcomeKind.UNKNOWN, on=date(2026, 10, 1))
    with pytest.raises(SilenceNotAskedError, match="silent for 31 days") as raised:
        of_l1(silent, outcome("L1", OutcomeKind.UNKNOWN, on=date(2026, 9, 1)))
    assert [each.days for each in raised.value.unasked] == [31, 61]
    found = of_l1(silent, panels=(SILENT,))
    assert dict(found.chances[Quantity.INTERCEPTED].silent) == {(0.6, 1.0): 1}
    assert found.chances[Quantity.TURNED_BACK].missions == 0
    assert found.trips == []


def test_a_regime_discounts_what_came_before() -> None:
    closed = Regime("closed", date(2026, 1, 1), 0.25)
    found = of_l1(outcome("L1", count=8), outcome("L1", on=date(2026, 2, 1)), regimes=(closed,))
    tally = found.chances[Quantity.INTERCEPTED]
    assert (tally.missions, tally.effective) == (9, 3.0)
    assert of_l1(outcome("L1"), regimes=(replace(closed, discount=1.0),)) == of_l1(outcome("L1"))


def test_factors_of_a_passage() -> None:
    high, many = LevelRef("river", "high"), LevelRef("patrols", "many")
    crowded = leg(
        "L1",
        intercepted_factors=(LevelFactor(high, 3.0), LevelFactor(many, 2.0)),
        turned_back_factors=(LevelFactor(high, 4.0),),
        demand=Demand(UNSURE, Money(100, "USD"), Money(0, "USD"), factors=(LevelFactor(many, 5.0),)),
        customary_party=3,
        extra_person_factor=1.2,
    )
    guide = Partner("G1", PartnerKind.GUIDE, risk_factor=0.5)
    five = outcome("L1", party_size=5, levels=frozenset({high}))
    assert factors_of(five, crowded, guide) == pytest.approx(
        {Quantity.INTERCEPTED: 3.0 * 0.5 * 1.44, Quantity.TURNED_BACK: 4.0, Quantity.DEMAND: 1.0}
    )
    assert factors_of(outcome("L1", party_size=2), crowded, None)[Quantity.INTERCEPTED] == 1.0


def test_trips_are_measured_against_what_is_stated() -> None:
    made = network(
        [leg("L1", days=(1.0, 2.0, 3.0))], [outcome("L1", days=4.0), outcome("L1", OutcomeKind.INTERCEPTED, days=3.0)]
    )
    through, caught = gather(made, (), ())[ON_L1].trips
    assert through.log_ratio == pytest.approx(math.log(2.0))
    assert (through.is_over, caught.is_over) == (True, False)
    turned = network([leg("L1")], [outcome("L1", OutcomeKind.TURNED_BACK, days=4.0)])
    assert gather(turned, (), ())[ON_L1].trips == []


def test_the_spread_of_a_triangle() -> None:
    assert stated_days(leg("L1", days=(1.0, 2.0, 6.0))) == 3.0
    assert log_spread(leg("L1", days=(1.0, 1.0, 1.0))) == 0.15
    assert log_spread(leg("L1", days=(2.0, 5.0, 8.0))) == pytest.approx(math.sqrt(1.5) / 5.0)


def test_what_has_not_happened_yet_is_not_counted() -> None:
    assert of_l1(outcome("L1", on=date(2027, 1, 1))) == Evidence()
    assert date(2027, 1, 1) > AS_OF
