from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from waystation.accounts.models import Person
from waystation.accounts.roles import Role
from waystation.safeguarding.routing import ROUTE, handlers, kept_away, reports_to

NORTH, SOUTH = UUID(int=1), UUID(int=2)


def person(*roles: Role, team: UUID | None = None, active: bool = True) -> Person:
    return Person(pk=uuid4(), roles=list(roles), team_id=team, active=active)


DIRECTOR, OFFICER, AUDITOR = person(Role.DIRECTOR), person(Role.SAFEGUARDING), person(Role.AUDITOR)
LEAD, WORKER, OTHER = (
    person(Role.CASE_LEAD, team=NORTH),
    person(Role.CASEWORKER, team=NORTH),
    person(Role.CASEWORKER, team=SOUTH),
)
ALL = (DIRECTOR, OFFICER, AUDITOR, LEAD, WORKER, OTHER)


def test_a_team_reports_to_its_lead_and_everybody_but_the_auditor_to_the_director() -> None:
    assert reports_to(WORKER, LEAD)
    assert not reports_to(OTHER, LEAD)
    assert not reports_to(LEAD, WORKER)
    assert not reports_to(DIRECTOR, DIRECTOR)
    assert [each for each in ALL if reports_to(each, DIRECTOR)] == [OFFICER, LEAD, WORKER, OTHER]


def test_a_complaint_goes_to_the_first_office_that_is_left() -> None:
    assert handlers(kept_away([], [], ALL), ALL) == {OFFICER.pk}
    assert handlers(kept_away([OFFICER.pk], [], ALL), ALL) == {DIRECTOR.pk}
    assert handlers(kept_away([DIRECTOR.pk], [], ALL), ALL) == {AUDITOR.pk}
    assert handlers(kept_away([DIRECTOR.pk], [AUDITOR.pk], ALL), ALL) == frozenset()
    assert handlers(kept_away([LEAD.pk], [OFFICER.pk], ALL), ALL) == {DIRECTOR.pk}


def test_who_left_handles_nothing() -> None:
    assert handlers([], [person(Role.SAFEGUARDING, active=False), DIRECTOR]) == {DIRECTOR.pk}


people = st.lists(
    st.builds(
        lambda roles, team: person(*roles, team=team),
        st.sets(st.sampled_from(Role), min_size=1, max_size=2),
        st.sampled_from([None, NORTH, SOUTH]),
    ),
    max_size=8,
)


@given(people, st.data())
def test_nobody_who_is_kept_away_ever_handles_it(everybody: list[Person], data: st.DataObject) -> None:
    ids = [each.pk for each in everybody]
    accused = data.draw(st.lists(st.sampled_from(ids), max_size=2)) if ids else []
    named = data.draw(st.lists(st.sampled_from(ids), max_size=2)) if ids else []
    away = kept_away(accused, named, everybody)
    chosen = handlers(away, everybody)
    assert not chosen & away
    assert set(accused) | set(named) <= away
    by_id = {each.pk: each for each in everybody}
    for pk in chosen:
        assert not any(reports_to(by_id[pk], by_id[each]) for each in accused)
        assert by_id[pk].role_set & set(ROUTE)
