import io
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from tests.office import Office
from tests.unit.cases.people import entered, saved
from waystation.accounts.services import approve, give_access, remove_person, shred_record
from waystation.audit.models import Entry
from waystation.cases.queries import (
    QUIET_AFTER,
    all_cases,
    due_cases,
    history,
    line,
    openable,
    owed_tiers,
    visible_cases,
)
from waystation.cases.services import attach_file, change_case, close_case
from waystation.store.tiers import Tier

pytestmark = pytest.mark.django_db


def codes(office: Office, key: str) -> list[str]:
    return [case.code for case in visible_cases(office.person(key), office.keyring(key))]


def test_who_sees_which_codes(office: Office) -> None:
    ours = entered(office).code
    theirs = entered(office, "case_lead").code
    assert codes(office, "caseworker") == [ours]
    for key in ("case_lead", "director", "finance", "safeguarding"):
        assert codes(office, key) == [theirs, ours], key
    for key in ("field_officer", "communications", "auditor"):
        assert codes(office, key) == [], key


def test_a_key_makes_a_member(office: Office) -> None:
    case = entered(office)
    give_access(
        keyring=office.keyring("case_lead"),
        record=case.record,
        person=office.person("field_officer"),
        tiers={Tier.MOVEMENT},
        at=office.later(),
    )
    assert codes(office, "field_officer") == [case.code]


def test_listing_opens_nothing(office: Office) -> None:
    entered(office)
    entries = Entry.objects.count()
    codes(office, "case_lead")
    assert Entry.objects.count() == entries


def test_the_list_takes_no_query_for_each_case(office: Office) -> None:
    counts = []
    for _ in range(2):
        for _ in range(3):
            entered(office)
        person, keyring = office.person("caseworker"), office.keyring("caseworker")
        visible_cases(person, keyring)
        with CaptureQueriesContext(connection) as queries:
            visible_cases(person, keyring)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_one_changed_last_comes_first(office: Office) -> None:
    first, second = entered(office), entered(office)
    keyring = office.keyring("caseworker")
    change_case(keyring=keyring, case=first, seen_version=1, values={"note": "new"}, at=office.later(hours=1))
    assert codes(office, "caseworker") == [first.code, second.code]


def test_a_line_tells_age_and_freshness(office: Office) -> None:
    case = entered(office)
    (row,) = all_cases()
    then = line(row, office.person("caseworker"), office.now + timedelta(days=12, hours=23))
    assert (then.age_days, then.unchanged_days, then.mine, then.quiet) == (12, 12, True, False)
    assert then.maker == office.id("caseworker")
    later = line(row, office.person("case_lead"), case.updated_at + QUIET_AFTER)
    assert (later.mine, later.quiet) == (False, True)
    close_case(keyring=office.keyring("caseworker"), case=case, outcome="withdrew", at=office.later())
    assert not line(all_cases()[0], office.person("caseworker"), office.now + 2 * QUIET_AFTER).quiet


def test_a_shredded_case_is_in_no_list(office: Office) -> None:
    case = entered(office)
    at = office.later()
    approve(
        keyring_of_second=office.keyring("safeguarding"),
        for_person=office.id("director"),
        purpose="shred",
        record_id=case.record_id,
        at=at,
    )
    shred_record(keyring=office.keyring("director"), record=case.record, at=office.later())
    assert codes(office, "case_lead") == []


def test_openable_asks_table_and_keys(office: Office) -> None:
    case = entered(office)
    found = {
        key: {tier for tier in Tier if openable([case], office.person(key), office.keyring(key), tier)}
        for key in ("caseworker", "director", "safeguarding", "finance")
    }
    assert found == {
        "caseworker": {Tier.IDENTITY, Tier.MOVEMENT, Tier.WELFARE},
        "director": {Tier.MOVEMENT, Tier.WELFARE},
        "safeguarding": {Tier.IDENTITY, Tier.WELFARE, Tier.EVIDENCE},
        "finance": set(),
    }


def test_history_tells_of_the_parts_one_may_open(office: Office) -> None:
    case, keyring = entered(office), office.keyring("caseworker")
    change_case(keyring=keyring, case=case, seen_version=1, values={"name": "B"}, at=office.later())
    change_case(keyring=keyring, case=case, seen_version=2, values={"note": "b"}, at=office.later())
    close_case(keyring=keyring, case=case, outcome="withdrew", at=office.later())
    assert [each.version for each in history(case, [Tier.WELFARE])] == [4, 3, 1]
    assert [each.version for each in history(case, list(Tier))] == [4, 3, 2, 1]
    assert [each.version for each in history(case, [])] == [4]


def test_a_key_that_is_owed_is_told(office: Office) -> None:
    """The director removes a case lead, and holds no key of identities: whoever does makes the new one."""
    case = entered(office)
    assert owed_tiers(saved(case.pk)) == frozenset()
    remove_person(keyring=office.keyring("director"), person=office.person("case_lead"), at=office.later())
    assert Tier.IDENTITY in owed_tiers(saved(case.pk))


def test_a_case_is_due_five_years_after_it_was_closed(office: Office) -> None:
    case = entered(office)
    closed = close_case(keyring=office.keyring("caseworker"), case=case, outcome="withdrew", at=office.later())
    assert closed.closed_at is not None
    assert due_cases(closed.closed_at + timedelta(days=1824)) == []
    assert due_cases(closed.closed_at + timedelta(days=1825)) == [case]


def test_a_file_is_history_too(office: Office, tmp_path: Path) -> None:
    case = entered(office)
    with override_settings(DATA_DIR=tmp_path):
        attach_file(
            keyring=office.keyring("caseworker"),
            case=case,
            tier=Tier.WELFARE,
            source=io.BytesIO(b"x"),
            name="x",
            at=office.later(),
        )
    assert [each.kind for each in history(case, [Tier.WELFARE])] == ["file_kept", "made"]
    assert [each.kind for each in history(case, [Tier.MOVEMENT])] == ["made"]
