import dataclasses

import numpy as np
import pytest
from hypothesis import given

from tests.oracle.small_journeys import START, dollars, leg, place
from tests.unit.engine.processes import count, few, random_grid, random_process, seeds
from tests.unit.engine.processes_by_hand import act_by_slot, process_of
from waystation.engine.journeys.errors import PolicyMismatchError
from waystation.engine.journeys.follow import follow
from waystation.engine.journeys.layout import prepare
from waystation.engine.journeys.plan import Evaluation
from waystation.engine.journeys.policy import Policy
from waystation.engine.journeys.process import NO_MONEY, MoneyGrid, Process
from waystation.engine.journeys.solve import Solver
from waystation.engine.model import (
    Belief,
    Chain,
    Condition,
    DateRange,
    Demand,
    LevelRef,
    Observation,
    PlaceKind,
    Refusal,
)

TAKE, PAY = 2, 3
HIGH = LevelRef("river", "high")
RIVER = Condition("river", ("low", "high"), (Chain.persistent(2, 0.75),))
SEEN_HIGH = Observation("river", START, "high")


def every_action(process: Process, seed: int) -> Policy:
    """Return a policy of random actions that are open; never one that is best on purpose."""
    rng = np.random.default_rng(seed)
    moves = process.moves
    actions = np.full((process.slots, len(process.places), process.joint_levels, 1), -1, dtype=np.int16)
    for t, i, c in np.ndindex(actions.shape[:3]):
        offers = ([0] if process.may_stop[i] else [-1]) + ([1] if process.may_wait[i] else [])
        here = np.flatnonzero((moves.source == i) & moves.open_level[:, c] & moves.open_slot[:, t])
        offers += [2 + 2 * int(m) + pays for m in here for pays in (0, 1)]
        actions[t, i, c] = rng.choice(offers)
    return Policy(actions, NO_MONEY)


def assert_counts(process: Process, policy: Policy) -> Evaluation:
    """Hold the forward pass against branches followed one by one."""
    found, plain = follow(process, policy).evaluation, count(process, policy)
    assert [found.arrive, found.harm, found.neither] == pytest.approx(
        [plain.arrive, plain.harm, plain.neither], abs=1e-12
    )
    assert found.arrive + found.harm + found.neither == pytest.approx(1.0, abs=1e-12)
    assert found.cost_expected == pytest.approx(plain.cost, abs=1e-10)
    assert found.cost_max == plain.cost_max
    if plain.arrive > 0.0:
        assert found.cost_expected_arrived * found.arrive == pytest.approx(plain.cost_arriving, abs=1e-10)
    return found


@given(seeds)
@few
def test_any_policy_leads_where_its_branches_lead(seed: int) -> None:
    process = random_process(seed)
    assert_counts(process, every_action(process, seed))


@given(seeds)
@few
def test_a_budget_is_never_passed_on_any_branch(seed: int) -> None:
    process = random_process(seed)
    grid = random_grid(process, seed)
    solution = Solver(process, grid).solve()
    found = assert_counts(process, solution.policy)
    assert found.cost_max <= grid.step * grid.steps
    assert found.arrive == pytest.approx(solution.arrive, abs=1e-12)
    assert found.harm == pytest.approx(solution.harm, abs=1e-12)


@given(seeds)
@few
def test_every_state_passed_has_its_chance_once(seed: int) -> None:
    process = random_process(seed)
    course = follow(process, every_action(process, seed))
    visits = course.visits
    assert (visits.chance > 0.0).all()
    assert (np.diff(visits.slot) >= 0).all()
    assert visits.chance[visits.slot == 0].sum() == pytest.approx(1.0)
    assert (visits.fresh <= visits.chance + 1e-15).all()
    there = process.destination[visits.place]
    assert visits.chance[there].sum() == pytest.approx(course.evaluation.arrive, abs=1e-12)
    assert visits.cost[there].sum() == pytest.approx(
        np.nan_to_num(course.evaluation.cost_expected_arrived * course.evaluation.arrive), abs=1e-10
    )
    assert (visits.action[visits.slot == process.slots] == -1).all()


def ride(**more: object) -> Process:
    return process_of([dataclasses.replace(leg("ride", "origin", "goal", fee=10), **more)])  # type: ignore[arg-type]


def test_a_plan_by_hand() -> None:
    # Wait a day at 2 USD with a chance of 1/10 to be seen, then try until the third day: 1/4 caught, 1/4 turned back.
    house = place("origin", PlaceKind.ORIGIN, stay_cost=dollars(2), discovery=Belief(0.1))
    process = process_of([leg("ride", "origin", "goal", fee=10, intercepted=0.25, turned_back=0.25)], places=[house])
    found = follow(process, act_by_slot(process, 1, TAKE, TAKE)).evaluation
    assert found.arrive == pytest.approx(0.9 * (0.5 + 0.25 * 0.5))
    assert found.harm == pytest.approx(0.1 + 0.9 * (0.25 + 0.25 * 0.25))
    assert found.neither == pytest.approx(0.9 * 0.25 * 0.25)
    assert found.cost_expected == pytest.approx(200 + 0.9 * (1000 + 0.25 * 1000))
    assert found.cost_expected_arrived == pytest.approx((0.5 * 1200 + 0.125 * 2200) / 0.625)
    assert found.cost_max == 2200
    assert found.days_expected == pytest.approx((0.5 * 2 + 0.125 * 3) / 0.625)
    assert found.days_p90 == 3.0
    assert found.arrive_by_slot == pytest.approx((0.0, 0.0, 0.45, 0.5625))


def test_nine_in_ten_have_arrived_by_the_day_named() -> None:
    process = process_of([leg("ride", "origin", "goal", turned_back=0.1)], days=2)
    assert follow(process, act_by_slot(process, TAKE, TAKE)).evaluation.days_p90 == 1.0
    process = process_of([leg("ride", "origin", "goal", turned_back=0.2)], days=2)
    assert follow(process, act_by_slot(process, TAKE, TAKE)).evaluation.days_p90 == 2.0


def test_who_never_arrives_has_no_day_of_arrival() -> None:
    process = ride()
    found = follow(process, act_by_slot(process, 0)).evaluation
    assert (found.arrive, found.neither, found.cost_max) == (0.0, 1.0, 0)
    assert np.isnan([found.days_expected, found.days_p90, found.cost_expected_arrived]).all()


@pytest.mark.parametrize(
    ("refusal", "action", "arrive", "cost_max", "days"),
    [
        (Refusal(), TAKE, 1 / 4 + 3 / 4 * 1 / 4, 2000, (1 / 4 * 1 + 3 / 16 * 2) / (7 / 16)),
        (Refusal(), PAY, 1.0, 1500, 1.0),
        (Refusal(1), TAKE, 1.0, 1000, 1 / 4 * 1 + 3 / 4 * 2),
        (Refusal(2), TAKE, 1 / 4, 1000, 1.0),
    ],
)
def test_paying_and_refusing(refusal: Refusal, action: int, arrive: float, cost_max: int, days: float) -> None:
    demand = Demand(Belief(0.75), dollars(5), dollars(0), refusal)
    process = process_of([leg("ride", "origin", "goal", fee=10, demand=demand)], days=2)
    found = assert_counts(process, act_by_slot(process, action, action))
    assert [found.arrive, found.cost_max, found.days_expected] == pytest.approx([arrive, cost_max, days])


def test_levels_move_while_the_group_is_under_way() -> None:
    # High at the start; after a ride of two days it is low with 3/8, and only then there is a way on.
    legs = [leg("ride", "origin", "bank", days=2), leg("ford", "bank", "goal", closed_at=frozenset({HIGH}))]
    process = process_of(legs, conditions=[RIVER], seen=[SEEN_HIGH])
    actions = np.full((3, 3, 2, 1), -1, dtype=np.int16)
    actions[0, 0] = TAKE
    actions[2, 1, 0] = TAKE + 2
    actions[2, 1, 1] = 0
    found = assert_counts(process, Policy(actions, NO_MONEY))
    assert found.arrive == pytest.approx(3 / 8)


def test_at_a_destination_the_journey_has_ended() -> None:
    process = dataclasses.replace(random_process(5), start_place=len(random_process(5).places) - 1)
    found = follow(process, Solver(process).solve().policy).evaluation
    assert [found.arrive, found.cost_max, found.days_expected, found.days_p90] == pytest.approx([1.0, 0, 0.0, 0.0])


def test_a_policy_of_another_shape_is_refused() -> None:
    process = ride()
    policy = Solver(process).solve().policy
    for shorter in (policy.actions[:-1], policy.actions[:, :-1], policy.actions[:, :, :0], policy.actions[..., [0, 0]]):
        with pytest.raises(PolicyMismatchError, match="does not fit a process of shape"):
            follow(process, Policy(shorter, NO_MONEY))
    with pytest.raises(PolicyMismatchError, match=r"\(3, 2, 1, 6\)"):
        follow(process, Policy(policy.actions, MoneyGrid(1, 5)))


LATE = (DateRange(START.replace(day=2), None),)


@pytest.mark.parametrize(
    ("process", "action"),
    [
        (ride(runs_on=LATE), TAKE),
        (process_of([leg("ford", "origin", "goal", closed_at=frozenset({HIGH}))], conditions=[RIVER], seen=[SEEN_HIGH]), TAKE),
        (process_of([leg("a", "origin", "mid"), leg("b", "mid", "goal")]), TAKE + 2),
        (process_of([leg("a", "origin", "goal")], places=[place("origin", PlaceKind.ORIGIN, may_wait=False)]), 1),
        (process_of([leg("a", "origin", "goal")], places=[place("origin", PlaceKind.ORIGIN, may_stop=False)]), 0),
    ],
    ids=["day", "level", "elsewhere", "no waiting", "no stopping"],
)  # fmt: skip
def test_a_policy_that_does_what_cannot_be_done_is_refused(process: Process, action: int) -> None:
    with pytest.raises(
        PolicyMismatchError, match="at slot 0 the policy takes an action that is closed or cannot be paid"
    ):
        follow(process, act_by_slot(process, action))


@pytest.mark.parametrize(("money", "action", "slot"), [(9, TAKE, 0), (14, PAY, 0), (19, TAKE, 1), (1, 1, 0), (3, 1, 1)])
def test_a_policy_that_spends_what_is_not_there_is_refused(money: int, action: int, slot: int) -> None:
    demand = Demand(Belief(0.5), dollars(5), dollars(0))
    house = place("origin", PlaceKind.ORIGIN, stay_cost=dollars(2))
    process = process_of([leg("ride", "origin", "goal", fee=10, demand=demand)], places=[house])
    grid = MoneyGrid(100, money)
    with pytest.raises(PolicyMismatchError, match=f"at slot {slot} the policy"):
        follow(process, act_by_slot(process, *[action] * 3, grid=grid))


def test_arrays_at_hand_give_the_same() -> None:
    process = random_process(5)
    policy = Solver(process).solve().policy
    found = follow(process, policy).evaluation
    assert found.arrive > 0.0
    assert follow(process, policy, prepare(process)).evaluation == found
