import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.office import Office
from tests.unit.cases.people import entered
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
