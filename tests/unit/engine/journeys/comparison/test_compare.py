import dataclasses
from datetime import timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.oracle.small_journeys import ALONE, START, dollars, leg, network
from tests.unit.engine.journeys.comparison.two_networks import altered, whole_year
from waystation.engine.journeys.comparison import Part, Question, Subject, compare
from waystation.engine.journeys.eligibility import GroupRefusedError
from waystation.engine.journeys.plan import ChoiceName, Plan
from waystation.engine.model import Caps
from waystation.kernel import BadInputError

RIDE = leg("ride", "origin", "goal", fee=9, intercepted=0.125)
WALK = leg("walk", "origin", "goal", days=3, intercepted=0.25)


def question(*legs: object, **caps: object) -> Question:
    return Question(network(legs or [RIDE, WALK]), ALONE, Caps(**caps), START)  # type: ignore[arg-type]


def arrives(answer: object) -> float:
    assert isinstance(answer, Plan)
    assert answer.choice is not None
    return answer.choice.evaluation.arrive


def test_two_folders() -> None:
    worse = dataclasses.replace(RIDE, intercepted=WALK.turned_back, turned_back=WALK.intercepted)
    found = compare(Subject.FOLDER, question(), question(worse, days=9), None)
    assert arrives(found.first) == pytest.approx(0.875)
    assert found.base == pytest.approx(0.875)
    assert found.together == pytest.approx(arrives(found.second) - 0.875)
    assert found.interaction is not None
    alone = [each.arrive or 0.0 for each in found.effects]
    assert [abs(each) for each in alone] == sorted((abs(each) for each in alone), reverse=True)
    assert sum(alone) + found.interaction == pytest.approx(found.together)


@settings(deadline=None, max_examples=8)
@given(st.integers(0, 10_000))
@example(8503)  # its other network saw a level that its condition does not have
def test_effects_and_interaction_add_up_to_the_whole(seed: int) -> None:
    case = whole_year(seed)
    second = altered(case.network, seed)
    caps = Caps(days=case.days)
    questions = [Question(each, each.groups[0], caps, case.start) for each in (case.network, second)]
    try:
        found = compare(Subject.FOLDER, questions[0], questions[1])
    except BadInputError:
        return  # the other network has no journey for this group at all, such as too many joint levels
    assert found.together is not None
    assert found.interaction is not None
    alone = sum(each.arrive for each in found.effects if each.arrive is not None)
    assert alone + found.interaction == pytest.approx(found.together, abs=1e-12)
    assert found.together == pytest.approx(_safest(found.second) - _safest(found.first), abs=1e-9)


def _safest(answer: object) -> float:
    assert isinstance(answer, Plan)
    return next((each.evaluation.arrive for each in answer.choices if each.name is ChoiceName.SAFEST), 0.0)


def test_equal_folders_have_nothing_to_tell() -> None:
    found = compare(Subject.FOLDER, question(), question())
    assert (found.effects, found.together, found.interaction, found.otherwise) == ((), 0.0, 0.0, ())


@pytest.mark.parametrize(
    ("subject", "cap", "values"),
    [
        (Subject.BUDGET, "budget", (dollars(9), dollars(8))),
        (Subject.DAYS, "days", (3.0, 1.0)),
        (Subject.MAX_HARM, "max_harm", (0.5, 0.2)),
        (Subject.WALK_HOURS, "walk_hours", (5.0, 4.0)),
    ],
)
def test_two_caps(subject: Subject, cap: str, values: tuple[object, object]) -> None:
    first, second = (
        question(WALK, dataclasses.replace(RIDE, intercepted=WALK.intercepted), **{cap: v}) for v in values
    )
    found = compare(subject, first, second)
    (effect,) = found.effects
    assert (effect.change.part, effect.change.field) == (Part.CAPS, cap)
    assert (effect.change.before, effect.change.after) == values
    assert effect.arrive == found.together
    assert found.interaction == pytest.approx(0.0)


def test_two_choices_part_at_the_first_decision() -> None:
    first = dataclasses.replace(question(), give=0.5)
    found = compare(Subject.CHOICE, first, dataclasses.replace(first, prefer=ChoiceName.CHEAPEST))
    (parting,) = found.otherwise
    assert (parting.place, parting.first.leg, parting.second.leg) == ("origin", "ride", "walk")
    assert (found.effects, found.together) == ((), 0.0)


def test_two_dates() -> None:
    later = dataclasses.replace(question(), start=START + timedelta(days=9))
    found = compare(Subject.START, question(), later)
    assert (found.effects, found.together) == ((), 0.0)


def test_one_without_a_plan_stands_beside_the_other() -> None:
    found = compare(
        Subject.FOLDER, question(RIDE), question(dataclasses.replace(RIDE, not_for=frozenset(), climb_m=9e9))
    )
    assert isinstance(found.second, Plan)
    assert found.second.obstacle is not None
    assert found.together == pytest.approx(-0.875)
    (effect,) = found.effects
    assert effect.change.field == "climb_m"
    assert effect.arrive == pytest.approx(-0.875)


def test_one_that_a_rule_refuses_stands_beside_the_other() -> None:
    unasked = dataclasses.replace(ALONE, consent_on=None)
    found = compare(Subject.FOLDER, question(), dataclasses.replace(question(), group=unasked))
    assert isinstance(found.first, Plan)
    assert isinstance(found.second, GroupRefusedError)
    assert (found.together, found.interaction, found.effects) == (None, None, ())


def test_it_tells_how_far_it_has_come() -> None:
    told: list[tuple[int, int]] = []
    cheaper = dataclasses.replace(RIDE, cost_group=dollars(1), km=3.0)
    compare(Subject.FOLDER, question(RIDE), question(cheaper), lambda done, of: told.append((done, of)))
    assert told == [(0, 2), (1, 2)]
