from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import betaincinv

from tests.unit.engine.learning.folders import AS_OF
from waystation.engine.learning.panel import (
    Panel,
    Spread,
    Standing,
    belief_of,
    judged,
    mean_of,
    panels,
    silences,
    standard,
)
from waystation.engine.model import Asked, Estimate, Judgement, Regime

FIRST, SECOND = date(2026, 10, 1), date(2026, 10, 5)


def answer(lowest: float = 1, highest: float = 8, best: float = 3, sure: float = 0.8) -> Estimate:
    return Estimate(100, lowest, highest, best, sure)


def row(expert: str, number: int, estimate: Estimate | None = None, **more: Any) -> Judgement:
    facts: dict[str, Any] = {"leg": "L1", "asked": Asked.INTERCEPTED, "on": FIRST if number == 1 else SECOND}
    facts |= {"signed": expert if number == 2 else ""} | more
    return Judgement(expert=expert, round=number, estimate=estimate, **facts)


def one(*rows: Judgement, regimes: tuple[Regime, ...] = (), cap: float = 20.0) -> Panel:
    (found,) = panels(rows, regimes, cap, AS_OF)
    return found


BOTH_FIRST = (row("E1", 1, answer(best=3)), row("E2", 1, answer(best=2)))


def test_while_a_private_answer_is_awaited_nobody_sees_the_others() -> None:
    found = one(row("E1", 1, answer()), row("E2", 1))
    assert (found.standing, found.awaited, found.first) == (Standing.FIRST_ROUND, ("E2",), ())


def test_when_all_private_answers_are_in_they_are_shown_without_an_order_that_tells_names() -> None:
    found = one(*BOTH_FIRST)
    assert (found.standing, found.awaited) == (Standing.SECOND_ROUND, ("E1", "E2"))
    assert [each.best for each in found.first] == [0.02, 0.03]
    assert found.belief is None


def test_a_second_answer_counts_once_it_is_signed_by_all() -> None:
    unsigned = one(*BOTH_FIRST, row("E1", 2, answer()), row("E2", 2, answer(), signed=""))
    assert (unsigned.standing, unsigned.awaited) == (Standing.SECOND_ROUND, ("E2",))
    signed = one(*BOTH_FIRST, row("E1", 2, answer(0, 4, 1)), row("E2", 2, answer(2, 8, 3)))
    assert (signed.standing, signed.awaited, signed.on) == (Standing.SIGNED, (), SECOND)
    assert signed.together == pytest.approx((0.01, 0.02, 0.06))


def test_a_new_regime_asks_again_and_sets_aside_what_was_said_before() -> None:
    rows = (*BOTH_FIRST, row("E1", 2, answer()), row("E2", 2, answer()))
    closed = (Regime("closed", date(2026, 10, 20), 0.5),)
    found = one(*rows, regimes=closed)
    assert (found.standing, found.awaited, found.belief) == (Standing.ASK_AGAIN, ("E1", "E2"), None)
    again = one(*rows, row("E1", 1, answer(), on=date(2026, 10, 21)), regimes=closed)
    assert (again.standing, again.experts) == (Standing.SECOND_ROUND, ("E1",))
    elsewhere = (Regime("closed", date(2026, 10, 20), 0.5, frozenset({"L2"})),)
    assert one(*rows, regimes=elsewhere).standing is Standing.SIGNED


def test_answers_after_the_day_are_not_known_yet() -> None:
    assert panels(BOTH_FIRST, (), 20.0, date(2026, 9, 1)) == ()


def test_the_last_answer_of_a_person_counts() -> None:
    found = one(*BOTH_FIRST, row("E1", 1, answer(best=5), on=SECOND))
    assert [each.best for each in found.first] == [0.02, 0.05]


def test_an_answer_is_stretched_until_it_is_eighty_percent_sure() -> None:
    assert standard(answer(sure=0.8)) == pytest.approx((0.01, 0.03, 0.08))
    assert standard(Estimate(100, 20, 40, 30, 0.5)) == pytest.approx((0.14, 0.3, 0.46))
    assert standard(Estimate(10, 0, 10, 1, 0.5)) == (0.0, 0.1, 1.0)


def test_all_weigh_the_same() -> None:
    assert mean_of([Spread(0.0, 0.1, 0.2), Spread(0.2, 0.5, 0.6)]) == pytest.approx((0.1, 0.3, 0.4))
    with pytest.raises(ValueError, match="no answers"):
        mean_of([])


@pytest.mark.parametrize(("mean", "weight"), [(0.02, 15.0), (0.1, 8.0), (0.5, 4.0), (0.9, 12.0)])
def test_the_quantiles_of_a_beta_give_it_back(mean: float, weight: float) -> None:
    low, best, high = betaincinv(mean * weight, (1.0 - mean) * weight, [0.1, 0.5, 0.9])
    found = belief_of(Spread(low, best, high), 20.0)
    assert (found.value, found.weight) == pytest.approx((mean, weight), rel=2e-3)


@settings(deadline=None)
@given(st.floats(0.0, 0.3), st.floats(0.0, 0.3), st.floats(0.0, 0.3), st.floats(1.0, 50.0))
def test_no_judgement_outweighs_the_cap(low: float, more: float, rest: float, cap: float) -> None:
    found = belief_of(Spread(low, low + more, low + more + rest), cap)
    assert 0.0 < found.weight <= cap + 1e-9
    assert 0.0 <= found.value <= 1.0


def test_a_narrow_answer_is_capped_and_a_wide_one_weighs_less() -> None:
    assert belief_of(Spread(0.019, 0.02, 0.021), 20.0).weight == pytest.approx(20.0)
    assert belief_of(Spread(0.001, 0.05, 0.4), 20.0).weight < 10.0


def test_what_people_say_of_any_leg_counts_where_nobody_was_asked_about_this_one() -> None:
    any_leg = [row("E1", number, answer(best=5), leg=None) for number in (1, 2)]
    own = [row("E1", number, answer(best=1, lowest=0), leg="L1") for number in (1, 2)]
    found = panels([*any_leg, *own], (), 20.0, AS_OF)
    for leg, best in (("L1", 0.01), ("L2", 0.05)):
        panel = judged(found, leg, Asked.INTERCEPTED)
        assert panel is not None
        assert panel.together is not None
        assert panel.together.best == best
    assert judged(found, "L1", Asked.DEMAND) is None


def test_silences_by_days_of_the_leg_else_of_any_leg() -> None:
    rows = []
    for leg, days, best in ((None, 30, 50), ("L1", 10, 20), ("L1", 40, 70)):
        estimate = Estimate(100, best - 10, best + 10, best, 0.8)
        rows += [row("E1", number, estimate, leg=leg, asked=Asked.SILENT, silent_days=days) for number in (1, 2)]
    found = panels(rows, (), 20.0, AS_OF)
    assert silences(found, "L1") == pytest.approx({10: 0.2, 40: 0.7}, abs=0.02)
    assert silences(found, "L2") == pytest.approx({30: 0.5}, abs=0.02)
    assert silences((), "L2") == {}
