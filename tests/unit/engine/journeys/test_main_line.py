from hypothesis import given

from tests.oracle.small_journeys import leg
from tests.unit.engine.processes import few, random_process, seeds
from tests.unit.engine.processes_by_hand import act_by_slot, process_of
from waystation.engine.journeys.follow import follow
from waystation.engine.journeys.main_line import legs_of, main_line
from waystation.engine.journeys.solve import Solver


def test_it_goes_by_the_leg_most_often_taken() -> None:
    # Three in four are turned back from the road to b and then go to the goal by themselves.
    legs = [leg("a", "origin", "b", turned_back=0.75), leg("c", "origin", "goal"), leg("d", "b", "goal")]
    process = process_of(legs)
    a, c, d = (2 + 2 * process.moves.leg.index(name) for name in "acd")
    policy = act_by_slot(process, a, c, 0)
    policy.actions[1, process.places.index("b")] = d
    assert legs_of(process, main_line(process, follow(process, policy).visits)) == ("a", "d")
    policy.actions[0] = 1
    policy.actions[1] = c
    assert legs_of(process, main_line(process, follow(process, policy).visits)) == ("c",)


def test_who_stays_has_no_line() -> None:
    process = process_of([leg("a", "origin", "goal")])
    assert main_line(process, follow(process, act_by_slot(process, 0)).visits) == ()


def test_a_circle_is_gone_round_once() -> None:
    process = process_of([leg("a", "origin", "b"), leg("b", "b", "origin")])
    there, again = (2 + 2 * process.moves.leg.index(name) for name in "ab")
    course = follow(process, act_by_slot(process, there, again, there))
    assert legs_of(process, main_line(process, course.visits)) == ("a", "b")


@given(seeds)
@few
def test_each_leg_begins_where_the_one_before_ends_and_no_place_comes_twice(seed: int) -> None:
    process = random_process(seed)
    line = main_line(process, follow(process, Solver(process).solve().policy).visits)
    moves = process.moves
    here, sources = process.start_place, []
    for move in line:
        assert int(moves.source[move]) == here
        sources.append(here)
        here = int(moves.target[move])
    assert len(set(sources)) == len(sources)
