import dataclasses
from collections.abc import Sequence
from pathlib import Path

import pytest
from numba.core import config

from tests.oracle.small_journeys import START, dollars, leg, network
from waystation.engine.journeys.argument import Arrangement, CompanyRule
from waystation.engine.journeys.build import build
from waystation.engine.journeys.eligibility import GroupRefusedError
from waystation.engine.journeys.parties.arrange import arrangements, in_company, safest_plan
from waystation.engine.journeys.planner import plan_journey
from waystation.engine.journeys.solve import Solver
from waystation.engine.model import (
    AgeBand,
    Belief,
    Caps,
    Company,
    Demand,
    EffortLimit,
    Group,
    Leg,
    Network,
    Traveller,
)
from waystation.formats.reader import read_folder
from waystation.kernel import Money

NEVER, BEST, ALWAYS = CompanyRule.NEVER, CompanyRule.WHERE_BEST, CompanyRule.ALWAYS
STRONG = EffortLimit(12.0, 1500.0)


def people(*ages: AgeBand) -> Group:
    return Group("G", "origin", tuple(Traveller(f"t{k}", age, STRONG) for k, age in enumerate(ages)), consent_on=START)


FOUR = people(AgeBand.ADULT, AgeBand.ADULT, AgeBand.ADULT, AgeBand.ADULT)


def sizes(found: Sequence[Arrangement]) -> list[tuple[tuple[int, ...], CompanyRule]]:
    return [(tuple(map(len, each.parties)), each.company) for each in found]


def crowded(**more: object) -> Leg:
    """Return a leg whose odds of interception, 1/9 for one, double with each other person."""
    return leg("ride", "origin", "goal", intercepted=0.1, customary_party=1, extra_person_factor=2.0, **more)  # type: ignore[arg-type]


def test_smaller_parties_expose_fewer_and_part_more() -> None:
    """One party of four arrives with 9 / (9 + 8); two of two with 9 / 11 each, and the rides are independent."""
    found = arrangements(network([crowded()]), FOUR, Caps(days=1), START)
    assert sizes(found) == [((4,), NEVER), ((2, 2), NEVER), ((3, 1), NEVER), ((2, 1, 1), NEVER)]
    together, halves, uneven, three = found
    assert together.all_arrive == pytest.approx(9 / 17)
    assert (together.parted, together.exposed_at_once) == (0.0, 4)
    assert together.nobody_harmed == pytest.approx(9 / 17)
    assert halves.all_arrive == pytest.approx((9 / 11) ** 2)
    assert halves.parted == pytest.approx(2 * 9 / 11 * 2 / 11)
    assert halves.arrive_people == pytest.approx(4 * 9 / 11)
    assert halves.harm_people == pytest.approx(4 * 2 / 11)
    assert halves.days_expected == 1.0
    assert (halves.exposed_at_once, uneven.exposed_at_once, three.exposed_at_once) == (2, 3, 2)
    assert uneven.all_arrive == pytest.approx(9 / 13 * 0.9)
    assert three.all_arrive == pytest.approx(9 / 11 * 0.81, abs=1e-9)
    assert 0.0 < three.standard_error < 1e-6
    assert halves.standard_error == 0.0


def test_company_goes_along_as_the_rule_says() -> None:
    """On the first leg company halves the odds 1/9; on the second it is noticed and doubles them."""
    offered = [
        leg("a", "origin", "mid", intercepted=0.1, company=Company(0.5, 1.3)),
        leg("b", "mid", "goal", intercepted=0.1, company=Company(2.0, 1.3)),
    ]
    found = arrangements(network(offered), people(AgeBand.ADULT), Caps(days=2), START)
    assert sizes(found) == [((1,), NEVER), ((1,), BEST), ((1,), ALWAYS)]
    assert [each.all_arrive for each in found] == pytest.approx([0.81, 0.9 * 18 / 19, 9 / 11 * 18 / 19])
    assert [each.staff_at_once for each in found] == [0, 1, 1]
    assert [each.exposed_at_once for each in found] == [1, 1, 1]


def test_where_company_is_not_offered_there_is_one_rule() -> None:
    process = build(network([crowded()]), FOUR, START, 1).process
    assert in_company(process, ALWAYS) is process


def test_the_rules_close_moves_and_change_nothing_else() -> None:
    offered = [leg("a", "origin", "mid", company=Company(0.5, 1.3)), leg("b", "mid", "goal")]
    process = build(network(offered), FOUR, START, 2).process
    open_ = {rule: in_company(process, rule).moves.open_level[:, 0].tolist() for rule in CompanyRule}
    assert process.moves.in_company == (False, True, False)
    assert open_ == {NEVER: [True, False, True], BEST: [True, True, True], ALWAYS: [False, True, True]}


def test_the_budget_is_shared_out_by_people() -> None:
    """Four have 40 dollars: two of them 20, which pays the safe way at 8 each; a party of three and one 30 and 10."""
    ways = [
        dataclasses.replace(leg("safe", "origin", "goal"), cost_group=dollars(6), cost_person=dollars(7)),
        leg("bold", "origin", "goal", intercepted=0.5),
    ]
    found = arrangements(network(ways), FOUR, Caps(budget=dollars(40), days=1), START)
    by_size = {tuple(map(len, each.parties)): each for each in found}
    assert by_size[4,].all_arrive == 1.0
    assert by_size[2, 2].all_arrive == pytest.approx(1.0)
    assert by_size[3, 1].all_arrive == pytest.approx(0.5)
    assert by_size[2, 2].cost_expected == 4000
    assert by_size[3, 1].cost_expected == 2700


def test_a_way_in_which_a_party_has_no_plan_is_left_out() -> None:
    """The minibus takes nobody's baggage but a party's fee of 20 dollars: a single traveller's share does not pay it."""
    found = arrangements(network([leg("bus", "origin", "goal", fee=20)]), FOUR, Caps(budget=dollars(40), days=1), START)
    assert sizes(found) == [((4,), NEVER), ((2, 2), NEVER)]
    assert arrangements(network([leg("bus", "origin", "goal", fee=50)]), FOUR, Caps(budget=dollars(40)), START) == ()


def test_a_leg_too_small_for_all_carries_parties() -> None:
    found = arrangements(network([leg("car", "origin", "goal", largest_party=2)]), FOUR, Caps(days=1), START)
    assert sizes(found) == [((2, 2), NEVER), ((2, 1, 1), NEVER)]


def test_caps_on_harm_and_on_walking_hold_for_each_party() -> None:
    assert sizes(arrangements(network([crowded()]), FOUR, Caps(days=1, max_harm=0.2), START)) == [
        ((2, 2), NEVER),
        ((2, 1, 1), NEVER),
    ]
    walk = network([leg("walk", "origin", "goal", walk_hours=5.0)])
    assert arrangements(walk, FOUR, Caps(days=1, walk_hours=4.0), START) == ()
    assert len(arrangements(walk, FOUR, Caps(days=1, walk_hours=5.0), START)) == 4


def test_a_group_that_may_not_be_planned_for_is_refused() -> None:
    asked = dataclasses.replace(FOUR, consent_on=None)
    with pytest.raises(GroupRefusedError):
        arrangements(network([crowded()]), asked, Caps(), START)


def test_a_plan_with_coarse_money_is_tried_again_with_finer() -> None:
    ends = ["origin", "p1", "p2", "p3", "goal"]
    fees = (99_991, 70_001, 30_011, 12_347)
    world = network(
        dataclasses.replace(leg(f"L{k}", ends[k], ends[k + 1]), cost_group=Money(fee, "USD"))
        for k, fee in enumerate(fees)
    )
    process = build(world, FOUR, START, 4).process
    plan = safest_plan(process, sum(fees), None)
    assert plan is not None
    assert plan.evaluation.arrive == 1.0
    assert plan.evaluation.cost_max == sum(fees)
    assert safest_plan(process, sum(fees) - 1, None) is None


def demanding() -> Network:
    demand = Demand(Belief(0.5), dollars(3), dollars(0))
    return network([leg("ride", "origin", "goal", fee=2, intercepted=0.1, demand=demand)])


@pytest.mark.parametrize("budget", [2, 5])
def test_money_is_capped_on_every_branch(budget: int) -> None:
    process = build(demanding(), FOUR, START, 3).process
    plan = safest_plan(process, budget * 100, None)
    assert plan is not None
    assert plan.evaluation.cost_max <= budget * 100


@pytest.fixture(scope="module")
def example() -> Network:
    network = read_folder(Path(__file__).parents[5] / "examples" / "family-of-five").network
    assert network is not None
    return network


@pytest.mark.skipif(bool(vars(config)["DISABLE_JIT"]), reason="takes minutes while kernels are not compiled")
def test_the_family_of_five_together_is_the_plan_of_the_planner(example: Network) -> None:
    group = example.groups[0]
    found = arrangements(example, group, Caps(), example.as_of)
    assert sizes(found) == [(size, rule) for size in ((5,), (3, 2)) for rule in CompanyRule]
    choice = plan_journey(example, group, Caps(), example.as_of).choice
    assert choice is not None
    together, divided = found[1], found[4]
    assert together.all_arrive == pytest.approx(choice.evaluation.arrive, abs=1e-9)
    assert together.days_expected == pytest.approx(choice.evaluation.days_expected)
    assert divided.parties == (("t1", "t2", "t4"), ("t3", "t5"))
    assert divided.all_arrive < together.all_arrive
    assert divided.arrive_people > together.arrive_people
    assert 0.04 < divided.parted < 0.05
    assert Solver(build(example, group, example.as_of).process).solve().arrive == pytest.approx(together.all_arrive)
