import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.oracle.small_journeys import ALONE, START, dollars, leg, network, place
from tests.unit.engine.journeys.doubt.questions import Asked, asked
from tests.unit.engine.processes import few, seeds
from tests.unit.engine.processes_by_hand import act_by_slot
from waystation.engine.journeys.build import build
from waystation.engine.journeys.doubt import posterior as module
from waystation.engine.journeys.doubt.assumptions import assumptions_of
from waystation.engine.journeys.doubt.posterior import doubt_about, evaluate, interval
from waystation.engine.journeys.doubt.support import support_of
from waystation.engine.journeys.errors import CertificateError
from waystation.engine.journeys.follow import follow
from waystation.engine.journeys.policy import Policy
from waystation.engine.journeys.solve import Solver
from waystation.engine.model import Belief, Demand, PlaceKind, Refusal


def by_draw(found: Asked, draws: int) -> np.ndarray:
    """Follow the plan through the process that each draw tells, one at a time: arrive, harm, cost and mean slot."""
    values = found.assumptions.draw(draws, seed=3)
    rows = []
    for k in range(draws):
        told = found.assumptions.retell(found.built.process, values[:, k])
        seen = follow(told, found.policy).evaluation
        rows.append([seen.arrive, seen.harm, seen.cost_expected, seen.days_expected])
    return np.array(rows).T


@given(seeds, st.booleans())
@few
def test_every_draw_is_what_following_the_retold_process_counts(seed: int, with_money: bool) -> None:
    found = asked(seed, with_money=with_money)
    expected = by_draw(found, 3)
    posterior = evaluate(found.built.process, found.assumptions, found.support, found.assumptions.draw(3, seed=3))
    assert posterior.arrive == pytest.approx(expected[0], abs=1e-12)
    assert posterior.harm == pytest.approx(expected[1], abs=1e-12)
    assert posterior.neither == pytest.approx(1.0 - expected[0] - expected[1], abs=1e-12)
    assert posterior.cost == pytest.approx(expected[2], rel=1e-10)
    days = found.built.process.day(1) * posterior.slots
    assert days == pytest.approx(expected[3], rel=1e-10, nan_ok=True)


@given(seeds)
@few
def test_at_the_means_every_state_has_its_chance(seed: int) -> None:
    found = asked(seed)
    posterior = evaluate(
        found.built.process, found.assumptions, found.support, found.assumptions.means[:, None], keep_states=True
    )
    assert posterior.chance[:, 0] == pytest.approx(found.course.visits.chance, abs=1e-6)
    assert posterior.fresh[:, 0] == pytest.approx(found.course.visits.fresh, abs=1e-6)
    assert np.cumsum(posterior.arrived[:, 0]) == pytest.approx(found.course.evaluation.arrive_by_slot, abs=1e-12)
    visits, places = found.course.visits, len(found.built.process.places)
    expected = np.bincount(visits.place, visits.fresh, minlength=places)
    assert posterior.reach[:, 0] == pytest.approx(expected, abs=1e-6)


def test_turning_back_gives_way_to_interception() -> None:
    told = network([leg("a", "origin", "goal", intercepted=0.25, turned_back=0.25)])
    built = build(told, ALONE, START, 1.0)
    solver, assumptions = Solver(built.process), assumptions_of(told, ALONE, built)
    course = follow(built.process, solver.solve().policy, solver.arrays)
    support = support_of(built.process, solver.arrays, course.visits, 0)
    found = evaluate(built.process, assumptions, support, np.array([[0.75, 0.25], [0.5, 0.5]]))
    assert found.harm.tolist() == [0.75, 0.25]
    assert found.arrive.tolist() == [0.0, 0.25]


def test_a_place_alone_may_be_in_doubt() -> None:
    # A day of waiting, then the only leg.
    house = place("origin", PlaceKind.ORIGIN, discovery=Belief(0.25, 4.0))
    told = network([leg("a", "origin", "goal")], places=[house])
    built = build(told, ALONE, START, 2.0)
    assumptions = assumptions_of(told, ALONE, built)
    course = follow(built.process, act_by_slot(built.process, 1, 2))
    support = support_of(built.process, Solver(built.process).arrays, course.visits, 0)
    found = evaluate(built.process, assumptions, support, np.array([[0.25, 0.5]]))
    assert found.harm.tolist() == pytest.approx([0.25, 0.5])
    assert found.arrive.tolist() == pytest.approx([0.75, 0.5])


@pytest.mark.parametrize("refusal", [Refusal(), Refusal(0), Refusal(1)])
@pytest.mark.parametrize("pays", [False, True])
def test_a_demand_leads_where_the_forward_pass_says(refusal: Refusal, pays: bool) -> None:
    way = leg("a", "origin", "goal", intercepted=0.2, turned_back=0.25)
    told = network([dataclasses.replace(way, demand=Demand(Belief(0.25), dollars(5), dollars(0), refusal))])
    built = build(told, ALONE, START, 2.0)
    course = follow(built.process, act_by_slot(built.process, *[3 if pays else 2] * 2))
    support = support_of(built.process, Solver(built.process).arrays, course.visits, 0)
    assumptions = assumptions_of(told, ALONE, built)
    found = evaluate(built.process, assumptions, support, assumptions.means[:, None])
    expected = course.evaluation
    assert (found.arrive[0], found.harm[0]) == pytest.approx((expected.arrive, expected.harm), abs=1e-12)
    assert found.cost[0] == pytest.approx(expected.cost_expected)


def test_batches_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    found = asked(4)
    values = found.assumptions.draw(11, seed=1)
    whole = evaluate(found.built.process, found.assumptions, found.support, values, keep_states=True)
    monkeypatch.setattr(module, "_BATCH", 3)
    parts = evaluate(found.built.process, found.assumptions, found.support, values, keep_states=True)
    for name in ("arrive", "harm", "cost", "arrived", "reach", "chance", "fresh"):
        assert (getattr(whole, name) == getattr(parts, name)).all(), name


def test_states_are_kept_only_where_they_are_wanted() -> None:
    found = asked(4)
    values = found.assumptions.draw(20, seed=1)
    kept = evaluate(found.built.process, found.assumptions, found.support, values, keep_states=True)
    without = evaluate(found.built.process, found.assumptions, found.support, values)
    assert without.chance.shape == without.fresh.shape == (len(found.support), 0)
    assert (without.arrive == kept.arrive).all()


def test_states_are_kept_for_as_many_draws_as_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    found = asked(4)
    values = found.assumptions.draw(40, seed=1)
    whole = evaluate(found.built.process, found.assumptions, found.support, values, keep_states=True)
    monkeypatch.setattr(module, "_MOST_KEPT", 21 * len(found.support))
    fewer = evaluate(found.built.process, found.assumptions, found.support, values, keep_states=True)
    assert fewer.chance.shape == (len(found.support), 21)
    assert (fewer.chance == whole.chance[:, :21]).all()
    assert (fewer.arrive == whole.arrive).all()


def one_leg(weight: float) -> tuple[Asked, float]:
    """One leg, one try: the arrival is 1 - p, so its posterior is the belief's own."""
    way = leg("a", "origin", "goal")
    way = dataclasses.replace(way, intercepted=type(way.intercepted)(0.2, weight))
    told = network([way])
    built = build(told, ALONE, START, 1.0)
    solver = Solver(built.process)
    policy = solver.solve().policy
    course = follow(built.process, policy)
    support = support_of(built.process, solver.arrays, course.visits, 0)
    return Asked(None, built, assumptions_of(told, ALONE, built), policy, course, support), 0.8  # type: ignore[arg-type]


def test_the_interval_of_one_leg_is_the_belief_s_own() -> None:
    # Beta(1, 4): the quantile of 1 - p at x is x ** (1 / 4), in closed form.
    found, arrive = one_leg(5.0)
    doubt, _ = doubt_about(
        found.built.process, found.assumptions, found.support, found.course.evaluation, 20_000, seed=2, coverage=0.9
    )
    assert doubt.arrive.mean == pytest.approx(arrive, abs=0.01)
    assert doubt.arrive.low == pytest.approx(0.05**0.25, abs=0.01)
    assert doubt.arrive.high == pytest.approx(0.95**0.25, abs=0.01)
    assert doubt.harm.low == pytest.approx(1.0 - doubt.arrive.high)
    assert doubt.arrive_quantiles[10] == pytest.approx(0.5**0.25, abs=0.01)
    assert (len(doubt.arrive_quantiles), doubt.draws, doubt.coverage) == (21, 20_000, 0.9)
    assert doubt.arrive_by_slot_low == pytest.approx([0.0, doubt.arrive.low])
    assert doubt.arrive_by_slot_high == pytest.approx([0.0, doubt.arrive.high])
    (carried,) = doubt.carried_by
    assert carried.share == pytest.approx(1.0)
    assert carried.assumption.id == "a"


def test_more_evidence_leaves_less_doubt() -> None:
    widths = []
    for weight in (3.0, 30.0, 300.0):
        found, _ = one_leg(weight)
        doubt, _ = doubt_about(found.built.process, found.assumptions, found.support, found.course.evaluation, 2000)
        widths.append(doubt.arrive.high - doubt.arrive.low)
    assert widths[0] > 2 * widths[1] > 4 * widths[2]


def test_doubt_is_carried_by_what_is_least_known() -> None:
    found = asked(4)
    doubt, _ = doubt_about(found.built.process, found.assumptions, found.support, found.course.evaluation, 1000)
    shares = [each.share for each in doubt.carried_by]
    assert shares == sorted(shares, reverse=True)
    assert len(shares) <= 5
    assert all(0.0 < share <= 1.0 for share in shares)


def test_five_assumptions_are_named_where_more_carry_the_doubt() -> None:
    ways = [leg(f"{k}", f"p{k}", f"p{k + 1}", intercepted=0.2) for k in range(1, 6)]
    told = network([leg("0", "origin", "p1", intercepted=0.2), *ways, leg("6", "p6", "goal", intercepted=0.2)])
    built = build(told, ALONE, START, 7.0)
    solver, assumptions = Solver(built.process), assumptions_of(told, ALONE, built)
    course = follow(built.process, solver.solve().policy, solver.arrays)
    support = support_of(built.process, solver.arrays, course.visits, 0)
    doubt, posterior = doubt_about(built.process, assumptions, support, course.evaluation, 500)
    assert len(doubt.carried_by) == 5
    assert all(0.05 < each.share < 0.3 for each in doubt.carried_by)
    assert posterior.chance.size == 0
    same, _ = doubt_about(built.process, assumptions, support, course.evaluation, 500, seed=0)
    assert (same.arrive, same.arrive_quantiles) == (doubt.arrive, doubt.arrive_quantiles)


def test_no_interval_is_given_when_two_passes_differ() -> None:
    found, _ = one_leg(5.0)
    wrong = dataclasses.replace(found.course.evaluation, arrive=0.8 - 1e-8)
    with pytest.raises(CertificateError, match="two forward passes differ"):
        doubt_about(found.built.process, found.assumptions, found.support, wrong, 10)


def test_bounds_leave_out_as_much_on_either_side() -> None:
    found = interval(np.arange(101.0), 0.8, believed=50.0)
    assert (found.low, found.mean, found.high) == pytest.approx((10.0, 50.0, 90.0))


def test_a_number_shown_lies_within_its_interval() -> None:
    lopsided = np.array([*[0.0] * 99, 100.0])
    found = interval(lopsided, 0.8, believed=3.0)
    assert (found.low, found.mean, found.high) == (0.0, 1.0, 3.0)
    assert interval(lopsided, 0.8, believed=-2.0).low == -2.0
    assert interval(lopsided, 0.8, believed=0.0).high == 1.0


def test_a_policy_that_stays_has_nothing_to_doubt() -> None:
    found, _ = one_leg(5.0)
    stay = Policy(np.zeros_like(found.policy.actions), found.policy.grid)
    course = follow(found.built.process, stay)
    support = support_of(found.built.process, Solver(found.built.process).arrays, course.visits, 0)
    doubt, _ = doubt_about(found.built.process, found.assumptions, support, course.evaluation, 10)
    assert (doubt.arrive.high, doubt.neither.low, doubt.carried_by) == (0.0, 1.0, ())
