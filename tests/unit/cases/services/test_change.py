from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.office import Office
from tests.unit.cases.people import ALL, entered, read, saved
from waystation.accounts.errors import NotPermittedError
from waystation.accounts.services import give_access
from waystation.audit.models import Entry
from waystation.cases.errors import CaseClosedError, ChangedMeanwhileError
from waystation.cases.models import Case, Change
from waystation.cases.services import change_case, close_case
from waystation.kernel import BadInputError
from waystation.store.tiers import Tier

pytestmark = pytest.mark.django_db


def change(office: Office, case: Case, key: str = "caseworker", seen: int = 1, **values: Any) -> Case:
    return change_case(keyring=office.keyring(key), case=case, seen_version=seen, values=values, at=office.later())


def test_a_change_is_read_again_by_others(office: Office) -> None:
    case = entered(office)
    now = change(office, case, note="has a room", party_size=4)
    assert now.version == 2
    assert now.updated_at == office.now
    assert read(office, case, "case_lead", "note", "party_size", "name") == {
        "note": "has a room",
        "party_size": 4,
        "name": ALL["name"],
    }


def test_who_changed_what_is_kept_without_values(office: Office) -> None:
    case = entered(office)
    change(office, case, "case_lead", note="has a room", party_size=4)
    made = Change.objects.get(case=case, version=2)
    assert (made.by, made.fields, made.tiers) == (
        office.id("case_lead"),
        ["note", "party_size"],
        ["movement", "welfare"],
    )
    assert Entry.objects.filter(kind="record.changed", signer=office.id("case_lead"), at=office.now).count() == 1


def test_the_same_field_saved_meanwhile_is_told_and_nothing_is_written(office: Office) -> None:
    case = entered(office)
    change(office, case, "case_lead", note="from the lead")
    entries = Entry.objects.count()
    with pytest.raises(ChangedMeanwhileError) as meanwhile:
        change(office, case, note="from the caseworker", urgency="now")
    assert meanwhile.value.fields == {"note"}
    assert [(each.version, each.by) for each in meanwhile.value.changes] == [(2, office.id("case_lead"))]
    assert meanwhile.value.case.version == 2
    assert read(office, case, "caseworker", "note", "urgency") == {"note": "from the lead", "urgency": "soon"}
    assert (saved(case.pk).version, Entry.objects.count()) == (2, entries)
    assert "caseworker" not in str(meanwhile.value)


def test_having_seen_the_other_save_one_may_save_over_it(office: Office) -> None:
    case = entered(office)
    change(office, case, "case_lead", note="from the lead")
    change(office, case, seen=2, note="both")
    assert read(office, case, "case_lead", "note") == {"note": "both"}


def test_different_fields_saved_at_once_are_both_kept(office: Office) -> None:
    case = entered(office)
    change(office, case, "case_lead", note="from the lead")
    now = change(office, case, urgency="now")
    assert now.version == 3
    assert read(office, case, "caseworker", "note", "urgency") == {"note": "from the lead", "urgency": "now"}


def test_a_value_is_taken_away(office: Office) -> None:
    case = entered(office)
    change(office, case, note=None, needs=[])
    assert read(office, case, "caseworker", "note", "needs", "urgency") == {
        "note": None,
        "needs": None,
        "urgency": "soon",
    }


@pytest.mark.parametrize(
    ("key", "values"),
    [
        ("director", {"note": "x"}),  # opens welfare, changes nothing
        ("field_officer", {"whereabouts": "x"}),  # holds no key of it
        ("finance", {"note": "x"}),
        ("safeguarding", {"whereabouts": "x"}),
        ("caseworker", {"testimony": "x"}),
        ("caseworker", {"testimony": "x", "note": "y"}),
    ],
)
def test_who_may_not_change_a_part_changes_nothing(office: Office, key: str, values: dict[str, Any]) -> None:
    case = entered(office)
    with pytest.raises(NotPermittedError):
        change(office, case, key, **values)
    assert saved(case.pk).version == 1


def test_a_member_may_once_they_hold_the_key(office: Office) -> None:
    case = entered(office)
    officer, lead = office.person("field_officer"), office.keyring("case_lead")
    give_access(keyring=lead, record=case.record, person=officer, tiers={Tier.MOVEMENT}, at=office.later())
    change(office, case, "field_officer", whereabouts="over the hill")
    assert read(office, case, "case_lead", "whereabouts") == {"whereabouts": "over the hill"}


def test_a_closed_case_takes_no_changes(office: Office) -> None:
    case = entered(office)
    close_case(keyring=office.keyring("caseworker"), case=case, outcome="withdrew", at=office.later())
    with pytest.raises(CaseClosedError):
        change(office, case, seen=2, note="late")


def test_a_value_that_breaks_its_rule_is_refused_whole(office: Office) -> None:
    case = entered(office)
    with pytest.raises(BadInputError) as refused:
        change(office, case, note="fine", urgency="whenever it suits")
    assert "suits" not in str(refused.value)
    assert saved(case.pk).version == 1


def test_the_database_itself_refuses_a_version_twice(office: Office) -> None:
    case = entered(office)
    with pytest.raises(IntegrityError), transaction.atomic():
        Change.objects.create(case=case, version=1, kind="changed", by=uuid4(), at=office.now)


NAMES = ("whereabouts", "note", "name")


@given(
    st.lists(
        st.tuples(st.sampled_from(["caseworker", "case_lead"]), st.sampled_from(NAMES), st.integers(0, 3)), max_size=7
    )
)
@settings(deadline=None, max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_update_is_ever_lost(office: Office, saves: list[tuple[str, str, int]]) -> None:
    """Whoever saves on an old version either keeps everybody's words or is told; a model beside the database says which."""
    case = entered(office, name="n", whereabouts="w", note="t")
    model, last = {"name": "n", "whereabouts": "w", "note": "t"}, dict.fromkeys(NAMES, 1)
    version = 1
    for count, (key, name, behind) in enumerate(saves):
        seen, text = max(1, version - behind), f"{key} {count}"
        if last[name] > seen:
            with pytest.raises(ChangedMeanwhileError):
                change(office, case, key, seen=seen, **{name: text})
            continue
        change(office, case, key, seen=seen, **{name: text})
        version += 1
        model[name], last[name] = text, version
    assert read(office, case, "case_lead", *NAMES) == model
    assert saved(case.pk).version == version
    assert saved(case.pk).updated_at <= office.now + timedelta()
