from itertools import product

import pytest

from waystation.engine.model import AgeBand, EffortLimit, Group, Mobility, Traveller, usual_effort_limit

STRONG = EffortLimit(12.0, 1500.0)


def traveller(code: str, limit: EffortLimit = STRONG, *needs: str) -> Traveller:
    return Traveller(code, AgeBand.ADULT, limit, needs=frozenset(needs))


def test_under_18_or_of_disputed_age_is_a_child() -> None:
    children = {age for age in AgeBand if age.is_child}
    assert children == {AgeBand.INFANT, AgeBand.CHILD, AgeBand.ADOLESCENT, AgeBand.DISPUTED}


def test_the_lower_of_what_age_and_mobility_allow() -> None:
    assert usual_effort_limit(AgeBand.ELDER, Mobility.FULL) == EffortLimit(4.0, 300.0)
    assert usual_effort_limit(AgeBand.ELDER, Mobility.ASSISTED) == EffortLimit(1.0, 50.0)
    assert usual_effort_limit(AgeBand.ADULT, Mobility.FULL) == STRONG
    assert usual_effort_limit(AgeBand.CHILD, Mobility.LIMITED) == EffortLimit(4.0, 300.0)


@pytest.mark.parametrize(("age", "mobility"), list(product(AgeBand, Mobility)))
def test_less_mobility_or_another_age_never_allows_more_than_an_adult_walks(age: AgeBand, mobility: Mobility) -> None:
    limit = usual_effort_limit(age, mobility)
    assert 0.0 < limit.walk_hours <= STRONG.walk_hours
    assert 0.0 < limit.climb_m <= STRONG.climb_m


def test_a_group_can_do_what_each_of_it_can() -> None:
    group = Group(
        "g", "here", (traveller("a", EffortLimit(9.0, 100.0)), traveller("b", EffortLimit(3.0, 800.0, night=False)))
    )
    assert group.limit == EffortLimit(3.0, 100.0, night=False)
    assert group.size == 2


def test_a_group_needs_what_anybody_of_it_needs() -> None:
    group = Group("g", "here", (traveller("a", STRONG, "oxygen"), traveller("b", STRONG, "wheelchair"), traveller("c")))
    assert group.needs == {"oxygen", "wheelchair"}


def test_a_note_makes_no_other_group() -> None:
    assert Group("g", "here", (), note="one") == Group("g", "here", (), note="two")
