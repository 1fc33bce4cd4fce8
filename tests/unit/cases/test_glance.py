from unittest.mock import patch

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.office import Office
from tests.unit.cases.people import entered
from waystation.accounts.services import give_access, remove_person, take_access
from waystation.cases.glance import Glance
from waystation.store.models import Record
from waystation.store.tiers import Tier

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("key", ["director", "case_lead", "caseworker", "safeguarding", "finance"])
def test_it_says_what_the_keyring_says(office: Office, key: str) -> None:
    records = [entered(office).record, entered(office, "case_lead").record, *Record.objects.exclude(kind="case")]
    keyring = office.keyring(key)
    glance = Glance(keyring, records)
    for record in records:
        assert glance.tiers_of(record) == keyring.tiers_of(record)
        assert {tier for tier in Tier if glance.may_open(record, tier)} == keyring.tiers_of(record)


def test_a_record_looked_at_is_not_asked_for_again(office: Office) -> None:
    seen, unseen = entered(office).record, entered(office).record
    glance = Glance(office.keyring("caseworker"), [seen])
    with CaptureQueriesContext(connection) as queries:
        assert glance.tiers_of(seen)
    assert len(queries) == 0
    assert glance.tiers_of(unseen) == {Tier.IDENTITY, Tier.MOVEMENT, Tier.WELFARE}


def test_it_opens_what_the_keyring_opens(office: Office) -> None:
    case = entered(office)
    glance = Glance(office.keyring("caseworker"), [case.record])
    assert glance.open(case, "note") == {"note": "asks for a quiet room"}
    assert glance.person_id == office.id("caseworker")


def test_what_changed_hands_since_the_last_glance_is_seen(office: Office) -> None:
    """Given, taken by a holder, taken by one who holds no key, given again: the same keyring is asked after each."""
    case, keyring, other = entered(office), office.keyring("field_officer"), entered(office).record
    officer, lead, director = office.person("field_officer"), office.keyring("case_lead"), office.keyring("director")

    def glance() -> frozenset[Tier]:
        return Glance(keyring, [case.record, other]).tiers_of(case.record)

    def give() -> None:
        give_access(keyring=lead, record=case.record, person=officer, tiers={Tier.MOVEMENT}, at=office.later())

    assert glance() == frozenset()
    give()
    assert glance() == {Tier.MOVEMENT}
    take_access(keyring=lead, record=case.record, person=officer, tiers={Tier.MOVEMENT}, at=office.later())
    assert glance() == frozenset()
    give()
    assert glance() == {Tier.MOVEMENT}
    remove_person(keyring=director, person=officer, at=office.later())
    assert glance() == keyring.tiers_of(case.record) == frozenset()


def test_a_key_taken_by_one_who_does_not_hold_it_is_seen(office: Office) -> None:
    case, keyring = entered(office), office.keyring("case_lead")
    assert Tier.IDENTITY in Glance(keyring, [case.record]).tiers_of(case.record)
    remove_person(keyring=office.keyring("director"), person=office.person("case_lead"), at=office.later())
    assert Glance(keyring, [case.record]).tiers_of(case.record) == keyring.tiers_of(case.record)


def test_a_second_glance_tries_nothing_that_was_opened(office: Office) -> None:
    records = [entered(office).record for _ in range(3)]
    keyring = office.keyring("caseworker")
    Glance(keyring, records)
    with patch("waystation.store.keyring.finding.Handing.open", side_effect=AssertionError("opened again")):
        assert Glance(keyring, records).tiers_of(records[0])


def test_a_glance_at_what_was_looked_up_before_asks_nothing(office: Office) -> None:
    record, keyring = entered(office).record, office.keyring("caseworker")
    with CaptureQueriesContext(connection) as queries:
        glance = Glance.of(keyring, {record.pk: frozenset({Tier.WELFARE})})
        assert glance.tiers_of(record) == {Tier.WELFARE}
    assert len(queries) == 0
