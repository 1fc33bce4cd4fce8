from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.office import Office
from tests.unit.consent.answers import answered, record_in
from waystation.consent.errors import ConsentRefusedError, RecordShreddedError
from waystation.consent.models import Answer, Capacity, SaidBy
from waystation.consent.policies import Missing, blocks, blocks_of, refuse_answer, refuse_shredded
from waystation.consent.purposes import FOR_OTHERS, RESTS_ON, Activity, Purpose
from waystation.consent.queries import State, said_in
from waystation.store.models import Record


@pytest.mark.django_db
@settings(deadline=None, max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(Purpose), st.sampled_from(Answer)))
def test_an_activity_is_blocked_by_exactly_the_purposes_without_a_yes(
    office: Office, said: dict[Purpose, Answer]
) -> None:
    record, traveller = record_in(office), uuid4()
    for purpose, answer in said.items():
        answered(office, record, traveller, purpose, answer)
    yes = {purpose for purpose, answer in said.items() if answer is Answer.GIVEN}
    for activity in Activity:
        found = blocks(record, traveller, activity, office.later())
        assert {each.purpose for each in found} == RESTS_ON[activity] - yes
        assert blocks_of(said_in(record), traveller, activity, office.now) == found


@pytest.mark.django_db
def test_who_refuses_to_be_filmed_is_helped_as_anybody_else(office: Office) -> None:
    record, traveller = record_in(office), uuid4()
    for purpose in Purpose:
        never = purpose in {Purpose.EVIDENCE, Purpose.PUBLICATION}
        answered(office, record, traveller, purpose, Answer.REFUSED if never else Answer.GIVEN)
    at = office.later()
    assert all(blocks(record, traveller, activity, at) == () for activity in set(Activity) - FOR_OTHERS)
    assert blocks(record, traveller, Activity.FILMING, at) == (
        Missing(traveller, Activity.FILMING, Purpose.EVIDENCE, State.REFUSED),
    )


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"capacity": Capacity.NOT_ABLE}, "not_able"),
        ({"said_by": SaidBy.GUARDIAN}, "no_guardian"),
        ({"purpose": Purpose.SHARING}, "no_partner"),
        ({"capacity": Capacity.NOT_ABLE, "answer": Answer.REFUSED}, ""),
        ({"capacity": Capacity.NOT_ABLE, "said_by": SaidBy.GUARDIAN, "guardian": "an aunt"}, ""),
        ({"purpose": Purpose.SHARING, "shared_with": "a clinic"}, ""),
        ({}, ""),
    ],
)
def test_what_counts_as_an_answer(given: dict[str, object], code: str) -> None:
    usual: dict[str, object] = {
        "answer": Answer.GIVEN,
        "said_by": SaidBy.SELF,
        "capacity": Capacity.ABLE,
        "purpose": Purpose.CASEWORK,
        "guardian": "",
        "shared_with": "",
    }
    if not code:
        refuse_answer(**{**usual, **given})  # type: ignore[arg-type] # of mixed kinds
        return
    with pytest.raises(ConsentRefusedError) as refused:
        refuse_answer(**{**usual, **given})  # type: ignore[arg-type] # of mixed kinds
    assert refused.value.code == code


def test_nothing_is_asked_of_what_was_shredded() -> None:
    from datetime import UTC, datetime

    refuse_shredded(Record(kind="case"))
    with pytest.raises(RecordShreddedError):
        refuse_shredded(Record(kind="case", shredded_at=datetime(2031, 3, 1, tzinfo=UTC)))
