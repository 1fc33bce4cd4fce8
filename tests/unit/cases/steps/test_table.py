from waystation.cases.steps.table import BEGINS, ENDS, MOVE, TRANSITIONS, next_step, step_before, transition
from waystation.cases.steps.vocabulary import Need, Step


def test_each_way_stands_once_and_every_need_is_used() -> None:
    ways = [(row.start, row.to) for row in TRANSITIONS]
    assert len(ways) == len(set(ways))
    assert frozenset().union(*(row.needs for row in TRANSITIONS)) == set(Need)


def test_the_way_on_leads_through_every_step_and_each_leads_back() -> None:
    found, step = [BEGINS], BEGINS
    while (row := next_step(step)) is not None:
        before = step_before(row.to)
        assert before is not None
        assert (before.to, before.needs) == (step, frozenset())
        step = row.to
        found.append(step)
    assert [*found, ENDS] == list(Step)


def test_from_every_step_a_case_may_end() -> None:
    for step in Step:
        row = transition(step, ENDS)
        assert (row is None) == (step is ENDS)
        assert row is None or row.needs == {Need.EXIT}


def test_nobody_comes_to_movement_but_past_everything_it_needs() -> None:
    into = [row for row in TRANSITIONS if row.to is Step.MOVEMENT]
    assert {(row.start, row.back) for row in into} == {(Step.PLAN, False), (Step.ARRIVAL, True)}
    needed = {Need.CONSENT, Need.SCREENED, Need.CHILD_PROCEDURE, Need.ACCEPTED, Need.TWO_SIGNATURES}
    assert needed <= MOVE <= next(row.needs for row in into if not row.back)
    assert [row.start for row in TRANSITIONS if row.to is Step.ARRIVAL and not row.back] == [Step.MOVEMENT]
